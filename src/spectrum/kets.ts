import {
  addRow,
  adjointTimes,
  combine,
  frobenius,
  type Matrix,
  multiply,
  transpose,
  zeros,
} from "./matrix.ts";

/** A pure state, as far as it has amplitudes: in the order of being printed. */
export interface KetSuperposition {
  /** For people: "(|10> - |01>)/sqrt2". */
  readonly text: string;
  readonly kets: readonly string[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** Amplitudes below this are rounding. */
const ZERO = 1e-12;
const SAME_PHASE = 1e-11;
const SAME_FRACTION = 1e-9;
/** Amplitudes count as square roots of fractions up to this denominator. */
const LARGEST_DENOMINATOR = 2000;
/** A text shows at most this many kets, or this many characters of them, but one in any case. */
const MOST_TERMS = 10;
const MOST_CHARACTERS = 96;

interface Term {
  readonly ket: string;
  readonly re: number;
  readonly im: number;
}

/**
 * Column `column` as a state: highest kets first, so that |10> comes before |01>, and the first amplitude real and
 * positive, since a state has no global phase.
 */
export function describeState(vectors: Matrix, column: number, ket: (i: number) => string): KetSuperposition {
  const terms: Term[] = [];
  for (let i = vectors.rows - 1; i >= 0; i--) {
    const e = i * vectors.columns + column;
    const [re, im] = [vectors.re[e] as number, vectors.im[e] as number];
    if (Math.hypot(re, im) > ZERO) terms.push({ ket: ket(i), re, im });
  }
  const [first] = terms;
  if (first === undefined) return { text: "0", kets: [], re: [], im: [] };
  const size = Math.hypot(first.re, first.im);
  const [c, s] = [first.re / size, first.im / size];
  const turned = terms.map(({ ket, re, im }) => ({
    ket,
    re: flat(re * c + im * s),
    im: flat(im * c - re * s),
  }));
  return {
    text: simpleText(turned) ?? decimalText(turned),
    kets: turned.map((term) => term.ket),
    re: turned.map(({ re }) => re),
    im: turned.map(({ im }) => im),
  };
}

const flat = (x: number): number => (Math.abs(x) < ZERO / 100 ? 0 : x);

/** "(2|100> - |010> - |001>)/sqrt6" if every |amplitude|^2 is a small fraction and every phase 1, i, -1 or -i. */
function simpleText(terms: readonly Term[]): string | null {
  const phases = terms.map(({ re, im }) => {
    if (Math.abs(im) <= SAME_PHASE) return { negative: re < 0, imaginary: false };
    return Math.abs(re) <= SAME_PHASE ? { negative: im < 0, imaginary: true } : null;
  });
  if (phases.includes(null)) return null;
  const weights = terms.map(({ re, im }) => re * re + im * im);
  for (let q = 1; q <= LARGEST_DENOMINATOR; q++) {
    const parts = weights.map((weight) => Math.round(weight * q));
    const exact = weights.every(
      (weight, i) => parts[i] !== 0 && Math.abs(weight * q - (parts[i] ?? 0)) < SAME_FRACTION,
    );
    if (!exact) continue;
    const sum = joined(
      terms.map(({ ket }, i) => {
        const { negative, imaginary } = phases[i] ?? { negative: false, imaginary: false };
        return { negative, text: `${factorText(parts[i] ?? 0, imaginary)}|${ket}>` };
      }),
    );
    return q === 1 ? sum : `(${sum})/${rootText(q)}`;
  }
  return null;
}

/** sqrt(square), or i times it: "", "2", "sqrt2", "i", "2i", "i sqrt2". */
function factorText(square: number, imaginary: boolean): string {
  const size = square === 1 ? "" : rootText(square);
  if (!imaginary) return size;
  return size.startsWith("s") ? `i ${size}` : `${size}i`;
}

function rootText(square: number): string {
  const root = Math.round(Math.sqrt(square));
  return root * root === square ? String(root) : `sqrt${square}`;
}

/** "0.8165|100> - 0.4082|010> + (0.1 - 0.2i)|001>" */
function decimalText(terms: readonly Term[]): string {
  return joined(
    terms.map(({ ket, re, im }) => {
      if (Math.abs(im) <= 1e-9 * Math.abs(re))
        return { negative: re < 0, text: `${decimal(Math.abs(re))}|${ket}>` };
      if (Math.abs(re) <= 1e-9 * Math.abs(im))
        return { negative: im < 0, text: `${decimal(Math.abs(im))}i|${ket}>` };
      const sign = im < 0 ? "-" : "+";
      return { negative: false, text: `(${decimal(re)} ${sign} ${decimal(Math.abs(im))}i)|${ket}>` };
    }),
  );
}

/** Terms with their signs between them, as many as fit. */
function joined(terms: readonly { readonly negative: boolean; readonly text: string }[]): string {
  let sum = "";
  for (const [i, { negative, text }] of terms.entries()) {
    if (i > 0 && (i >= MOST_TERMS || sum.length + text.length > MOST_CHARACTERS)) {
      return `${sum} + ... (${terms.length} kets)`;
    }
    const sign = i === 0 ? (negative ? "-" : "") : negative ? " - " : " + ";
    sum += sign + text;
  }
  return sum;
}

const decimal = (x: number): string => String(Number(x.toPrecision(4)));

/**
 * Another orthonormal basis of the same span, with as few kets in each vector as a ladder allows: reduced echelon
 * form with the highest kets first, made orthogonal from the last vector to the first. The sum-zero states of three
 * kets become (2|100> - |010> - |001>)/sqrt6 and (|010> - |001>)/sqrt2.
 */
export function simpleBasis(vectors: Matrix): Matrix {
  if (vectors.columns <= 1) return vectors;
  const echelon = toEchelon(transpose(vectors));
  if (echelon === null) return vectors;
  orthogonalise(echelon);
  const found = transpose(echelon);
  const there = multiply(vectors, adjointTimes(vectors, found));
  const wrong = frobenius(combine([1, 0], there, [-1, 0], found));
  return wrong <= 1e-11 * vectors.columns ? found : vectors;
}

/** Row vectors with a 1 in a pivot column of their own and 0 in the other pivot columns; null if it is too skew. */
function toEchelon(vectors: Matrix): Matrix | null {
  const { rows: m, columns: n } = vectors;
  const order: number[] = [];
  const free = new Set(Array.from({ length: m }, (_, j) => j));
  for (let k = n - 1; k >= 0 && free.size > 0; k--) {
    let [pivot, largest] = [-1, 1e-3];
    for (const j of free) {
      const size = Math.hypot(vectors.re[j * n + k] as number, vectors.im[j * n + k] as number);
      if (size > largest) [pivot, largest] = [j, size];
    }
    if (pivot < 0) continue;
    free.delete(pivot);
    order.push(pivot);
    eliminate(vectors, pivot, k);
  }
  if (free.size > 0) return null;
  const echelon = zeros(m, n);
  order.forEach((from, to) => {
    addRow(echelon, to, 1, 0, vectors, from);
  });
  return echelon;
}

/** Makes element k of the pivot vector 1 and of all others 0. */
function eliminate(vectors: Matrix, pivot: number, k: number): void {
  const { rows: m, columns: n, re, im } = vectors;
  const [a, b] = [re[pivot * n + k] as number, im[pivot * n + k] as number];
  const size = a * a + b * b;
  for (let e = pivot * n; e < (pivot + 1) * n; e++) {
    const [x, y] = [re[e] as number, im[e] as number];
    re[e] = (x * a + y * b) / size;
    im[e] = (y * a - x * b) / size;
  }
  for (let j = 0; j < m; j++) {
    const [x, y] = [re[j * n + k] as number, im[j * n + k] as number];
    if (j !== pivot && (x !== 0 || y !== 0)) addRow(vectors, j, -x, -y, vectors, pivot);
  }
}

/** Gram-Schmidt on row vectors from the last to the first, twice for orthogonality to rounding. */
function orthogonalise(vectors: Matrix): void {
  const { rows: m, columns: n, re, im } = vectors;
  for (let j = m - 1; j >= 0; j--) {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = m - 1; k > j; k--) {
        const [x, y] = overlap(vectors, k, j);
        if (x !== 0 || y !== 0) addRow(vectors, j, -x, -y, vectors, k);
      }
    }
    const norm = Math.sqrt(overlap(vectors, j, j)[0]);
    for (let e = j * n; e < (j + 1) * n; e++) {
      re[e] = (re[e] as number) / norm;
      im[e] = (im[e] as number) / norm;
    }
  }
}

/** <v_k|v_j> of row vectors */
function overlap({ columns: n, re, im }: Matrix, k: number, j: number): [number, number] {
  let [x, y] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [re[k * n + i] as number, im[k * n + i] as number];
    const [c, d] = [re[j * n + i] as number, im[j * n + i] as number];
    x += a * c + b * d;
    y += a * d - b * c;
  }
  return [x, y];
}
