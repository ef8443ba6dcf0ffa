import { type Fault, InputError } from "../../base/errors.ts";
import { VERSION } from "../../base/version.ts";
import type { Platform } from "../../workers/platform.ts";
import { type Check, type CheckOutcome, evaluate } from "./check.ts";
import { type Claim, type ClaimOutcome, judge, type RouteAgreement } from "./claim.ts";
import { CLAIMS } from "./claims/claims.ts";
import { type LoadModel, type SolvedSystem, type SolveOptions, solveSystem } from "./compute.ts";
import { SYSTEM_NAMES, SYSTEMS, type SystemName, type SystemSpec } from "./systems.ts";

export interface PaperOptions extends Omit<SolveOptions, "falseAlarm" | "seed"> {
  /** Probability, at most, that chance alone changes any verdict; default 1e-3. */
  readonly falseAlarm?: number;
  /** Default DEFAULT_SEED. */
  readonly seed?: string | undefined;
  /** Default: all of them, and all systems. */
  readonly claims?: readonly Claim[];
  /** Told before each system. */
  readonly onSystem?: (name: SystemName, place: number, total: number) => void;
}

/** What `mcwf paper` finds; report.json is this object as it stands. */
export interface PaperReport {
  readonly format: "mcwf-paper/1";
  readonly seed: string;
  /** Probability, at most, that chance alone changes any verdict. */
  readonly falseAlarm: number;
  /** Tests of trajectories that share it evenly. */
  readonly tests: number;
  readonly claims: readonly ClaimOutcome[];
  readonly systems: readonly (RouteAgreement & {
    readonly file: string;
    readonly set: Readonly<Record<string, string>>;
    readonly trajectories: number;
  })[];
  /** Claims with another verdict than is known to come out, and systems whose routes disagree. */
  readonly unexpected: readonly string[];
  readonly engine: { readonly version: string; readonly kernel: string };
}

export type SolvedSystems = ReadonlyMap<SystemName, SolvedSystem>;

const DEFAULT_SEED = "paper";
const FALSE_ALARM = 1e-3;

/**
 * Computes the systems of the paper by both routes and judges each claim by what they say. A false-alarm probability is
 * shared out evenly (Bonferroni) among the comparisons of the routes, one a system, and the checks of the claims.
 * @throws like solveSystem
 */
export async function reproducePaper(
  load: LoadModel,
  platform: Platform,
  options: PaperOptions = {},
): Promise<{ readonly report: PaperReport; readonly solved: SolvedSystems }> {
  const { claims = CLAIMS, onSystem, seed = DEFAULT_SEED, falseAlarm = FALSE_ALARM, ...rest } = options;
  const checks = claims.flatMap(checksOf);
  const names =
    options.claims === undefined ? SYSTEM_NAMES : [...new Set(checks.map(({ system }) => system))];
  const tests = names.length + checks.filter(({ quantity }) => quantity.kind !== "spectrum").length;
  const level = falseAlarm / tests;
  requireQuantities(checks, load);
  const solved = new Map<SystemName, SolvedSystem>();
  for (const name of names) {
    onSystem?.(name, solved.size + 1, names.length);
    // With one seed for all, equal models would have equal errors.
    const own = { ...rest, seed: `${seed}/${name}`, falseAlarm: level };
    solved.set(name, await solveSystem(SYSTEMS[name], load, platform, own));
  }
  const outcomes = claims.map((claim) =>
    judge(
      claim,
      (check) => evaluateIn(solved, check, level),
      (name) => agreement(name, systemOf(solved, name)),
    ),
  );
  return { report: assemble({ seed, falseAlarm, tests, outcomes }, solved), solved };
}

/** Model files may be a user's own. Throws InputError with all names that claims ask for and files do not have. */
function requireQuantities(checks: readonly Check[], load: LoadModel): void {
  const missing = new Map<string, Fault>();
  for (const { system, quantity } of checks) {
    if (quantity.kind !== "mean" && quantity.kind !== "heralded") continue;
    const { file, set = [] }: SystemSpec = SYSTEMS[system];
    const { observables, measures } = load(file, set);
    if ([...observables, ...measures].some(({ name }) => name === quantity.name)) continue;
    const message = `must have ${quantity.name} among its observables or measures, which a claim is about, but has not`;
    missing.set(`${file} ${quantity.name}`, { file: `${file}.yaml`, where: "", message });
  }
  if (missing.size > 0) throw new InputError([...missing.values()]);
}

const checksOf = ({ holds, printed = [] }: Claim): readonly Check[] => [...holds, ...printed];

function systemOf(solved: SolvedSystems, name: SystemName): SolvedSystem {
  const system = solved.get(name);
  if (system === undefined)
    throw new RangeError(`paper: the system ${name} must be solved before it is asked for`);
  return system;
}

const evaluateIn = (solved: SolvedSystems, check: Check, level: number): CheckOutcome =>
  evaluate(check, systemOf(solved, check.system), level);

const agreement = (system: SystemName, { routes }: SolvedSystem): RouteAgreement => ({
  system,
  agree: routes.agree,
  disagreeing: routes.series.flatMap(({ agree, name }) => (agree ? [] : [name])),
});

interface Found {
  readonly seed: string;
  readonly falseAlarm: number;
  readonly tests: number;
  readonly outcomes: readonly ClaimOutcome[];
}

function assemble({ seed, falseAlarm, tests, outcomes }: Found, solved: SolvedSystems): PaperReport {
  const all = [...solved];
  const apart = all.flatMap(([name, system]) => (system.routes.agree ? [] : [name]));
  const kernels = new Set(all.flatMap(([, { run }]) => run.result.engine.kernel ?? []));
  return {
    format: "mcwf-paper/1",
    seed,
    falseAlarm,
    tests,
    claims: outcomes,
    systems: all.map(([name, system]) => ({
      ...agreement(name, system),
      file: system.spec.file,
      set: Object.fromEntries(
        (system.spec.set ?? []).map(({ name: parameter, value }) => [parameter, value]),
      ),
      trajectories: system.run.result.trajectories ?? 0,
    })),
    unexpected: [
      ...outcomes.flatMap(({ id, verdict, expected }) => (verdict === expected ? [] : [id])),
      ...apart.map((name) => `routes of ${name}`),
    ],
    engine: { version: VERSION, kernel: [...kernels].join(", ") },
  };
}
