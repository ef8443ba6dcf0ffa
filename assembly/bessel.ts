// Bessel functions of the first kind.
import { f64At } from "./memory";

const LARGE: f64 = 1e200;

/** J_0(x) .. J_(count - 1)(x) for x >= 0, written to f64[count] `out`: Miller's recurrence downward, J_0 + 2 sum J_2k = 1. */
export function besselJ(x: f64, count: i32, out: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  if (x == 0) {
    store<f64>(out, 1);
    return;
  }
  let k = (max(count, <i32>x) + 40) & ~1;
  let above: f64 = 0, value: f64 = 1e-200, sum: f64 = 0;
  for (; k > 0; k--) {
    // value is J_k, up to a factor.
    if (k < count) store<f64>(f64At(out, k), value);
    if ((k & 1) == 0) sum += 2 * value;
    const below = ((2 * <f64>k) / x) * value - above;
    above = value;
    value = below;
    if (abs(value) < LARGE) continue;
    value /= LARGE;
    above /= LARGE;
    sum /= LARGE;
    for (let i = k; i < count; i++) store<f64>(f64At(out, i), load<f64>(f64At(out, i)) / LARGE);
  }
  sum += value;
  store<f64>(out, value);
  for (let i = 0; i < count; i++) store<f64>(f64At(out, i), load<f64>(f64At(out, i)) / sum);
}
