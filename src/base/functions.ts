import { abs, type Complex, multiply, ONE, scale } from "./complex.ts";
import * as elementary from "./elementary.ts";

/** Functions of complex numbers, principal values, from + - * / sqrt alone (see elementary.ts). */

/** a / b after Smith: scaled, so that |b|^2 neither overflows nor underflows. */
export function divide(a: Complex, b: Complex): Complex {
  const [c, d] = b;
  if (d === 0) return [a[0] / c, a[1] / c];
  if (c === 0) return [a[1] / d, -a[0] / d];
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const size = c + d * ratio;
    return [(a[0] + a[1] * ratio) / size, (a[1] - a[0] * ratio) / size];
  }
  const ratio = c / d;
  const size = c * ratio + d;
  return [(a[0] * ratio + a[1]) / size, (a[1] * ratio - a[0]) / size];
}

/** Below this |z| / 2 would lose bits or vanish. */
const TINY = 1e-290;
const TWO_256 = 1.157920892373162e77;
const TWO_128 = 3.402823669209385e38;

/** The root with a real part >= 0; sqrt(-1) = i. */
export function sqrt(z: Complex): Complex {
  const [x, y] = z;
  if (y === 0) return x >= 0 ? [Math.sqrt(x), 0] : [0, Math.sqrt(-x)];
  if (Math.abs(x) < TINY && Math.abs(y) < TINY) return scale(sqrt(scale(z, TWO_256)), 1 / TWO_128);
  const size = Math.sqrt(0.5 * abs(z) + 0.5 * Math.abs(x));
  const other = y / (2 * size);
  if (x >= 0) return [size, other];
  return [Math.abs(other), y < 0 ? -size : size];
}

export function exp([x, y]: Complex): Complex {
  const size = elementary.exp(x);
  if (y === 0) return [size, 0];
  const [cosine, sine] = elementary.cosSin(y);
  return [size * cosine, size * sine];
}

/** The imaginary part is the angle in (-pi, pi]. */
export const log = (z: Complex): Complex => [
  elementary.log(z[1] === 0 ? Math.abs(z[0]) : abs(z)),
  elementary.atan2(z[1], z[0]),
];

export function sin([x, y]: Complex): Complex {
  const [cosine, sine] = elementary.cosSin(x);
  if (y === 0) return [sine, 0];
  return [sine * elementary.cosh(y), cosine * elementary.sinh(y)];
}

export function cos([x, y]: Complex): Complex {
  const [cosine, sine] = elementary.cosSin(x);
  if (y === 0) return [cosine, 0];
  return [cosine * elementary.cosh(y), -sine * elementary.sinh(y)];
}

/** base^exponent; 0^0 = 1. Whole powers of complex numbers by repeated squaring, so that i^2 is exactly -1. */
export function power(base: Complex, exponent: Complex): Complex {
  const [x, y] = base;
  const [p, q] = exponent;
  if (p === 0 && q === 0) return ONE;
  if (x === 0 && y === 0) return q === 0 && p > 0 ? [0, 0] : [Number.NaN, Number.NaN];
  if (q === 0 && y === 0) {
    if (x > 0) return [elementary.pow(x, p), 0];
    if (Number.isInteger(p)) return [elementary.pow(-x, p) * (p % 2 === 0 ? 1 : -1), 0];
    if (p === 0.5) return sqrt(base);
  }
  if (q === 0 && Number.isInteger(p) && Math.abs(p) <= 1024) {
    const positive = wholePower(base, Math.abs(p));
    return p < 0 ? divide(ONE, positive) : positive;
  }
  return exp(multiply(exponent, log(base)));
}

function wholePower(base: Complex, exponent: number): Complex {
  let result = ONE;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result;
}
