import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { formatPaperSummary, whyOf } from "#src/cli/paper-report.js";
import { compareResults } from "#src/compare/compare.js";
import { parseModel } from "#src/model/file.js";
import { evaluate } from "#src/study/paper/check.js";
import { type Claim, judge } from "#src/study/paper/claim.js";
import { CLAIMS } from "#src/study/paper/claims/claims.js";
import { type LoadModel, type SolvedSystem, solveSystem } from "#src/study/paper/compute.js";
import { type PaperReport, reproducePaper } from "#src/study/paper/paper.js";
import { SYSTEMS } from "#src/study/paper/systems.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const textOf = (file: string): string =>
  readFileSync(new URL(`../../examples/${file}.yaml`, import.meta.url), "utf8");

/** The files of examples/, with something replaced in those that have it. */
const loading =
  (from: string, to: string): LoadModel =>
  (file, set) =>
    parseModel(textOf(file).replaceAll(from, to), { file, set }).model;
const AS_THEY_ARE = loading("", "");

async function judged(ids: readonly string[], load: LoadModel): Promise<PaperReport> {
  const claims = CLAIMS.filter(({ id }) => ids.includes(id));
  expect(claims.map(({ id }) => id).sort()).toEqual([...ids].sort());
  const { report } = await reproducePaper(load, platform, { claims, trajectories: 400, workers: 0 });
  return report;
}
const verdicts = ({ claims }: PaperReport) => claims.map(({ id, verdict }) => [id, verdict]);

test("ids are unique, every check is of a system, and every kind of verdict is expected somewhere", () => {
  expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
  expect(new Set(CLAIMS.map(({ expected }) => expected)).size).toBe(3);
  const used = CLAIMS.flatMap(({ holds, printed = [] }) =>
    [...holds, ...printed].map(({ system }) => system),
  );
  // Some systems are there for figures alone.
  const drawn = ["W-2", "W-3", "W-4"];
  expect(Object.keys(SYSTEMS).filter((name) => !used.some((one) => one === name))).toEqual(drawn);
});

describe("a wrong rate, phase or operator flips what rests on it, and nothing else", () => {
  test("as the files are", async () => {
    const report = await judged(["fig2a-half", "mixture-dark", "mixture-source", "herald-10"], AS_THEY_ARE);
    expect(verdicts(report)).toEqual([
      ["fig2a-half", "confirmed"],
      ["mixture-dark", "confirmed with another number"],
      ["mixture-source", "not confirmed"],
      ["herald-10", "confirmed"],
    ]);
    expect(report.unexpected).toEqual([]);
    expect(formatPaperSummary(report)).toMatch(/ 1 not confirmed \(.*\)\nall verdicts as they should be\n$/);
  });

  test("kappa of qubit 2 is a tenth larger", async () => {
    const wrong = loading("operator: sum(sm(q))", "operator: sm(q1) + sqrt(1.1)*sm(q2)");
    const report = await judged(["eq3-dark", "fig2a-half", "mixture-source"], wrong);
    expect(verdicts(report)).toEqual([
      ["eq3-dark", "not confirmed"],
      ["fig2a-half", "not confirmed"],
      ["mixture-source", "not confirmed"],
    ]);
    expect(report.unexpected).toEqual(["eq3-dark", "fig2a-half"]);
    expect(formatPaperSummary(report)).toContain("NOT as they should be: eq3-dark, fig2a-half\n");
  });

  test("alpha is a tenth larger", async () => {
    const report = await judged(
      ["fig2a-half", "fig3ab-dark"],
      loading("alpha: 0.05*kappa", "alpha: 0.055*kappa"),
    );
    expect(verdicts(report)).toEqual([
      ["fig2a-half", "confirmed"],
      ["fig3ab-dark", "not confirmed"],
    ]);
    const [, dark] = report.claims;
    expect(dark && whyOf(dark)).toMatch(
      /^“E = e\^\(−2αt\), t = \d+” is not 0\.\d+: 0\.\d+ exactly and 0\.\d+ ± /,
    );
  });

  test("the phases of the reservoir are not those of the dark state", async () => {
    const wrong = loading("sum(exp(i*phi) .* sm(q))", "sum(exp(1.1i*phi) .* sm(q))");
    const report = await judged(["fig1d-final"], wrong);
    expect(verdicts(report)).toEqual([["fig1d-final", "not confirmed"]]);
    expect(report.unexpected).toEqual(["fig1d-final"]);
  });

  test("a claim that does not hold is confirmed where the physics is another", async () => {
    // Without excitation at b = d nothing is dark, as the paper has it.
    const report = await judged(["mixture-source"], (file, set) =>
      AS_THEY_ARE(
        file,
        set.map(({ name }) => ({ name, value: "0" })),
      ),
    );
    expect(verdicts(report)).toEqual([["mixture-source", "confirmed"]]);
    expect(report.unexpected).toEqual(["mixture-source"]);
  });
});

test("where trajectories and the master equation are of different models, both kinds of test say so", async () => {
  const options = { seed: "s", trajectories: 400, workers: 0, falseAlarm: 1e-6 };
  const right = await solveSystem(SYSTEMS["3ab-dark"], AS_THEY_ARE, platform, options);
  const wrong = await solveSystem(SYSTEMS["3ab-dark"], loading("0.05*kappa", "0.1*kappa"), platform, options);
  const mixed = { ...right, run: wrong.run, routes: compareResults(wrong.run, right.exact, options) };
  expect([right.routes.agree, wrong.routes.agree, mixed.routes.agree]).toEqual([true, true, false]);
  const claim = CLAIMS.find(({ id }) => id === "fig3ab-dark") as Claim;
  const judgedBy = (solved: SolvedSystem) =>
    judge(
      claim,
      (check) => evaluate(check, solved, 1e-6),
      (system) => ({ system, agree: true, disagreeing: [] }),
    );
  expect(judgedBy(right).verdict).toBe("confirmed");
  const apart = judgedBy(mixed);
  expect(apart.verdict).toBe("not confirmed");
  expect(apart.holds.map(({ exactHolds, trajectoriesHold }) => [exactHolds, trajectoriesHold])).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(whyOf(apart)).toMatch(/ by trajectories, though 0\.\d+ exactly\.$/);
});
