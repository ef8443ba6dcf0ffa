import { studentTwoSided } from "../base/statistics.ts";
import type { Evidence, MeasureEvidence, SeriesEvidence } from "../trajectories/evidence.ts";
import { bennettLog, fewJumpsLog, hoeffdingLog, type JumpTail, manyJumpsLog } from "./bounds.ts";
import type { TestKind } from "./verdict.ts";

/**
 * Student's t is used from this many expected disturbed trajectories on, and with an error that also allows for
 * UNSEEN whole-range events. Measured (300,000 ensembles of Poisson events over 32 replicates; events of equal size,
 * or only one in 2, 10 or 33 of them visible, or sizes u^3): the two-sided false-alarm probability at levels 1e-2 to
 * 1e-6 is 0 to 1.0 times the level from 100 events on; without UNSEEN it is up to 40 times the level.
 */
const ENOUGH_EVENTS = 100;
const UNSEEN = 3;

/** The exact solver keeps 1e-10; a mean may be off by ten times that, in units of the largest value. */
const NUMERICAL = 1e-9;
/** Smallest numerical tolerance, for what is zero by structure. */
const SMALLEST_TOLERANCE = 1e-12;

export interface PointTest {
  readonly test: TestKind;
  readonly pValue: number;
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
  t: number,
): PointTest {
  const { jumpWeight, trajectories } = evidence;
  const disturbed = evidence.disturbed[t] ?? 1;
  const range = series.upper - series.lower;
  const tolerance = tolerated(Math.max(Math.abs(series.lower), Math.abs(series.upper)));
  if (disturbed === 0 || jumpWeight === 0 || range === 0) return testEquality(numbers, tolerance);
  if (trajectories * disturbed >= ENOUGH_EVENTS) {
    return testStudent(numbers, evidence, (UNSEEN * jumpWeight * range) / trajectories, tolerance);
  }
  // In units of the range, of the sampled part alone.
  const scale = jumpWeight * range;
  const offset = (series.silent[t] ?? 0) + jumpWeight * series.lower;
  const observed = (numbers.mean - offset) / scale;
  const deviation = Math.max(0, Math.abs(numbers.mean - numbers.exact) - tolerance) / scale;
  const expectation = observed - Math.sign(numbers.mean - numbers.exact) * deviation;
  const unit = independentUnit(evidence, disturbed);
  const logTail = Math.min(
    hoeffdingLog({ units: unit.count, expectation, observed }),
    bennettLog(unit.count, disturbed * unit.share, Math.min(1, unit.share + disturbed), deviation),
  );
  return { test: "bound", pValue: twoSided(logTail) };
}

/** The mean number of jumps in a channel; `rateBound` bounds the expected number in any trajectory. */
export function testJumps(numbers: Numbers, evidence: Evidence): PointTest {
  const { jumpWeight, jumpBound, trajectories } = evidence;
  const disturbed = evidence.disturbed.at(-1) ?? 1;
  const tolerance = tolerated(Math.max(1, numbers.exact));
  if (disturbed === 0 || jumpWeight === 0) return testEquality(numbers, tolerance);
  if (trajectories * disturbed >= ENOUGH_EVENTS) {
    // One unseen event may be a whole burst of jumps.
    return testStudent(
      numbers,
      evidence,
      (UNSEEN * jumpWeight * (1 + 2 * jumpBound)) / trajectories,
      tolerance,
    );
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
  return { test: "bound", pValue: deviation === 0 ? 1 : twoSided(logTail) };
}

/** A measure of the averaged density matrix at time index t; its test allows for the bias that a kink leaves. */
export function testMeasure(
  numbers: Numbers,
  evidence: Evidence,
  measure: MeasureEvidence,
  t: number,
): PointTest {
  const { jumpWeight, trajectories } = evidence;
  const { scale, deviation } = measure;
  const tolerance = Math.max(tolerated(scale.upper), scale.modulus(NUMERICAL));
  const error = deviation[t] ?? null;
  if (error === 0) return testEquality(numbers, tolerance);
  if (error === null) return { test: "bound", pValue: 1 };
  const unseen = scale.modulus((UNSEEN * jumpWeight) / trajectories);
  return testStudent({ ...numbers, standardError: error }, evidence, unseen, tolerance);
}

/** Two numbers of which neither is random. */
function testEquality({ mean, exact }: Numbers, tolerance: number): PointTest {
  return { test: "equality", pValue: Math.abs(mean - exact) <= tolerance ? 1 : 0 };
}

/** @param unseen change of the mean by UNSEEN trajectories that behave as differently as they can */
function testStudent(numbers: Numbers, evidence: Evidence, unseen: number, tolerance: number): PointTest {
  const { mean, exact, standardError } = numbers;
  const deviation = Math.max(0, Math.abs(mean - exact) - tolerance);
  const error = Math.hypot(standardError ?? 0, unseen);
  return {
    test: "student",
    pValue: studentTwoSided(deviation / error, Math.max(1, evidence.replicates - 1)),
  };
}

function tolerated(largest: number): number {
  return Math.max(NUMERICAL * largest, SMALLEST_TOLERANCE);
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
