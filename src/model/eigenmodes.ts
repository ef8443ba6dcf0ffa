import { abs, type Complex, multiply } from "../base/complex.ts";

/** An eigenvalue with its normalised eigenvector. */
export interface Eigenmode {
  readonly value: number;
  readonly vector: readonly Complex[];
}

/**
 * A = sum of value |vector><vector| for a Hermitian matrix A (n x n, by rows), by cyclic Jacobi rotations from
 * + - * / sqrt alone, so that it has the same bits everywhere. Largest values first. The first of the largest components
 * of each vector is real and positive; parts that are nothing but rounding are 0. Errors are a few n EPSILON of the
 * largest |element|. Time n^3: some tenths of a second for n = 100.
 *
 * Only the upper triangle is read. Source: Golub, Van Loan, Matrix Computations, 4th ed., section 8.5.
 */
export function eigenmodes(matrix: readonly (readonly Complex[])[]): readonly Eigenmode[] {
  const scale = matrix.flat().reduce((most, element) => Math.max(most, abs(element)), 0);
  if (scale === 0)
    return matrix.map((_, column) => ({ value: 0, vector: unitVector(matrix.length, column) }));
  const jacobi = new Jacobi(matrix, scale);
  jacobi.diagonalise();
  return jacobi.modes().sort((a, b) => b.value - a.value);
}

const unitVector = (n: number, at: number): Complex[] =>
  Array.from({ length: n }, (_, row): Complex => [row === at ? 1 : 0, 0]);

/** Convergence is quadratic: some 10 sweeps do for n = 100. */
const MAX_SWEEPS = 60;

class Jacobi {
  private readonly n: number;
  private readonly scale: number;
  /** Over its scale. It turns into a diagonal one. */
  private readonly matrix: Square;
  /** The product of all rotations: its columns turn into the eigenvectors. */
  private readonly vectors: Square;

  constructor(matrix: readonly (readonly Complex[])[], scale: number) {
    this.n = matrix.length;
    this.scale = scale;
    this.matrix = new Square(this.n);
    this.vectors = new Square(this.n);
    for (let row = 0; row < this.n; row++) {
      this.vectors.set(row, row, 1, 0);
      for (let column = row; column < this.n; column++) {
        const [re, im] = matrix[row]?.[column] ?? [0, 0];
        this.matrix.setPair(row, column, re / scale, row === column ? 0 : im / scale);
      }
    }
  }

  diagonalise(): void {
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) if (!this.sweep()) return;
    throw new Error(`no convergence in ${MAX_SWEEPS} sweeps`);
  }

  /** Rotates every element above the diagonal to 0 once; false where nothing was left to do. */
  private sweep(): boolean {
    let rotated = false;
    for (let p = 0; p < this.n; p++) {
      for (let q = p + 1; q < this.n; q++) {
        if (abs(this.matrix.get(p, q)) * this.n <= Number.EPSILON) continue;
        this.rotate(p, q);
        rotated = true;
      }
    }
    return rotated;
  }

  /** A -> U^+ A U and V -> V U with U_p = (c, -s e^-i theta), U_q = (s, c e^-i theta), A_pq = size e^i theta. */
  private rotate(p: number, q: number): void {
    const { matrix, vectors } = this;
    const [re, im] = matrix.get(p, q);
    const size = abs([re, im]);
    const turn: Turn = {
      p,
      q,
      ...angle(matrix.get(p, p)[0], matrix.get(q, q)[0], size),
      phase: [re / size, -im / size],
    };
    for (let row = 0; row < this.n; row++) {
      vectors.mix(row, turn);
      if (row === p || row === q) continue;
      matrix.mix(row, turn);
      for (const column of [p, q]) matrix.setPair(row, column, ...matrix.get(row, column));
    }
    matrix.set(p, p, matrix.get(p, p)[0] - turn.t * size, 0);
    matrix.set(q, q, matrix.get(q, q)[0] + turn.t * size, 0);
    matrix.setPair(p, q, 0, 0);
  }

  modes(): Eigenmode[] {
    return Array.from({ length: this.n }, (_, column) => ({
      value: this.matrix.get(column, column)[0] * this.scale,
      vector: tidy(Array.from({ length: this.n }, (_, row) => this.vectors.get(row, column))),
    }));
  }
}

interface Turn {
  readonly p: number;
  readonly q: number;
  readonly c: number;
  readonly s: number;
  readonly t: number;
  /** e^-i theta */
  readonly phase: Complex;
}

/** t = tan: the smaller root of t^2 + 2 tau t - 1 = 0, tau = (A_qq - A_pp) / (2 |A_pq|). */
function angle(pp: number, qq: number, size: number): { c: number; s: number; t: number } {
  const tau = (qq - pp) / (2 * size);
  const root = Math.sqrt(1 + tau * tau);
  const t = tau >= 0 ? 1 / (tau + root) : 1 / (tau - root);
  const c = 1 / Math.sqrt(1 + t * t);
  return { c, s: t * c, t };
}

/** A complex n x n matrix by rows. */
class Square {
  private readonly n: number;
  private readonly re: Float64Array;
  private readonly im: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.re = new Float64Array(n * n);
    this.im = new Float64Array(n * n);
  }

  get(row: number, column: number): Complex {
    const at = row * this.n + column;
    return [this.re[at] ?? 0, this.im[at] ?? 0];
  }

  set(row: number, column: number, re: number, im: number): void {
    const at = row * this.n + column;
    this.re[at] = re;
    this.im[at] = im;
  }

  /** An element of a Hermitian matrix, and its mirror image. */
  setPair(row: number, column: number, re: number, im: number): void {
    this.set(column, row, re, -im);
    this.set(row, column, re, im);
  }

  /** One row of A U: (A_p, A_q) -> (c A_p - s e^-i theta A_q, s A_p + c e^-i theta A_q). */
  mix(row: number, { p, q, c, s, phase }: Turn): void {
    const [re, im] = this.get(row, p);
    const [turnedRe, turnedIm] = multiply(phase, this.get(row, q));
    this.set(row, p, c * re - s * turnedRe, c * im - s * turnedIm);
    this.set(row, q, s * re + c * turnedRe, s * im + c * turnedIm);
  }
}

/** Equal but for rounding: which of two such components comes first must not hang on the last bit. */
const ALIKE = 1 - 1e-8;

/** The same vector with its first of the largest components real and positive, and rounding taken for 0. */
function tidy(vector: readonly Complex[]): readonly Complex[] {
  const most = vector.reduce((largest, component) => Math.max(largest, abs(component)), 0);
  const lead = vector.find((component) => abs(component) >= ALIKE * most) ?? [1, 0];
  const size = abs(lead);
  const phase: Complex = [lead[0] / size, -lead[1] / size];
  const rounding = 4 * vector.length * Number.EPSILON;
  const kept = (part: number): number => (Math.abs(part) <= rounding ? 0 : part);
  return vector.map((component): Complex => {
    if (component === lead) return [size, 0];
    const [re, im] = multiply(phase, component);
    return [kept(re), kept(im)];
  });
}
