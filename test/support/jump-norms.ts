// Jump times held against what they mean: the squared norm at a jump is the random number that was drawn for it. A plain twin
// of the evolution without a jump (Taylor series in short steps) is led along the recorded jumps of a run.
import { unpackMatrix } from "#src/compile/matrix.js";
import type { Matrix, Program, Space } from "#src/compile/program.js";
import type { Batch } from "#src/kernel/types.js";
import { kernel } from "./kernel-functions.ts";

export interface JumpNorm {
  /** Squared norm of the twin at the recorded time of the jump, minus the random number. */
  readonly error: number;
  /** ||A|| times the time since the jump before. */
  readonly span: number;
}

/** The random numbers of a trajectory sampled plainly, the first one in (0, 1] like the others. */
export function randomNumbers(key: Uint32Array, trajectory: number, count: number): Float64Array {
  const word = (k: number) => (BigInt(key[k] ?? 0) << 32n) | BigInt(key[k + 1] ?? 0);
  const out = kernel.allocate(count * 8);
  kernel.stream(word(0), word(2), false, BigInt(trajectory), count, out);
  const numbers = new Float64Array(kernel.memory.buffer, out, count).slice();
  numbers[0] = 1 - (numbers[0] ?? 0);
  return numbers;
}

/** The jumps of one trajectory, in order. */
export function jumpsOf(batch: Batch, trajectory: number): { time: number; channel: number }[] {
  const { records } = batch;
  if (records === null) throw new Error("jump records are needed");
  return [...records.trajectory].flatMap((t, k) =>
    t === trajectory ? [{ time: records.time[k] ?? Number.NaN, channel: records.channel[k] ?? -1 }] : [],
  );
}

/** All jumps of one trajectory out of spaces with more than one state. One sector a space, one initial state. */
export function jumpNorms(
  program: Program,
  batch: Batch,
  trajectory: number,
  numbers: Float64Array,
): JumpNorm[] {
  const [initial] = program.initial;
  if (initial === undefined) throw new Error("an initial state is needed");
  let space = spaceOf(program, initial.space);
  let psi: Float64Array = Float64Array.from(initial.amplitudes);
  let before = 0;
  let next = 0;
  return jumpsOf(batch, trajectory).flatMap(({ time, channel }) => {
    const tau = time - before;
    before = time;
    evolve(space, psi, tau);
    const found = { error: norm2(psi) - (numbers[next] ?? Number.NaN), span: space.generator.norm * tau };
    const several = space.dimension > 1;
    // One number says which channel jumps, where there is a choice.
    next += space.jumps.length > 1 ? 2 : 1;
    const jump = space.jumps.find((j) => j.channel === channel);
    if (jump === undefined) throw new Error(`channel ${channel} cannot jump`);
    space = spaceOf(program, jump.target);
    psi = multiply(jump.matrix, psi);
    scale(psi, 1 / Math.sqrt(norm2(psi)));
    return several ? [found] : [];
  });
}

function spaceOf(program: Program, index: number): Space {
  const space = program.spaces[index];
  if (space === undefined || space.energies.length > 1) throw new Error("a space of one sector is needed");
  return space;
}

/** psi = exp(A tau) psi by Taylor series in steps of ||A|| h <= 1. */
function evolve(space: Space, psi: Float64Array, tau: number): void {
  const steps = Math.max(1, Math.ceil(space.generator.norm * tau));
  const sum = new Float64Array(psi.length);
  for (let s = 0; s < steps; s++) {
    let term: Float64Array = psi;
    sum.fill(0);
    for (let k = 1; k < 24; k++) {
      term = generate(space, term);
      scale(term, tau / steps / k);
      addTo(sum, term);
      if (norm2(term) < 1e-36) break;
    }
    addTo(psi, sum);
  }
}

/** A psi */
function generate(space: Space, psi: Float64Array): Float64Array {
  const { matrix, factored } = space.generator;
  const result = multiply(matrix, psi);
  for (const k of factored) {
    const jump = space.jumps[k];
    if (jump === undefined) throw new Error(`there is no jump ${k}`);
    addAdjoint(jump.matrix, multiply(jump.matrix, psi), result);
  }
  return result;
}

const unpacked = new WeakMap<Matrix, ReturnType<typeof unpackMatrix>>();

function elements(matrix: Matrix): ReturnType<typeof unpackMatrix> {
  const known = unpacked.get(matrix) ?? unpackMatrix(matrix);
  unpacked.set(matrix, known);
  return known;
}

function multiply(packed: Matrix, x: Float64Array): Float64Array {
  const { rows, rowStart, column, values } = elements(packed);
  const y = new Float64Array(2 * rows);
  for (let r = 0; r < rows; r++) {
    let re = 0;
    let im = 0;
    for (let e = rowStart[r] ?? 0; e < (rowStart[r + 1] ?? 0); e++) {
      const a = values[2 * e] ?? 0;
      const b = values[2 * e + 1] ?? 0;
      const c = 2 * (column[e] ?? 0);
      re += a * (x[c] ?? 0) - b * (x[c + 1] ?? 0);
      im += a * (x[c + 1] ?? 0) + b * (x[c] ?? 0);
    }
    y[2 * r] = re;
    y[2 * r + 1] = im;
  }
  return y;
}

/** y -= (1/2) J^+ x */
function addAdjoint(packed: Matrix, x: Float64Array, y: Float64Array): void {
  const { rows, rowStart, column, values } = elements(packed);
  for (let r = 0; r < rows; r++) {
    const re = x[2 * r] ?? 0;
    const im = x[2 * r + 1] ?? 0;
    for (let e = rowStart[r] ?? 0; e < (rowStart[r + 1] ?? 0); e++) {
      const a = values[2 * e] ?? 0;
      const b = values[2 * e + 1] ?? 0;
      const c = 2 * (column[e] ?? 0);
      y[c] = (y[c] ?? 0) - 0.5 * (a * re + b * im);
      y[c + 1] = (y[c + 1] ?? 0) - 0.5 * (a * im - b * re);
    }
  }
}

function norm2(x: Float64Array): number {
  let sum = 0;
  for (const v of x) sum += v * v;
  return sum;
}

function scale(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) * factor;
}

function addTo(x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + (y[i] ?? 0);
}
