import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import { multiplyOperators } from "#src/model/algebra.js";
import type { Model } from "#src/model/model.js";
import { countedModel, counterLevel } from "#src/records/counted.js";
import { clickGrid } from "#src/records/grid.js";
import { ClickStudy } from "#src/records/statistics.js";
import { CLICK_QUANTITIES } from "#src/results/clicks.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { drivenModel, pairModel, thermalModel } from "../support/models.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const SEEDS = 150;
const TRAJECTORIES = 1000;
/** Student's t of 31 degrees of freedom has variance 31/29 and excess kurtosis 6/27. */
const DEGREES = 29 / 31;
const DEVIATION = Math.sqrt((2 + 6 / 27) / SEEDS);
/** "Enough events": a value of so many standard errors is made of a hundred or so. */
const ENOUGH = 10;

const models: readonly (readonly [string, Model])[] = [
  ["driven qubit", drivenModel(1.5, 0.8, 8, 3)],
  ["thermal qubit", thermalModel(4, 2)],
  ["pair from 11, own losses", pairModel({ start: [1, 1], alpha: 1e-4, times: [0, 1000] })],
];
const SAMPLINGS: readonly Sampling[] = ["plain", "stratified"];
const cases = models.flatMap(([name, model]) =>
  SAMPLINGS.map((sampling) => ({ name: `${name}, ${sampling}`, model, sampling })),
);

/** Squares of z-scores by point, collected over seeds. */
class Scores {
  readonly #squares = new Map<string, { sum: number; count: number }>();

  add(
    point: string,
    value: number | null | undefined,
    error: number | null | undefined,
    exact: number,
  ): void {
    if (value == null || error == null || error === 0) return;
    const entry = this.#squares.get(point) ?? { sum: 0, count: 0 };
    this.#squares.set(point, entry);
    entry.sum += ((value - exact) / error) ** 2;
    entry.count++;
  }

  /** Of the points that every seed has. */
  variances(): number[] {
    return [...this.#squares.values()]
      .filter(({ count }) => count === SEEDS)
      .map(({ sum }) => (sum / SEEDS) * DEGREES);
  }
}

/** None is too large (4.5 deviations: 3e-6 a point); together, correlated as they are, they are 1 to 15 percent. */
function expectHonest(variances: readonly number[], least: number): void {
  expect(variances.length).toBeGreaterThanOrEqual(least);
  expect(Math.max(...variances)).toBeLessThan(1.15 + 4.5 * DEVIATION);
  const mean = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
  expect(mean).toBeGreaterThan(0.85);
  expect(mean).toBeLessThan(1.15);
}

describe(`over ${SEEDS} seeds`, () => {
  test.each(cases)(
    "$name: errors are honest, and false alarms no more than promised",
    async ({ model, sampling }) => {
      const program = compile(model);
      const grid = clickGrid(0, model.times.at(-1) ?? 0, 8);
      const scores = new Scores();
      let alarms = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const study = new ClickStudy(model, program.channels, grid);
        const run = await runEnsemble(
          model,
          program,
          {
            trajectories: TRAJECTORIES,
            sampling,
            workers: 0,
            seed: `z${seed}`,
            onRecords: (records) => study.add(records),
          },
          platform,
        );
        const { verdict, detectors } = study.finish(run, 0.05);
        if (verdict?.agree === false) alarms++;
        for (const detector of detectors) {
          for (const quantity of CLICK_QUANTITIES) {
            detector[quantity].forEach(({ value, standardError, exact, pValue }, i) => {
              const enough = value !== null && value > ENOUGH * (standardError ?? 1);
              if (!enough || pValue === null) return;
              scores.add(`${detector.name} ${quantity} ${i}`, value, standardError, exact ?? 0);
            });
          }
        }
      }
      // Binomial of 150 and 0.05: 20 or more have probability 1e-4.
      expect(alarms).toBeLessThan(20);
      expectHonest(scores.variances(), 5);
    },
  );

  /** Within a group the state must still be random. */
  const conditional = [drivenModel(1.5, 0.8, 8, 3), drivenModel(1, 2, 8, 3)].flatMap((model, i) =>
    SAMPLINGS.map((sampling) => ({ name: `driven qubit ${i + 1}, ${sampling}`, model, sampling })),
  );
  test.each(conditional)("$name: errors of conditional means are honest", async ({ model, sampling }) => {
    const most = 3;
    const plain = { ...model, times: [2, 4, 8] };
    const counted = countedModel(
      plain,
      plain.channels.map(({ name }) => name),
      most,
    );
    const levels = Array.from({ length: most + 1 }, (_, n) => counterLevel(counted, n));
    const exact = solveMaster({
      ...counted,
      observables: levels.flatMap((level, n) => [
        { name: `p ${n}`, operator: level, hermitian: true },
        ...plain.observables.map(({ name, operator }) => ({
          name: `${name} ${n}`,
          operator: multiplyOperators(operator, level),
          hermitian: true,
        })),
      ]),
    });
    const program = compile(plain);
    const scores = new Scores();
    for (let seed = 0; seed < SEEDS; seed++) {
      const options = { trajectories: TRAJECTORIES, sampling, workers: 0, seed: `c${seed}`, clicks: most };
      const { result } = await runEnsemble(plain, program, options, platform);
      result.clicks?.forEach(({ observables }, n) => {
        plain.times.forEach((_, t) => {
          const p = exact.observables[`p ${n}`]?.mean[t] ?? 0;
          if (p * TRAJECTORIES < 100) return;
          for (const [name, { mean, standardError }] of Object.entries(observables)) {
            const truth = (exact.observables[`${name} ${n}`]?.mean[t] ?? 0) / p;
            scores.add(`${name} ${n} ${t}`, mean[t], standardError[t], truth);
          }
        });
      });
    }
    expectHonest(scores.variances(), 5);
  });
});

test("10^7 jumps go to the disk in bounded memory", () => {
  const folder = mkdtempSync(join(tmpdir(), "mcwf-many-"));
  const records = join(folder, "jumps.csv");
  const model = join(folder, "clock.yaml");
  writeFileSync(
    model,
    "sites: { q: qubit }\nchannels: { tick: { rate: 1, operator: sz(q) } }\ninitial: ground\ntimes: [0, 1000]\n",
  );
  const program = join(folder, "run.mjs");
  writeFileSync(
    program,
    `const { runCommandLine } = await import(${JSON.stringify(new URL("../../dist/cli/program.js", import.meta.url).href)});
    await runCommandLine(process.argv.slice(2));
    console.error("rss " + process.resourceUsage().maxRSS);`,
  );
  const measure = (trajectories: number) => {
    const args = ["run", model, "--trajectories", String(trajectories), "--seed", "many", "--workers", "1"];
    const { stderr } = spawnSync(process.execPath, [program, ...args, "--records", records], {
      encoding: "utf8",
    });
    const [, jumps, kilobytes] = /: (\d+) jumps\nrss (\d+)/.exec(stderr) ?? [];
    return { jumps: Number(jumps), megabytes: Number(kilobytes) / 1024 };
  };
  try {
    const few = measure(1000);
    const many = measure(10_000);
    expect(Math.abs(many.jumps - 1e7)).toBeLessThan(6 * Math.sqrt(1e7));
    // Kept, nine million more of them would be 180 MB at least; measured: 57 MB of garbage.
    expect(many.megabytes - few.megabytes).toBeLessThan(120);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
