import type { Matrix } from "./matrix.ts";

/** A Givens rotation [c s; -s* c], c real. */
export interface Rotation {
  readonly c: number;
  readonly sRe: number;
  readonly sIm: number;
}

/** The rotation that turns (f, g) into (r, 0). */
export function rotationOf(fRe: number, fIm: number, gRe: number, gIm: number): Rotation {
  const f = Math.hypot(fRe, fIm);
  const g = Math.hypot(gRe, gIm);
  if (g === 0) return { c: 1, sRe: 0, sIm: 0 };
  if (f === 0) return { c: 0, sRe: gRe / g, sIm: -gIm / g };
  const r = Math.hypot(f, g);
  const [pRe, pIm] = [fRe / f, fIm / f];
  return { c: f / r, sRe: (pRe * gRe + pIm * gIm) / r, sIm: (pIm * gRe - pRe * gIm) / r };
}

/** Rows k and k + 1 from column `from`: x <- c x + s y, y <- c y - s* x. */
export function rotateRows({ columns: n, re, im }: Matrix, k: number, from: number, by: Rotation): void {
  const { c, sRe, sIm } = by;
  for (let x = k * n + from, y = (k + 1) * n + from; x < (k + 1) * n; x++, y++) {
    const a = re[x] as number;
    const b = im[x] as number;
    const p = re[y] as number;
    const q = im[y] as number;
    re[x] = c * a + sRe * p - sIm * q;
    im[x] = c * b + sRe * q + sIm * p;
    re[y] = c * p - (sRe * a + sIm * b);
    im[y] = c * q - (sRe * b - sIm * a);
  }
}

/** Elements e and e + 1 of a row, times the adjoint of the rotation: x <- c x + s* y, y <- c y - s x. */
export function rotateColumns({ re, im }: Matrix, e: number, { c, sRe, sIm }: Rotation): void {
  const a = re[e] as number;
  const b = im[e] as number;
  const p = re[e + 1] as number;
  const q = im[e + 1] as number;
  re[e] = c * a + sRe * p + sIm * q;
  im[e] = c * b + sRe * q - sIm * p;
  re[e + 1] = c * p - (sRe * a - sIm * b);
  im[e + 1] = c * q - (sRe * b + sIm * a);
}
