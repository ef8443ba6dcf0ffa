/** Variance of the fraction of stratified first draws that lie in an interval of length p; `counts`: draws in each replicate. */
export function stratifiedVariance(counts: Float64Array, p: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  // There are two sizes of replicates at most.
  const known = new Map<number, number>();
  let variance = 0;
  for (const count of counts) {
    const each = known.get(count) ?? arcCountVariance(count, p);
    known.set(count, each);
    variance += each;
  }
  return variance / (total * total);
}

/**
 * Variance of the number of points x_j = frac(vdC(j) + shift), j = 0 .. count - 1, in an interval of length p, over a uniform
 * shift; vdC is the van der Corput sequence in base 2.
 *
 * The binary digits of `count` cut the sequence into lattices: 2^a points at equal distances, at an offset o_a. The numbers
 * of points that two of them have in the interval, a >= b, f = frac(2^a p), theta = frac(2^a (o_a - o_b)), have the covariance
 *
 *   2^(b - a) (max(0, f - theta) + max(0, f + theta - 1) - f^2)
 *
 * (overlap of the interval with its copies, summed over the finer lattice); a single one has the variance f (1 - f).
 */
export function arcCountVariance(count: number, p: number): number {
  const lattices = latticesOf(count);
  let variance = 0;
  lattices.forEach((fine, i) => {
    const f = frac(fine.size * p);
    variance += f * (1 - f);
    for (const coarse of lattices.slice(i + 1)) {
      const theta = frac(fine.size * (fine.offset - coarse.offset));
      const overlap = Math.max(0, f - theta) + Math.max(0, f + theta - 1) - f * f;
      variance += 2 * (coarse.size / fine.size) * overlap;
    }
  });
  return Math.max(0, variance);
}

interface Lattice {
  readonly size: number;
  readonly offset: number;
}

/** Finest first. A block of 2^a numbers that starts at a multiple of 2^(a + 1) fills the lattice with offset vdC(start). */
function latticesOf(count: number): Lattice[] {
  const lattices: Lattice[] = [];
  let start = 0;
  let size = 1;
  while (2 * size <= count) size *= 2;
  for (; size >= 1; size /= 2) {
    if (start + size > count) continue;
    lattices.push({ size, offset: vanDerCorput(start) });
    start += size;
  }
  return lattices;
}

function vanDerCorput(index: number): number {
  let value = 0;
  let digit = 0.5;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) value += digit;
    digit /= 2;
  }
  return value;
}

const frac = (x: number): number => x - Math.floor(x);
