// Random numbers: trajectory k's stream is made from (key, k) alone. xoshiro256** (Blackman and Vigna, 2018), its
// state filled by two independent splitmix64 sequences, so that neighbouring k share nothing.

const GOLDEN: u64 = 0x9e3779b97f4a7c15;
const SECOND: u64 = 0xd1342543de82ef95;

@inline
function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** 2^-53 */
const UNIT: f64 = 1.1102230246251565e-16;

export class Random {
  private s0: u64 = 0;
  private s1: u64 = 0;
  private s2: u64 = 0;
  private s3: u64 = 0;

  constructor(private key0: u64, private key1: u64) {}

  /** Starts the stream of trajectory `index`. */
  start(index: u64): void {
    const a = mix(this.key0 ^ mix(this.key1 + index * GOLDEN));
    const b = mix(this.key1 ^ mix(this.key0 + index * SECOND + 1));
    this.s0 = mix(a + GOLDEN);
    this.s1 = mix(a + 2 * GOLDEN);
    this.s2 = mix(b + GOLDEN);
    this.s3 = mix(b + 2 * GOLDEN);
  }

  /** Uniform in (0, 1]: a logarithm of it is always finite. */
  next(): f64 {
    const bits = rotl<u64>(this.s1 * 5, 7) * 9;
    const t = this.s1 << 17;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= t;
    this.s3 = rotl<u64>(this.s3, 45);
    return (<f64>(bits >> 11) + 1) * UNIT;
  }

  /**
   * frac(vdC(j) + shift(key, replicate)), in (0, 1): a van der Corput sequence in base 2 (j with its bits reversed)
   * with an independent uniform shift in each replicate, so that each point is uniform and replicates are independent.
   */
  shiftedSequence(j: u64, replicate: u32): f64 {
    const shift = mix(mix(this.key0 + GOLDEN) ^ mix(this.key1 + <u64>(replicate + 1) * SECOND));
    return (<f64>((reverseBits(j) + shift) >> 11) + 0.5) * UNIT;
  }
}

function reverseBits(x: u64): u64 {
  x = ((x >> 1) & 0x5555555555555555) | ((x & 0x5555555555555555) << 1);
  x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4);
  return bswap<u64>(x);
}
