// The streams of random numbers against plain twins.
import { describe, expect, test } from "vitest";
import { Buffer, kernel } from "../support/kernel-functions.ts";

describe("random numbers", () => {
  const KEY0 = 0x0123456789abcdefn;
  const KEY1 = 0xfedcba9876543210n;
  const stream = (index: bigint, count: number): number[] => {
    const out = new Buffer([], count);
    kernel.stream(KEY0, KEY1, false, index, count, out.address);
    return out.read();
  };

  const MASK = (1n << 64n) - 1n;
  const mix = (z: bigint): bigint => {
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return z ^ (z >> 31n);
  };
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & MASK;
  const GOLDEN = 0x9e3779b97f4a7c15n;

  function twin(key0: bigint, key1: bigint, index: bigint, count: number): number[] {
    const a = mix(key0 ^ mix((key1 + index * GOLDEN) & MASK));
    const b = mix(key1 ^ mix((key0 + index * 0xd1342543de82ef95n + 1n) & MASK));
    let [s0, s1, s2, s3] = [a + GOLDEN, a + 2n * GOLDEN, b + GOLDEN, b + 2n * GOLDEN].map((z) =>
      mix(z & MASK),
    ) as [bigint, bigint, bigint, bigint];
    return Array.from({ length: count }, () => {
      const bits = (rotate((s1 * 5n) & MASK, 7n) * 9n) & MASK;
      const t = (s1 << 17n) & MASK;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = rotate(s3, 45n);
      return (Number(bits >> 11n) + 1) * 2 ** -53;
    });
  }

  test.each([0n, 1n, 2n ** 40n + 3n])("stream of trajectory %i equals the twin's", (index) => {
    const [first = Number.NaN, ...others] = twin(KEY0, KEY1, index, 50);
    expect(stream(index, 50)).toEqual([1 - first, ...others]);
  });

  test("first numbers of neighbouring trajectories are uniform and uncorrelated", () => {
    const n = 4000;
    const first = Array.from({ length: n }, (_, k) => stream(BigInt(k), 1)[0] ?? Number.NaN);
    const mean = first.reduce((a, b) => a + b, 0) / n;
    const lag = first.slice(1).reduce((s, u, k) => s + (u - 0.5) * ((first[k] ?? 0) - 0.5), 0) / (n - 1);
    // Five standard errors: a false alarm in 1.7e6 for a fixed seed that is committed.
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
    expect(Math.abs(lag)).toBeLessThan(5 / (12 * Math.sqrt(n)));
    expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...first)).toBeLessThan(1);
  });

  const COORDINATES = 16;
  /** [point][0: first number, then the coordinates] of one replicate. */
  const points = (replicate: number, count: number, key1 = KEY1): number[][] => {
    const out = new Buffer([], count * (COORDINATES + 1));
    kernel.replicatePoints(KEY0, key1, replicate, count, out.address);
    const numbers = out.read();
    return Array.from({ length: count }, (_, j) =>
      numbers.slice(j * (COORDINATES + 1), (j + 1) * (COORDINATES + 1)),
    );
  };

  test("stratified: of each block of 2^m points each number has one in each interval of 2^-m", () => {
    for (const replicate of [0, 1, 31]) {
      for (let c = 0; c <= COORDINATES; c++) {
        const sorted = points(replicate, 256).map((point) => point[c] ?? Number.NaN);
        sorted.sort((a, b) => a - b);
        if (c > 0) {
          // Shifted digit by digit: the intervals stay where they are. The end of an interval belongs to it.
          expect(sorted.map((x) => Math.ceil(x * 256) - 1)).toEqual(sorted.map((_, k) => k));
        } else {
          // Shifted modulo 1: the intervals move, the distances stay.
          const gaps = sorted.slice(1).map((x, k) => x - (sorted[k] ?? 0));
          expect(Math.max(...gaps)).toBeLessThan(1 / 256 + 1e-15);
          expect(Math.min(...gaps)).toBeGreaterThan(1 / 256 - 1e-15);
        }
      }
    }
  });

  test("stratified: the direction numbers are those of the table's recurrences", () => {
    // m_i = 2^i v_i of the polynomials x + 1 and x^2 + x + 1, from 1 and from 1, 3.
    const known = [
      [1, 3, 5, 15, 17, 51, 85, 255],
      [1, 3, 3, 9, 29, 23, 71, 197],
    ];
    const all = points(0, 256);
    const digits = (j: number, c: number) => Math.ceil((all[j]?.[c] ?? Number.NaN) * 256) - 1;
    known.forEach((row, c) => {
      const found = row.map((_, i) => (digits(2 ** i, c + 1) ^ digits(0, c + 1)) >> (7 - i));
      expect(found).toEqual(row);
    });
  });

  test("stratified: replicates and keys have shifts of their own, and numbers go on beyond the last coordinate", () => {
    const [one = []] = points(0, 1);
    const [two = []] = points(1, 1);
    const [other = []] = points(0, 1, KEY1 + 1n);
    expect(new Set([...one, ...two, ...other]).size).toBe(3 * (COORDINATES + 1));
    const out = new Buffer([], COORDINATES + 21);
    kernel.stream(KEY0, KEY1, true, 5n, COORDINATES + 21, out.address);
    expect(out.read().slice(COORDINATES + 1)).toEqual(twin(KEY0, KEY1, 5n, 20));
  });
});
