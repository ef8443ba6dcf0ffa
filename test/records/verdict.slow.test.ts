import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import { addOperators, multiplyOperators } from "#src/model/algebra.js";
import type { Model } from "#src/model/model.js";
import { countedModel, counterLevel } from "#src/records/counted.js";
import { formatClicksCsv } from "#src/records/csv.js";
import { clickGrid } from "#src/records/grid.js";
import { type ClickStatistics, ClickStudy } from "#src/records/statistics.js";
import { CLICK_QUANTITIES } from "#src/results/clicks.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { darkModel, drivenModel, pairModel, thermalModel } from "../support/models.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const SAMPLINGS: readonly Sampling[] = ["plain", "stratified"];
/** Of each study; with committed seeds a right program passes once and for ever. */
const FALSE_ALARM = 1e-4;

interface Sampled {
  readonly trajectories: number;
  readonly sampling: Sampling;
  /** What the exact laws are taken of, when it is not the model that is run. */
  readonly claimed?: Model;
  readonly tau?: number;
  readonly workers?: number;
}

async function study(model: Model, sampled: Sampled): Promise<ClickStatistics> {
  const program = compile(model);
  const grid = clickGrid(model.times[0] ?? 0, model.times.at(-1) ?? 0, 8, sampled.tau);
  const made = new ClickStudy(sampled.claimed ?? model, program.channels, grid);
  const { trajectories, sampling, workers = 0 } = sampled;
  const run = await runEnsemble(
    model,
    program,
    { trajectories, sampling, workers, seed: "records", onRecords: (records) => made.add(records) },
    platform,
  );
  expect(run.records).toBeNull();
  return made.finish(run, FALSE_ALARM);
}

const verdictOf = ({ verdict }: ClickStatistics) => {
  if (verdict === null) throw new Error("there are exact values for this model");
  return verdict;
};

const superposed: Model = {
  ...pairModel({ alpha: 1e-4, delta: 0.002, start: [1, 1], times: [0, 1500] }),
  initial: [
    {
      weight: 0.6,
      state: [
        {
          amplitude: [1, 0],
          levels: [
            [0, 1],
            [1, 1],
          ],
        },
      ],
    },
    { weight: 0.4, state: [{ amplitude: [0, 1], levels: [[1, 1]] }] },
  ],
};

describe("records against the master equation", () => {
  const cases: readonly (readonly [string, Model, (wrong: number) => Model])[] = [
    ["driven qubit", drivenModel(2, 0.5, 20, 3), (wrong) => drivenModel(2, 0.5 * wrong, 20, 3)],
    [
      "driven qubit, from t = 10 on",
      { ...drivenModel(1, 1), times: [10, 20] },
      (wrong) => ({ ...drivenModel(wrong, 1), times: [10, 20] }),
    ],
    ["thermal qubit, two channels", thermalModel(6, 2), (wrong) => scaled(thermalModel(6, 2), wrong)],
    ["pair, own losses, mixture", superposed, (wrong) => scaled(superposed, wrong)],
  ];
  test.each(cases)(
    "%s: they agree, and not where a rate or the drive is wrong by 15 percent",
    async (_, model, wrong) => {
      for (const sampling of SAMPLINGS) {
        const trajectories = 6000;
        const right = verdictOf(await study(model, { trajectories, sampling }));
        expect(right.agree).toBe(true);
        expect(right.points).toBeGreaterThan(15);
        const other = verdictOf(await study(model, { trajectories, sampling, claimed: wrong(1.15) }));
        expect(other.agree).toBe(false);
      }
    },
  );

  test("each quantity by itself sees a wrong model", async () => {
    // Stronger driving: other numbers, waits, rates and correlations alike.
    const model = drivenModel(0.6, 0.5, 20, 3);
    const found = await study(model, {
      trajectories: 6000,
      sampling: "plain",
      claimed: drivenModel(0.9, 0.5, 20, 3),
    });
    for (const quantity of CLICK_QUANTITIES) {
      const least = Math.min(...(found.detectors[0]?.[quantity] ?? []).map(({ pValue }) => pValue ?? 1));
      expect(least).toBeLessThan(1e-6);
    }
  });

  test("the same bits for any workers", async () => {
    const sampled = { trajectories: 3000, sampling: "plain" } as const;
    const reference = formatClicksCsv(await study(thermalModel(6, 2), sampled));
    expect(formatClicksCsv(await study(thermalModel(6, 2), { ...sampled, workers: 3 }))).toBe(reference);
  });

  test("stratified: the probability of no click is exact", async () => {
    const found = await study(pairModel(), { trajectories: 500, sampling: "stratified" });
    const [none] = found.detectors[0]?.numbers ?? [];
    expect(none?.standardError).toBe(0);
    expect(Math.abs((none?.value ?? 0) - (none?.exact ?? 1))).toBeLessThan(1e-12);
  });

  test("where nothing ever clicks all is exact and nothing is divided by zero", async () => {
    for (const sampling of SAMPLINGS) {
      const found = await study(darkModel(), { trajectories: 64, sampling });
      expect(verdictOf(found).agree).toBe(true);
      for (const { numbers, waits, g2 } of found.detectors) {
        expect(numbers[0]?.value).toBe(1);
        expect([...waits, ...g2].every(({ value }) => value === null)).toBe(true);
      }
      expect(formatClicksCsv(found).split("\n")[0]).toBe(
        "detector,quantity,from,to,value,standard_error,exact,z,p_value",
      );
    }
  });
});

/** All rates times a factor: another model. */
const scaled = (model: Model, factor: number): Model => ({
  ...model,
  channels: model.channels.map((channel) => ({ ...channel, rate: channel.rate * factor })),
});

describe("averages by clicks against the number-resolved master equation", () => {
  const most = 3;
  const models: readonly (readonly [string, Model])[] = [
    ["driven qubit", drivenModel(1.5, 0.8, 6, 5)],
    ["pair, own losses, mixture", { ...superposed, times: [0, 200, 700, 1500] }],
  ];
  test.each(models)("%s: weights and conditional means", async (_, model) => {
    const counted = countedModel(
      model,
      model.channels.map(({ name }) => name),
      most,
    );
    const levels = Array.from({ length: most + 1 }, (_, n) => counterLevel(counted, n));
    const exact = solveMaster({
      ...counted,
      observables: levels.flatMap((level, n) => [
        { name: `p${n}`, operator: level, hermitian: true },
        ...model.observables.map(({ name, operator, hermitian }) => ({
          name: `${name} ${n}`,
          operator: multiplyOperators(addOperators([operator]), level),
          hermitian,
        })),
      ]),
    });
    const trajectories = 4000;
    for (const sampling of SAMPLINGS) {
      const { result } = await runEnsemble(
        // Dyads of the system would name the counter: projectors are left to the tests of heralding.
        model,
        compile(model),
        { trajectories, sampling, workers: 0, seed: "groups", clicks: most },
        platform,
      );
      result.clicks?.forEach(({ weight, observables }, n) => {
        result.times.forEach((_, t) => {
          const p = exact.observables[`p${n}`]?.mean[t] ?? 0;
          // 5.5 standard errors of 31 degrees of freedom: 5e-6 a number, below 1e-3 for all of them together.
          const allowed = 5.5 * (weight.standardError?.[t] ?? 0) + 1e-10;
          expect(Math.abs((weight.mean[t] ?? 0) - p)).toBeLessThanOrEqual(allowed);
          if (p * trajectories < 100) return;
          for (const { name, operator } of model.observables) {
            if (operator.dyads.length > 0) continue;
            const mean = (exact.observables[`${name} ${n}`]?.mean[t] ?? 0) / p;
            const error = observables[name]?.standardError[t] ?? 0;
            expect(Math.abs((observables[name]?.mean[t] ?? Number.NaN) - mean)).toBeLessThanOrEqual(
              5.5 * error + 1e-9,
            );
          }
        });
      });
    }
  });
});
