import type { Complex } from "#src/base/complex.js";

/** Square complex matrices by the textbook, as a twin of the sparse algebra: n x n, row by row. */
export interface Dense {
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

export const zeros = (n: number): Dense => ({
  n,
  re: new Float64Array(n * n),
  im: new Float64Array(n * n),
});

export function matrix(n: number, value: (row: number, column: number) => Complex): Dense {
  const out = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) [out.re[i * n + j], out.im[i * n + j]] = value(i, j);
  }
  return out;
}

/** From "0 √2 0, -1 0.5i -i, 0 0 3": rows from the first on. */
export function fromText(text: string): Dense {
  const rows = text.split(", ").map((row) => row.split(" "));
  return matrix(rows.length, (i, j) => numberFrom(rows[i]?.[j] ?? ""));
}

function numberFrom(text: string): Complex {
  const size = text.replace(/i$/, "");
  const value = size.startsWith("√")
    ? Math.sqrt(Number(size.slice(1)))
    : Number(/\d$/.test(size) ? size : `${size}1`);
  return text.endsWith("i") ? [0, value] : [value, 0];
}

export const element = ({ n, re, im }: Dense, row: number, column: number): Complex => [
  at(re, row * n + column),
  at(im, row * n + column),
];

export const identity = (n: number): Dense => matrix(n, (i, j) => [i === j ? 1 : 0, 0]);

/** to += (x + iy) a */
export function accumulate(to: Dense, a: Dense, x: number, y: number): void {
  for (let e = 0; e < a.re.length; e++) {
    to.re[e] = at(to.re, e) + x * at(a.re, e) - y * at(a.im, e);
    to.im[e] = at(to.im, e) + x * at(a.im, e) + y * at(a.re, e);
  }
}

export function scaled(a: Dense, [x, y]: Complex): Dense {
  const out = zeros(a.n);
  accumulate(out, a, x, y);
  return out;
}

export function sum(a: Dense, b: Dense): Dense {
  const out = scaled(a, [1, 0]);
  accumulate(out, b, 1, 0);
  return out;
}

export function product(a: Dense, b: Dense): Dense {
  const { n } = a;
  const out = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [x, y] = [at(a.re, i * n + k), at(a.im, i * n + k)];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < n; j++) {
        const [u, v] = [at(b.re, k * n + j), at(b.im, k * n + j)];
        out.re[i * n + j] = at(out.re, i * n + j) + (x * u - y * v);
        out.im[i * n + j] = at(out.im, i * n + j) + (x * v + y * u);
      }
    }
  }
  return out;
}

export const dagger = (a: Dense): Dense =>
  matrix(a.n, (i, j) => [at(a.re, j * a.n + i), -at(a.im, j * a.n + i)]);

/** a x b: the first factor varies slowest. */
export function kronecker(a: Dense, b: Dense): Dense {
  const out = zeros(a.n * b.n);
  for (let i = 0; i < a.n; i++) {
    for (let j = 0; j < a.n; j++) {
      const [x, y] = element(a, i, j);
      if (x === 0 && y === 0) continue;
      for (let k = 0; k < b.n; k++) {
        for (let l = 0; l < b.n; l++) {
          const [u, v] = element(b, k, l);
          const place = (i * b.n + k) * out.n + j * b.n + l;
          out.re[place] = x * u - y * v;
          out.im[place] = x * v + y * u;
        }
      }
    }
  }
  return out;
}

/** A one-site matrix with identities on all other sites. */
export const onSite = (m: Dense, site: number, dimensions: readonly number[]): Dense =>
  dimensions.map((n, k) => (k === site ? m : identity(n))).reduce(kronecker);

/** max |element| */
export const largestElement = ({ re, im }: Dense): number =>
  re.reduce((most, x, e) => Math.max(most, Math.hypot(x, at(im, e))), 0);

export const difference = (a: Dense, b: Dense): number => largestElement(sum(a, scaled(b, [-1, 0])));

/** |a><b| */
export const outer = (a: readonly Complex[], b: readonly Complex[]): Dense =>
  matrix(a.length, (i, j) => {
    const [x, y] = a[i] ?? [0, 0];
    const [u, v] = b[j] ?? [0, 0];
    return [x * u + y * v, y * u - x * v];
  });
