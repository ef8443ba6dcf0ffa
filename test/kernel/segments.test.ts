// The kinds of segments against each other, and sums by the number of jumps against those of all trajectories.
import { describe, expect, test } from "vitest";
import { momentExponents } from "#src/kernel/fixed-point.js";
import { Kernel } from "#src/kernel/kernel.js";
import { module } from "../support/engines.ts";
import {
  basis,
  create,
  ENGINES,
  KEY,
  lower,
  matrix,
  type OneSpace,
  oneSpace,
  population,
} from "../support/one-space.ts";
import { uniform } from "../support/uniform.ts";
import type { Rows } from "../support/vectors.ts";

describe("segments agree with each other", () => {
  const random = uniform("segments agree");
  const complex = (): [number, number] => [random() - 0.5, random() - 0.5];

  function randomSystem(d: number, times: readonly number[]): OneSpace {
    const raw = matrix(d, complex);
    const hamiltonian = matrix(d, (i, j) => {
      const [a, b] = [raw[i]?.[j] ?? [0, 0], raw[j]?.[i] ?? [0, 0]];
      return [a[0] + b[0], a[1] - b[1]];
    });
    const jumps = [0.5, 0.3].map((s) =>
      matrix(d, () => (random() < Math.max(0.3, 1.8 / d) ? [s * random(), s * random()] : 0)),
    );
    return { hamiltonian, jumps, initial: basis(d, 0), observables: [population(d, 0), hamiltonian], times };
  }

  /** The same with A Hermitian (no Hamiltonian), or anti-Hermitian up to a number (jumps that are unitary). */
  const asDecay = (system: OneSpace): OneSpace => ({
    ...system,
    hamiltonian: matrix(system.hamiltonian.length, () => 0),
  });
  const asUnitary = (system: OneSpace): OneSpace => {
    const d = system.hamiltonian.length;
    const shift = (by: number, rate: number): Rows =>
      matrix(d, (i, j) => (i === (j + by) % d ? Math.sqrt(rate) : 0));
    return { ...system, jumps: [shift(1, 0.3), shift(2, 0.5)] };
  };

  const scattered = [0, 0.1, 0.7, 1, 2, 2.5, 4];
  // Averages of up to four states come from tables where times are equidistant.
  const equidistant = Array.from({ length: 21 }, (_, i) => 0.1 + 0.2 * i);
  const grids = [
    ...[2, 3, 7, 20].map((d) => [d, "scattered", scattered] as const),
    ...[2, 3, 4].map((d) => [d, "equidistant", equidistant] as const),
  ];
  const cases = grids.flatMap(([d, kind, times]) =>
    (
      [
        ["general", (s: OneSpace) => s],
        ["decay", asDecay],
        ["unitary", asUnitary],
      ] as const
    ).map(([name, change]) => [name, d, kind, times, change] as const),
  );
  test.each(cases)("%s, dimension %i, %s times: same jumps to 1e-9, same averages", async (...given) => {
    const [, d, , times, change] = given;
    const system = change(randomSystem(d, times));
    const runs = await Promise.all(
      [...ENGINES, "uncached" as const].map(async (engine) =>
        (await create(system, engine, true)).run(0, 60),
      ),
    );
    const [a, ...others] = runs;
    if (a === undefined) throw new Error("no run");
    expect(a.records?.time.length).toBeGreaterThan(10);
    for (const b of others) {
      expect(b.records?.channel).toEqual(a.records?.channel);
      expect(b.records?.trajectory).toEqual(a.records?.trajectory);
      a.records?.time.forEach((time, k) => {
        expect(Math.abs(time - (b.records?.time[k] ?? Number.NaN))).toBeLessThan(1e-9);
      });
      a.sums.forEach((s, k) => {
        // Units of 2^-50 of the bound; a replicate holds two trajectories at most.
        expect(Math.abs(Number(s - (b.sums[k] ?? 0n))) * 2 ** -50).toBeLessThan(4e-9);
      });
    }
  });

  test("jump times do not depend on the output times", async () => {
    const coarse = randomSystem(6, [0, 5]);
    const fine: OneSpace = { ...coarse, times: Array.from({ length: 500 }, (_, i) => (i * 5) / 499) };
    const [a, b] = await Promise.all([coarse, fine].map((system) => create(system, "dense", true)));
    const first = a?.run(0, 300).records;
    const second = b?.run(0, 300).records;
    expect(second?.channel).toEqual(first?.channel);
    expect(second?.time).toEqual(first?.time);
  });
});

describe("groups by the number of jumps so far", () => {
  const d = 4;
  const system: OneSpace = {
    hamiltonian: matrix(d, (i, j) => (Math.abs(i - j) === 1 ? 0.5 : 0)),
    jumps: [lower(d, 1, 0, 0.8), lower(d, 3, 2, 0.6)],
    initial: basis(d, 1),
    observables: [population(d, 0), population(d, 3)],
    times: [0, 0.5, 1, 3, 6],
  };
  const trajectories = 300;

  test("sums and counts add up, and follow the records", async () => {
    const options = { sampling: "plain", records: true } as const;
    const plain = (await Kernel.create(module, oneSpace(system), KEY, options)).run(0, trajectories);
    const grouped = (await Kernel.create(module, oneSpace(system), KEY, { ...options, clickGroups: 3 })).run(
      0,
      trajectories,
    );
    expect(plain.groups).toEqual([]);
    expect(grouped.sums).toEqual(plain.sums);
    expect(grouped.groups.length).toBe(3);
    const width = system.times.length;
    const expected = Array.from({ length: 3 }, () => new Array<number>(32 * width).fill(0));
    for (let k = 0; k < trajectories; k++) {
      system.times.forEach((t, i) => {
        const jumps =
          plain.records?.time.filter((time, r) => plain.records?.trajectory[r] === k && time <= t).length ??
          0;
        const row = expected[Math.min(jumps, 2)] ?? [];
        const at = (k % 32) * width + i;
        row[at] = (row[at] ?? 0) + 1;
      });
    }
    grouped.groups.forEach(({ counts }, g) => {
      expect([...counts].map(Number)).toEqual(expected[g]);
    });
  });

  test("the first group holds the state without a jump", async () => {
    const kernel = await Kernel.create(module, oneSpace(system), KEY, {
      sampling: "plain",
      records: false,
      clickGroups: 2,
    });
    const [silent] = kernel.run(0, trajectories).groups;
    const path = kernel.root.silentPaths[0];
    const exponent = momentExponents(oneSpace(system))[0] ?? Number.NaN;
    const last = system.times.length - 1;
    for (let r = 0; r < 32; r++) {
      const count = Number(silent?.counts[r * system.times.length + last]);
      const sum = Number(silent?.sums[(r * system.times.length + last) * 2]) * 2 ** -exponent;
      expect(Math.abs(sum - count * (path?.values[last * 2] ?? Number.NaN))).toBeLessThan(1e-12);
    }
  });
});
