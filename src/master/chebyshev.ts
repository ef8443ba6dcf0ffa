import { NumericsError } from "../base/errors.ts";
import { besselJ, scaledBesselI } from "./bessel.ts";
import { type Evolution, report, type Task } from "./evolution.ts";
import type { Generator } from "./generator.ts";
import { evaluate } from "./probes.ts";

/**
 * x(t) = exp(G t) x(0) by a Chebyshev series on an ellipse that holds the numerical range of G.
 *
 * With centre -c on the real axis, half axes a (real) and b (imaginary), and foci at distance d from the centre:
 *   a >= b, d^2 = a^2 - b^2:  exp(tG) = exp(-ct) sum_k (2 - [k=0]) I_k(dt) P_k,  P_(k+1) = 2 Z P_k - P_(k-1)
 *   a <  b, d^2 = b^2 - a^2:  exp(tG) = exp(-ct) sum_k (2 - [k=0]) J_k(dt) P_k,  P_(k+1) = 2 Z P_k + P_(k-1)
 * with P_0 = 1, P_1 = Z = (G + c)/d (Tal-Ezer and Kosloff 1984; for ellipses Manteuffel 1977). The P_k do not
 * depend on t: one series gives all times of a step, and probes of P_k are all that has to be kept.
 *
 * Decay alone costs about sqrt(70 a t) applications of G where a Taylor series costs 4 a t: 8 qubits half excited,
 * t = 0..5, take 91 instead of about 400. Oscillation costs about b t.
 */
export function evolveByChebyshev(task: Task): Evolution {
  const { generator, start, times, probes } = task;
  const outputs = new Float64Array(times.length * probes.count);
  const ellipse = ellipseOf(generator);
  let state = start;
  let time = 0;
  let next = 0;
  let longest = longestDuration(ellipse);
  let applications = 0;
  const last = times.at(-1) ?? 0;
  while (next < times.length) {
    const step = chooseStep(ellipse, times, next, time, longest);
    const begun = time;
    const series = runSeries(task, ellipse, state, step.durations, (part) => {
      report(task.control, last === 0 ? 1 : (begun + part * step.duration) / last);
    });
    applications += series.applications;
    if (series.end === null) {
      longest = step.duration / 2;
      if (time + longest === time)
        throw new NumericsError(`the exact solver makes no progress at t = ${time}`);
      continue;
    }
    outputs.set(series.outputs.subarray(0, step.count * probes.count), next * probes.count);
    state = series.end;
    next += step.count;
    time = step.end;
  }
  report(task.control, 1);
  return { outputs, end: state, method: `Chebyshev series, ${applications} applications of the Liouvillian` };
}

/** About how many applications of G it will take: what the choice between the engines weighs. */
export function estimateApplications(generator: Generator, duration: number): number {
  const ellipse = ellipseOf(generator);
  const steps = Math.max(1, Math.ceil(duration / longestDuration(ellipse)));
  return steps * termsFor(ellipse, duration / steps);
}

interface Ellipse {
  readonly centre: number;
  /** Half axes. */
  readonly real: number;
  readonly imaginary: number;
  /** exp(excess t) bounds the sum of all terms: how far the ellipse reaches beyond the imaginary axis. */
  readonly excess: number;
}

/**
 * -(i H_eff rho - h.c.) has its numerical range in the box [-decay, 0] + i [-frequency, frequency]. Jumps add a map
 * of norm <= feed: it moves no eigenvalue as long as no block comes back to itself, but otherwise the box widens by
 * it on all sides. Rounding grows in what an ellipse leaves out, and no term of the series shows it, so the ellipse
 * goes through the corners of the box; it reaches beyond the imaginary axis by no more than pays off.
 */
function ellipseOf({ decay, frequency, feed, cascade }: Generator): Ellipse {
  const beyond = cascade ? 0 : feed;
  const width = decay / 2 + beyond;
  const height = frequency + beyond;
  const bulge = Math.min(width, height / 5);
  const real = width + bulge;
  return {
    centre: decay / 2,
    real,
    imaginary: bulge === 0 ? height : height / Math.sqrt(1 - (width / real) ** 2),
    excess: beyond + bulge,
  };
}

interface Step {
  readonly end: number;
  readonly duration: number;
  /** Output times in the step, after `next`; the last entry of `durations` is the whole step. */
  readonly count: number;
  readonly durations: readonly number[];
}

/** Most terms of one series, and most coefficients of one table: some ten megabytes. */
const MOST_TERMS = 4000;
const LARGEST_TABLE = 1 << 22;
/** excess * t of one step: exp(4) terms cancel, which costs less than two digits. */
const LARGEST_GROWTH = 4;

function chooseStep(
  ellipse: Ellipse,
  times: readonly number[],
  next: number,
  time: number,
  longest: number,
): Step {
  let count = 0;
  while (next + count < times.length && (times[next + count] as number) - time <= longest) count++;
  if (count === 0) return { end: time + longest, duration: longest, count, durations: [longest] };
  const terms = termsFor(ellipse, (times[next + count - 1] as number) - time);
  count = Math.min(count, Math.max(1, Math.floor(LARGEST_TABLE / terms)));
  const durations = times.slice(next, next + count).map((output) => output - time);
  const end = times[next + count - 1] as number;
  return { end, duration: end - time, count, durations };
}

/** Half the distance of the foci, kept away from 0 where the ellipse is nearly a circle and powers would overflow. */
function fociOf({ real, imaginary }: Ellipse): { focus: number; decaying: boolean; growth: number } {
  const decaying = real >= imaginary;
  const exact = Math.sqrt(Math.abs(real * real - imaginary * imaginary));
  const focus = Math.max(exact, 0.3 * Math.max(real, imaginary));
  return { focus, decaying, growth: focus === 0 ? 1 : Math.max(1, (real + imaginary) / focus) };
}

/** Terms until the coefficients are negligible beside the growth of the polynomials on the ellipse. */
function termsFor(ellipse: Ellipse, duration: number): number {
  const z = fociOf(ellipse).focus * duration;
  return Math.ceil(linearTerms(ellipse) * z + SQRT_TERMS * Math.sqrt(z) + 12 * Math.cbrt(z) + 40);
}

const SQRT_TERMS = 9.5;

function linearTerms(ellipse: Ellipse): number {
  const { decaying, growth } = fociOf(ellipse);
  return (decaying ? 0 : 1) + (growth - 1 / growth) / 2;
}

function longestDuration(ellipse: Ellipse): number {
  const { focus } = fociOf(ellipse);
  if (focus === 0) return Number.POSITIVE_INFINITY;
  const half = MOST_TERMS / 2;
  const affordable = Math.min((half / SQRT_TERMS) ** 2, half / linearTerms(ellipse)) / focus;
  return ellipse.excess === 0 ? affordable : Math.min(affordable, LARGEST_GROWTH / ellipse.excess);
}

interface Series {
  readonly outputs: Float64Array;
  /** Null when the terms grew too much: the step is too long. */
  readonly end: Float64Array | null;
  readonly applications: number;
}

const REPORT_EVERY = 8;
/** Terms below this part of ||rho|| = 1 do not count; three in a row end the series, once it is past its peak. */
const NEGLIGIBLE = 1e-16;
/**
 * Larger terms cancel, and what rounding adds to them stays: 12 qubits with own losses from all excited, error of the
 * excitations 1e-11 with 300 (59 applications), 9e-13 with 30 (90), 1e-13 with 8 (154).
 */
const LARGEST_TERM = 8;

/** `advance` is told now and then which part of the terms is done. */
function runSeries(
  task: Task,
  ellipse: Ellipse,
  state: Float64Array,
  durations: readonly number[],
  advance: (part: number) => void,
): Series {
  const { generator, probes } = task;
  const { size } = generator;
  const { focus, decaying } = fociOf(ellipse);
  const duration = durations.at(-1) ?? 0;
  const outputs = new Float64Array(durations.length * probes.count);
  const values = new Float64Array(probes.count);
  if (focus === 0 || duration === 0) {
    evaluate(probes, state, values, 0);
    for (let t = 0; t < durations.length; t++) outputs.set(values, t * probes.count);
    return { outputs, end: state, applications: 0 };
  }
  const terms = termsFor(ellipse, duration);
  const peak = linearTerms(ellipse) * focus * duration;
  const table = durations.map((t) => coefficients(ellipse, t, terms));
  const atEnd = table.at(-1) as Float64Array;
  let current = state.slice();
  let previous = new Float64Array(size);
  const image = new Float64Array(size);
  const end = new Float64Array(size);
  for (let i = 0; i < size; i++) end[i] = (atEnd[0] as number) * (current[i] as number);
  let small = 0;
  for (let k = 0; k < terms; k++) {
    evaluate(probes, current, values, 0);
    accumulate(table, k, values, outputs);
    generator.apply(current, image);
    const norm = Math.sqrt(
      k === 0
        ? firstPolynomial(image, current, previous, end, ellipse.centre, focus, atEnd[1] as number)
        : nextPolynomial(image, current, previous, end, ellipse.centre, focus, decaying, atEnd[k + 1] ?? 0),
    );
    [previous, current] = [current, previous];
    const term = norm * largest(table, k + 1);
    if (!(term < LARGEST_TERM)) return { outputs, end: null, applications: k + 1 };
    small = k > peak && term < NEGLIGIBLE ? small + 1 : 0;
    if (small === 3) return { outputs, end, applications: k + 1 };
    if (k % REPORT_EVERY === REPORT_EVERY - 1) advance(k / terms);
  }
  return { outputs, end: null, applications: terms };
}

/** exp(-ct) (2 - [k=0]) I_k(dt) or J_k(dt), k = 0 .. count - 1. */
function coefficients(ellipse: Ellipse, time: number, count: number): Float64Array {
  const { focus, decaying } = fociOf(ellipse);
  const bessel = decaying ? scaledBesselI(focus * time, count) : besselJ(focus * time, count);
  const factor = Math.exp(((decaying ? focus : 0) - ellipse.centre) * time);
  return bessel.map((value, k) => (k === 0 ? 1 : 2) * factor * value);
}

function largest(table: readonly Float64Array[], k: number): number {
  let most = 0;
  for (const row of table) most = Math.max(most, Math.abs(row[k] ?? 0));
  return most;
}

function accumulate(
  table: readonly Float64Array[],
  k: number,
  values: Float64Array,
  outputs: Float64Array,
): void {
  for (let t = 0; t < table.length; t++) {
    const factor = (table[t] as Float64Array)[k] as number;
    if (factor === 0) continue;
    const offset = t * values.length;
    for (let p = 0; p < values.length; p++) {
      outputs[offset + p] = (outputs[offset + p] as number) + factor * (values[p] as number);
    }
  }
}

/** P_1 into `next`; adds coefficient * P_1 to `end`; returns ||P_1||^2. */
function firstPolynomial(
  image: Float64Array,
  current: Float64Array,
  next: Float64Array,
  end: Float64Array,
  centre: number,
  focus: number,
  coefficient: number,
): number {
  let squares = 0;
  for (let i = 0; i < image.length; i++) {
    const value = ((image[i] as number) + centre * (current[i] as number)) / focus;
    next[i] = value;
    end[i] = (end[i] as number) + coefficient * value;
    squares += value * value;
  }
  return squares;
}

/** P_(k+1) over P_(k-1); adds coefficient * P_(k+1) to `end`; returns ||P_(k+1)||^2. */
function nextPolynomial(
  image: Float64Array,
  current: Float64Array,
  previous: Float64Array,
  end: Float64Array,
  centre: number,
  focus: number,
  decaying: boolean,
  coefficient: number,
): number {
  const twice = 2 / focus;
  const sign = decaying ? -1 : 1;
  let squares = 0;
  for (let i = 0; i < image.length; i++) {
    const value =
      twice * ((image[i] as number) + centre * (current[i] as number)) + sign * (previous[i] as number);
    previous[i] = value;
    end[i] = (end[i] as number) + coefficient * value;
    squares += value * value;
  }
  return squares;
}
