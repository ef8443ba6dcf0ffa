import type { Evidence, SeriesEvidence } from "../trajectories/evidence.ts";
import type { MeasureScale } from "../trajectories/measure-scale.ts";
import { NUMERICAL, studentTest } from "../trajectories/student.ts";
import { ENOUGH_EVENTS, type SampleLaw, UNSEEN, unseenEvents } from "../trajectories/unseen.ts";
import { bennettLog, fewJumpsLog, hoeffdingLog, type JumpTail, manyJumpsLog } from "./bounds.ts";
import type { TestKind } from "./verdict.ts";

/** Smallest numerical tolerance, for what is zero by structure. */
const SMALLEST_TOLERANCE = 1e-12;

export interface PointTest {
  readonly test: TestKind;
  readonly pValue: number;
  /** What Student's t divides by: the standard error and the allowance for unseen events; null for other tests. */
  readonly error: number | null;
  /** (mean - exact) / error, what rounding can do taken off; null for other tests. */
  readonly z: number | null;
}

interface Numbers {
  readonly mean: number;
  readonly exact: number;
  readonly standardError: number | null;
}

/** A mean of an observable at time index t. */
export function testObservable(
  numbers: Numbers,
  evidence: Evidence,
  series: SeriesEvidence,
  law: Omit<SampleLaw, "standardError">,
  t: number,
): PointTest {
  const { jumpWeight, trajectories } = evidence;
  const disturbed = evidence.disturbed[t] ?? 1;
  const range = series.upper - series.lower;
  const tolerance = tolerated(Math.max(Math.abs(series.lower), Math.abs(series.upper)), evidence);
  if (disturbed === 0 || jumpWeight === 0 || range === 0) return testEquality(numbers, tolerance);
  if (trajectories * disturbed >= ENOUGH_EVENTS) {
    return testStudent(numbers, evidence, unseenEvents({ ...law, ...numbers }, evidence), tolerance);
  }
  // In units of the range, of the sampled part alone.
  const scale = jumpWeight * range;
  const offset = (series.silent[t] ?? 0) + jumpWeight * series.lower;
  const observed = withinUnit((numbers.mean - offset) / scale, tolerance / scale);
  const deviation = Math.max(0, Math.abs(numbers.mean - numbers.exact) - tolerance) / scale;
  const expectation = observed - Math.sign(numbers.mean - numbers.exact) * deviation;
  const unit = independentUnit(evidence, disturbed);
  const logTail = Math.min(
    hoeffdingLog({ units: unit.count, expectation, observed }),
    bennettLog(unit.count, disturbed * unit.share, Math.min(1, unit.share + disturbed), deviation),
  );
  return bounded(twoSided(logTail));
}

/** x, or the end of [0, 1] that rounding alone can have moved it across. */
function withinUnit(x: number, rounding: number): number {
  const nearest = Math.min(1, Math.max(0, x));
  return Math.abs(x - nearest) <= rounding ? nearest : x;
}

/** The mean number of jumps in a channel. */
export function testJumps(
  numbers: Numbers,
  evidence: Evidence,
  law: Omit<SampleLaw, "standardError">,
): PointTest {
  const { jumpWeight, jumpBound, trajectories } = evidence;
  const disturbed = evidence.disturbed.at(-1) ?? 1;
  const tolerance = tolerated(Math.max(1, numbers.exact), evidence);
  if (disturbed === 0 || jumpWeight === 0) return testEquality(numbers, tolerance);
  if (trajectories * disturbed >= ENOUGH_EVENTS) {
    return testStudent(numbers, evidence, unseenEvents({ ...law, ...numbers }, evidence), tolerance);
  }
  const unit = independentUnit(evidence, disturbed);
  const deviation = Math.max(0, Math.abs(numbers.mean - numbers.exact) - tolerance);
  const observed = (numbers.mean / jumpWeight) * unit.size;
  const sign = Math.sign(numbers.mean - numbers.exact);
  const expectation = observed - (sign * deviation * unit.size) / jumpWeight;
  const jumpers = unit.share * unit.size;
  const tail: JumpTail = {
    units: unit.count,
    jumpers,
    // A trajectory jumps in this channel with probability min(disturbed, expected number) at most.
    part: Math.min(disturbed / unit.share, expectation / jumpers),
    rateBound: jumpBound,
    expectation,
  };
  const logTail = sign > 0 ? manyJumpsLog(tail, observed) : fewJumpsLog(tail, observed);
  return bounded(deviation === 0 ? 1 : twoSided(logTail));
}

/** A measure of the averaged density matrix. */
export function testMeasure(numbers: Numbers, evidence: Evidence, scale: MeasureScale): PointTest {
  const { jumpWeight, trajectories } = evidence;
  const tolerance = Math.max(tolerated(scale.upper, evidence), scale.modulus(NUMERICAL));
  if (numbers.standardError === 0) return testEquality(numbers, tolerance);
  if (numbers.standardError === null) return bounded(1);
  const unseen = scale.modulus((UNSEEN * jumpWeight) / trajectories);
  return testStudent(numbers, evidence, unseen, tolerance);
}

/** Two numbers of which neither is random. */
function testEquality({ mean, exact }: Numbers, tolerance: number): PointTest {
  return {
    test: "equality",
    pValue: Math.abs(mean - exact) <= tolerance ? 1 : 0,
    error: null,
    z: null,
  };
}

const bounded = (pValue: number): PointTest => ({ test: "bound", pValue, error: null, z: null });

/** @param unseen the most that unseen events may have changed the mean, as a standard error */
function testStudent(numbers: Numbers, evidence: Evidence, unseen: number, tolerance: number): PointTest {
  const student = studentTest(numbers, unseen, tolerance, evidence);
  return student.error === 0 ? testEquality(numbers, tolerance) : { test: "student", ...student };
}

/** What two numbers may differ by for numerical reasons alone; a lost phase of x rad moves a mean by x of its range. */
function tolerated(largest: number, { lostPhase }: Evidence): number {
  return Math.max((NUMERICAL + 2 * lostPhase) * largest, SMALLEST_TOLERANCE);
}

/** Parts of an ensemble that are independent of each other. */
interface IndependentUnit {
  readonly count: number;
  /** Trajectories in each. */
  readonly size: number;
  /** Largest part of a unit that can be disturbed. */
  readonly share: number;
}

/**
 * Plain sampling: each trajectory by itself. Stratified: the replicates; of the n/32 points of a shifted van der Corput
 * sequence, at most n/32 p + 2 (log2(n/32)/3 + 1) lie in an arc of length p (star discrepancy of the sequence: H. Faure,
 * Bull. Soc. Math. France 109 (1981) 143; twice, because an arc has two ends). Unequal replicates count as the largest:
 * for weights w_r, sum_r ln E exp(s w_r X) <= (1 / max w) ln E exp(s max w X) by convexity.
 */
function independentUnit(
  { sampling, trajectories, replicates }: Evidence,
  disturbed: number,
): IndependentUnit {
  if (sampling === "plain") return { count: trajectories, size: 1, share: 1 };
  const size = Math.ceil(trajectories / replicates);
  const share = Math.min(1, disturbed + (2 * (Math.log2(size) / 3 + 1)) / size);
  return { count: trajectories / size, size, share };
}

function twoSided(logTail: number): number {
  return Math.min(1, 2 * Math.exp(logTail));
}
