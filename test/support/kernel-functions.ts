import { afterEach, expect } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { testingKernel } from "./testing-kernel.ts";

/** The kernel's inner functions one by one. */
export const kernel = await testingKernel();

const SENTINEL = 12345.678;
const GUARD = 8;
const buffers: Buffer[] = [];

/** f64[length] in kernel memory with guard values on both sides, which are looked at after each test. */
export class Buffer {
  readonly address: number;
  readonly #start: number;
  readonly #length: number;

  constructor(content: ArrayLike<number>, length: number = content.length) {
    this.#length = length;
    this.#start = kernel.allocate((length + 2 * GUARD) * 8);
    this.address = this.#start + GUARD * 8;
    const all = this.#all.fill(SENTINEL);
    all.fill(0, GUARD, GUARD + length);
    all.set(content, GUARD);
    buffers.push(this);
  }

  get #all(): Float64Array {
    return new Float64Array(kernel.memory.buffer, this.#start, this.#length + 2 * GUARD);
  }

  read(length: number = this.#length): number[] {
    return [...this.#all.subarray(GUARD, GUARD + length)];
  }

  get untouchedAround(): boolean {
    const outside = [...this.#all.subarray(0, GUARD), ...this.#all.subarray(GUARD + this.#length)];
    return outside.every((x) => x === SENTINEL);
  }
}

afterEach(() => {
  expect(buffers.splice(0).every((buffer) => buffer.untouchedAround)).toBe(true);
});

/** Amplitudes one after the other, padded with zeros to so many. */
export const placed = (x: readonly Complex[], amplitudes: number = x.length): Buffer =>
  new Buffer(x.flat(), 2 * amplitudes);

/** Room for n numbers that are not zero before. */
export const room = (n: number): Buffer => new Buffer(new Array<number>(n).fill(7));

/** Copies 32-bit integers into kernel memory. */
export function placeIntegers(content: readonly number[]): number {
  const address = kernel.allocate(Math.max(4, content.length * 4));
  new Uint32Array(kernel.memory.buffer, address, content.length).set(content);
  return address;
}

/** Rounding of a sum of `terms` products of numbers below 1: each operation is off by 2^-53 of at most `terms`. */
export const rounding = (terms: number): number => (terms + 4) * terms * 2 ** -53;

export function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const errors = expected.map((x, k) => Math.abs((actual[k] ?? Number.NaN) - x));
  expect(Math.max(0, ...errors)).toBeLessThanOrEqual(tolerance);
}
