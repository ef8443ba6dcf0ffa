/**
 * exp(-z) I_k(z), k = 0 .. count - 1, z >= 0: modified Bessel functions of the first kind, by the ratios
 * I_k / I_(k-1) = 1 / (2k/z + I_(k+1)/I_k) downwards (all terms positive, so nothing cancels) and
 * exp(z) = I_0 + 2 sum I_k. Exact to rounding; DLMF 10.29, 10.35.
 */
export function scaledBesselI(z: number, count: number): Float64Array {
  const values = new Float64Array(count);
  if (z === 0) {
    values[0] = 1;
    return values;
  }
  const start = Math.max(count + 20, Math.ceil(12 * Math.sqrt(z)) + 40);
  const ratios = new Float64Array(start + 1);
  let ratio = 0;
  for (let k = start; k > 0; k--) {
    ratio = 1 / ((2 * k) / z + ratio);
    ratios[k] = ratio;
  }
  let sum = 1;
  let product = 1;
  for (let k = 1; k <= start; k++) {
    product *= ratios[k] as number;
    sum += 2 * product;
  }
  let value = 1 / sum;
  for (let k = 0; k < count; k++) {
    if (k > 0) value *= ratios[k] as number;
    values[k] = value;
  }
  return values;
}

/** J_k(z), k = 0 .. count - 1, z >= 0, by Miller's downward recurrence and 1 = J_0 + 2 sum J_2k; DLMF 10.6, 10.12. */
export function besselJ(z: number, count: number): Float64Array {
  const values = new Float64Array(count);
  if (z < 1e-8) {
    // to rounding; the recurrence would overflow
    values[0] = 1;
    if (count > 1) values[1] = z / 2;
    return values;
  }
  const start = 2 * Math.ceil((Math.max(count, z) + 12 * Math.cbrt(z) + 40) / 2);
  const all = new Float64Array(start + 2);
  all[start] = 1e-250;
  let sum = 0;
  for (let k = start; k > 0; k--) {
    const below = ((2 * k) / z) * (all[k] as number) - (all[k + 1] as number);
    all[k - 1] = below;
    if (Math.abs(below) > 1e200) {
      for (let j = k - 1; j <= start; j++) all[j] = (all[j] as number) * 1e-250;
    }
  }
  for (let k = start; k > 0; k -= 2) sum += 2 * (all[k] as number);
  sum += all[0] as number;
  for (let k = 0; k < count; k++) values[k] = (all[k] as number) / sum;
  return values;
}
