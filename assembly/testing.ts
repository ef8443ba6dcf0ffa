// Entry of the test build: inner functions one by one, for comparison with plain twins.
import { f64At } from "./memory";
import { matrices } from "./matrices";
import { DiagonalJumps } from "./diagonal-jumps";
import { HermitianForm, Projector } from "./form";
import { Random } from "./random";
import { COORDINATES } from "./sobol";
import { REPLICATES } from "./sums";

export { addBlockMatrix, addSparseMatrix } from "./matrices";
export { allocate, vectorBytes } from "./memory";
export { combine, combineTwo, evaluatePolynomial } from "./combine";
export { addRows } from "./add-rows";
export { addScaled, dot, dotReal, gramBlock, norm2, rotate } from "./vector";
export { addFour, chebyshevStep, dotFour, scaleInto, threeTerms, timesI } from "./vector";
export { besselJ } from "./bessel";
export { sumFlips } from "./flips";
export { isReal, packReal, unpackReal } from "./packed-real";
export { addPackedProduct, multiplyPacked, composeIncrements, packedBytes, packedElement, setColumn, getColumn } from "./dense";

/** y = M x, then x += s M^+ y; returns what `imageNorm2` gives for the first x. */
export function multiplyMatrix(matrix: i32, x: usize, y: usize, s: f64): f64 {
  const norm = matrices[matrix].imageNorm2(x);
  matrices[matrix].multiply(x, y);
  matrices[matrix].adjoint.addProduct(y, x, s);
  return norm;
}

export function columnNorm2(matrix: i32, j: i32): f64 {
  return matrices[matrix].columnNorm2(j);
}

/** What is drawn of the jumps first .. first + count - 1, numbers of their matrices. */
export function drawDiagonal(dimension: i32, rates: usize, first: i32, count: i32, psi: usize, rest: f64): i32 {
  const jumps = new DiagonalJumps(dimension, rates);
  for (let k = first; k < first + count; k++) jumps.add(k, matrices[k]);
  return jumps.draw(psi, rest);
}

/** The same as `multiplyMatrix` for packed reals; returns false if the matrix is not real. */
export function multiplyMatrixPacked(matrix: i32, x: usize, y: usize, s: f64): bool {
  if (!matrices[matrix].real) return false;
  matrices[matrix].multiplyPacked(x, y);
  matrices[matrix].adjoint.addProductPacked(y, x, s);
  return true;
}

/** w = s (M - re - i im) v + u */
export function recurMatrix(matrix: i32, w: usize, v: usize, u: usize, s: f64, re: f64, im: f64): void {
  matrices[matrix].recur(w, v, u, s, re, im);
}

/** y = M x, z = M^+ y: what a collective channel adds to the generator. */
export function multiplyTwice(matrix: i32, x: usize, y: usize, z: usize): void {
  matrices[matrix].multiply(x, y);
  matrices[matrix].adjoint.multiply(y, z);
}

export function formValue(
  dimension: i32,
  diagonal: usize,
  count: i32,
  row: usize,
  column: usize,
  values: usize,
  psi: usize,
): f64 {
  return new HermitianForm(dimension, diagonal, count, row, column, values).value(psi);
}

export function projectorValue(weight: f64, count: i32, index: usize, values: usize, psi: usize): f64 {
  return new Projector(weight, count, index, values).value(psi);
}

/** y = Re(O) x for packed reals, O with these elements and one projector phi. */
export function applyFormPacked(
  dimension: i32,
  diagonal: usize,
  count: i32,
  row: usize,
  column: usize,
  values: usize,
  weight: f64,
  phiCount: i32,
  phiIndex: usize,
  phi: usize,
  x: usize,
  y: usize,
): void {
  const form = new HermitianForm(dimension, diagonal, count, row, column, values);
  form.projectors.push(new Projector(weight, phiCount, phiIndex, phi));
  form.applyPacked(x, y);
}

/** Fills f64[count] at `out` with the numbers of a trajectory. */
export function stream(key0: u64, key1: u64, stratified: bool, index: u64, count: i32, out: usize): void {
  const random = new Random(key0, key1, stratified);
  random.select(index);
  store<f64>(out, random.first(index));
  for (let k = 1; k < count; k++) store<f64>(f64At(out, k), random.next());
}

/** Fills f64[count][1 + COORDINATES] at `out` with the low-discrepancy numbers of the first trajectories of a replicate. */
export function replicatePoints(key0: u64, key1: u64, replicate: u32, count: i32, out: usize): void {
  const random = new Random(key0, key1, true);
  for (let j = 0; j < count; j++) {
    const index = <u64>j * <u64>REPLICATES + <u64>replicate;
    random.select(index);
    store<f64>(out, random.first(index));
    out += 8;
    for (let c = 0; c < COORDINATES; c++, out += 8) store<f64>(out, random.next());
  }
}
