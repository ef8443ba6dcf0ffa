/** A complex number as a plain pair: [real part, imaginary part]. JSON keeps it as it is. */
export type Complex = readonly [re: number, im: number];

export const ZERO: Complex = [0, 0];
export const ONE: Complex = [1, 0];

export const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
export const multiply = (a: Complex, b: Complex): Complex => [
  a[0] * b[0] - a[1] * b[1],
  a[0] * b[1] + a[1] * b[0],
];
export const conjugate = (a: Complex): Complex => [a[0], -a[1]];
export const scale = (a: Complex, factor: number): Complex => [a[0] * factor, a[1] * factor];
/** |a|^2 */
export const abs2 = (a: Complex): number => a[0] * a[0] + a[1] * a[1];
/** |a| by sqrt alone: Math.hypot differs between engines in the last bit. Scaled against overflow. */
export function abs(a: Complex): number {
  const x = Math.abs(a[0]);
  const y = Math.abs(a[1]);
  const big = Math.max(x, y);
  if (big === 0 || big === Number.POSITIVE_INFINITY) return big;
  const ratio = Math.min(x, y) / big;
  return big * Math.sqrt(1 + ratio * ratio);
}
export const isZero = (a: Complex): boolean => a[0] === 0 && a[1] === 0;
