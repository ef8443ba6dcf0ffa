import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { initialMatrix } from "#src/master/propagator.js";
import { dagger, IDENTITY } from "#src/model/algebra.js";
import type { Model, Operator } from "#src/model/model.js";
import { namedOperator, qubitSite } from "#src/model/sites.js";
import { type ExactClicks, exactClicks, silentProbability } from "#src/records/exact.js";
import { clickGrid, detectorsOf, uncorrelatedPairs } from "#src/records/grid.js";
import { seedKey } from "#src/trajectories/seed.js";
import { loadNodeKernel } from "#src/workers/node-kernel.js";
import { drivenModel, pairModel, thermalModel } from "../support/models.ts";
import { randomModel } from "../support/random-models.js";
import { twinClicks } from "./twin.ts";

/** The exact solver keeps 1e-12 of rho; integrals over a few units of time and ratios lose two digits at most. */
const TOLERANCE = 1e-10;

const close = (found: readonly (number | null)[], expected: readonly number[], tolerance = TOLERANCE) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs((value ?? Number.NaN) - (expected[i] ?? 0))).toBeLessThan(tolerance);
  });
};

const allOf = (model: Model) => model.channels.map(({ name }) => name);
const gridOf = ({ times }: Model, bins: number, tau?: number) =>
  clickGrid(times[0] ?? 0, times.at(-1) ?? 0, bins, tau);

function laws(model: Model, bins = 8, most = 6, channels = allOf(model)): ExactClicks {
  return exactClicks(model, channels, gridOf(model, bins), most);
}

/** A qubit that nothing happens to, and channels that click all the same. */
function clock(channels: readonly { readonly rate: number; readonly operator: Operator }[]): Model {
  return {
    ...thermalModel(4, 3),
    sites: [qubitSite({ name: "q" })],
    channels: channels.map((channel, i) => ({ name: `c${i}`, ...channel })),
  };
}

const ground: Operator = {
  terms: [],
  dyads: [
    {
      coefficient: [1, 0],
      ket: [{ amplitude: [1, 0], levels: [[0, 1]] }],
      bra: [{ amplitude: [1, 0], levels: [[0, 1]] }],
    },
  ],
};
const lowest: Operator = {
  terms: [],
  dyads: [
    {
      coefficient: [1, 0],
      ket: [{ amplitude: [1, 0], levels: [] }],
      bra: [{ amplitude: [1, 0], levels: [] }],
    },
  ],
};

describe("Poisson clicks", () => {
  const rate = 0.7;
  const poisson = (mean: number, most: number) => {
    const each = [Math.exp(-mean)];
    for (let n = 1; n < most; n++) each.push(((each[n - 1] ?? 0) * mean) / n);
    return [...each, 1 - each.reduce((sum, p) => sum + p, 0)];
  };
  test.each([
    ["the identity", [{ rate, operator: IDENTITY }], 1],
    ["a dyad of the excited state", [{ rate, operator: ground }], 1],
    ["a dyad of the ground state, from there", [{ rate, operator: lowest }], 0],
    [
      "one of two channels",
      [
        { rate, operator: IDENTITY },
        { rate: 2, operator: IDENTITY },
      ],
      1,
    ],
  ] as const)("%s", (_, channels, start) => {
    const model: Model = {
      ...clock(channels),
      initial: [{ weight: 1, state: [{ amplitude: [1, 0], levels: start === 1 ? [[0, 1]] : [] }] }],
    };
    const found = laws(model, 8, 6, ["c0"]);
    close(found.numbers, poisson(4 * rate, 6));
    close(found.rate, Array(8).fill(rate));
    close(found.g2, Array(8).fill(1));
    const exponential = (width: number) =>
      Array.from({ length: 8 }, (_, i) => Math.exp(-rate * width * i) * -Math.expm1(-rate * width));
    close(found.firstWait, exponential(0.5));
    close(found.waits ?? [], exponential(0.25));
  });
});

describe("closed forms", () => {
  test("two qubits from 11: two clicks at rate 4 kappa each", () => {
    const kappa = 1e-3;
    const model = pairModel({ kappa, start: [1, 1], times: [0, 1000] });
    const x = 4 * kappa * 1000;
    const found = laws(model, 10, 3);
    const none = Math.exp(-x);
    close(found.numbers, [none, x * none, 1 - none - x * none, 0]);
    close(
      found.firstWait,
      Array.from({ length: 10 }, (_, i) => Math.exp((-x * i) / 10) * -Math.expm1(-x / 10)),
    );
    // In the window [0, 500]: of the first clicks each is followed by another, of the second ones none.
    const first = -Math.expm1(-x / 2);
    const second = first - (x / 2) * Math.exp(-x / 2);
    close(
      found.waits ?? [],
      Array.from(
        { length: 10 },
        (_, i) => ((first * Math.exp((-x * i) / 20)) / (first + second)) * -Math.expm1(-x / 20),
      ),
    );
  });

  test("two qubits from 10: one click at most, so no pair", () => {
    const found = laws(pairModel({ times: [0, 1000] }), 4, 3);
    const clicked = -Math.expm1(-4) / 2;
    close(found.numbers, [1 - clicked, clicked, 0, 0]);
    close(found.waits ?? [], [0, 0, 0, 0]);
    close(found.g2, [0, 0, 0, 0]);
  });

  test("resonance fluorescence: g2 of the steady state", () => {
    const [drive, gamma] = [2, 0.5];
    const from = 60;
    const model: Model = { ...drivenModel(drive, gamma), times: [from, from + 12] };
    const grid = gridOf(model, 12, 6);
    const { g2, rate } = exactClicks(model, ["emission"], grid, 1);
    // 1 - e^(-3 gamma tau / 4) (cos mu tau + 3 gamma / (4 mu) sin mu tau), mu^2 = drive^2 - gamma^2 / 16, integrated
    // over the bin. What the start leaves decays as e^(-3 gamma t / 4): 2e-10 at t = 60.
    const decay = (3 * gamma) / 4;
    const mu = Math.sqrt(drive ** 2 - gamma ** 2 / 16);
    const law = (tau: number) =>
      1 - Math.exp(-decay * tau) * (Math.cos(mu * tau) + (decay / mu) * Math.sin(mu * tau));
    const simpson = (a: number, b: number) => {
      const steps = 200;
      const h = (b - a) / steps;
      let sum = law(a) + law(b);
      for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * law(a + i * h);
      return (sum * h) / 3 / (b - a);
    };
    close(
      g2,
      Array.from({ length: 12 }, (_, i) => simpson(i / 2, (i + 1) / 2)),
      1e-8,
    );
    const steady = (gamma * drive ** 2) / (gamma ** 2 + 2 * drive ** 2);
    expect(Math.abs((rate.at(-1) ?? 0) - steady)).toBeLessThan(1e-8);
  });

  test("the weight of silence is the squared norm that trajectories jump by", async () => {
    const { module } = await loadNodeKernel();
    const times = [0, 0.5, 1.5, 4];
    const models: readonly Model[] = [
      drivenModel(1, 0.5, 4, 5),
      pairModel({ kappa: 0.3, delta: 0.6, alpha: 0.1, times }),
      thermalModel(4, 5),
    ];
    for (const model of models) {
      const timed = { ...model, times };
      const kernel = await Kernel.create(module, compile(timed), seedKey("s"), {
        sampling: "plain",
        records: false,
      });
      close(silentProbability(timed, allOf(timed), initialMatrix(timed), times), [...kernel.root.survival]);
    }
  });
});

describe("against the naive twin", () => {
  const limits = { minSites: 1, maxSites: 2, maxDimension: 6, maxTime: 2 };
  test("random models: every law, all channels and one of them", () => {
    let compared = 0;
    fc.assert(
      fc.property(randomModel(limits), fc.nat({ max: 3 }), (model, one) => {
        const last = model.times.at(-1) ?? 0;
        if (last < 0.1) return;
        const grid = clickGrid(0, last, 3, last / 2);
        const single = model.channels[one % model.channels.length]?.name ?? "";
        for (const channels of [allOf(model), [single]]) {
          const found = exactClicks(model, channels, grid, 3);
          const twin = twinClicks(model, channels, grid, 3);
          close(found.numbers, twin.numbers);
          close(found.firstWait, twin.firstWait);
          close(found.rate, twin.rate, TOLERANCE / grid.binWidth);
          expect(Math.abs(found.windowClicks - twin.windowClicks)).toBeLessThan(TOLERANCE);
          if (twin.windowClicks < 1e-6) continue;
          compared++;
          const relative = TOLERANCE / twin.windowClicks;
          close(
            found.waits ?? [],
            twin.waits.map((wait) => wait / twin.windowClicks),
            relative,
          );
          twin.pairs.forEach((pairs, bin) => {
            const by = uncorrelatedPairs(twin.cells, grid.windowCells, bin);
            const tolerance = (TOLERANCE * (1 + pairs / by)) / by;
            expect(Math.abs((found.g2[bin] ?? 0) - pairs / by)).toBeLessThan(tolerance);
          });
        }
      }),
      { numRuns: 40, seed: 5 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

describe("what is refused, and detectors", () => {
  test("a system that is too large, with its size", () => {
    const sites = Array.from({ length: 6 }, (_, i) => qubitSite({ name: `q${i}` }));
    const lower = (site: number) => namedOperator(sites, site, "sm") ?? IDENTITY;
    const model: Model = {
      ...thermalModel(1, 2),
      sites,
      hamiltonian: {
        terms: sites.flatMap((_, i) => [...lower(i).terms, ...dagger(lower(i)).terms]),
        dyads: [],
      },
      channels: sites.map((_, i) => ({ name: `c${i}`, rate: 1, operator: lower(i) })),
      observables: [],
    };
    expect(() => laws(model)).toThrow(/at most \d+ x \d+ .* but make one of at least \d+ x \d+/);
  });

  test("all channels and each of a few; a grid that leaves no window is refused", () => {
    expect(detectorsOf(["a"]).map(({ name }) => name)).toEqual(["a"]);
    expect(detectorsOf(["a", "b"]).map(({ name }) => name)).toEqual(["all channels", "a", "b"]);
    expect(detectorsOf(Array.from({ length: 30 }, (_, i) => `c${i}`))).toHaveLength(1);
    expect(() => clickGrid(0, 10, 20, 10)).toThrow(/--tau: must be more than 0 and at most 9\.52/);
    expect(clickGrid(0, 10, 20, 9.5).windowCells).toBe(1);
    expect(clickGrid(2, 10, 4)).toEqual({
      end: 10,
      bins: 4,
      binWidth: 2.5,
      start: 2,
      lagWidth: 1,
      windowCells: 4,
    });
  });
});
