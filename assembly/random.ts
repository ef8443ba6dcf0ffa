// Random numbers. Plain: trajectory k's stream is made from (key, k) alone, xoshiro256** (Blackman and Vigna, 2018), its
// state filled by two independent splitmix64 sequences, so that neighbouring k share nothing. Stratified: the first numbers
// of the trajectories in one replicate are the coordinates of a low-discrepancy sequence, shifted at random; the shifts are
// made from (key, replicate), and numbers beyond the last coordinate come from the trajectory's own stream.
import { COORDINATES, Sobol } from "./sobol";
import { REPLICATES } from "./sums";

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

/** Uniform in (0, 1]: a logarithm of it is always finite. */
@inline
function uniform(bits: u64): f64 {
  return (<f64>(bits >> 11) + 1) * UNIT;
}

export class Random {
  private s0: u64 = 0;
  private s1: u64 = 0;
  private s2: u64 = 0;
  private s3: u64 = 0;
  private index: u64 = 0;
  private seeded: bool = false;
  private sobol: Sobol = new Sobol();
  /** [replicate][0: first number, then one a coordinate]: random shifts. */
  private shifts: StaticArray<u64> = new StaticArray<u64>(REPLICATES * (COORDINATES + 1));
  private shift: i32 = 0;
  /** The next coordinate; COORDINATES where none is left. */
  private coordinate: i32 = COORDINATES;

  constructor(private key0: u64, private key1: u64, private stratified: bool) {
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      const own = mix(key1 + <u64>(replicate + 1) * SECOND);
      for (let c = 0; c <= COORDINATES; c++) {
        this.shifts[replicate * (COORDINATES + 1) + c] = mix(mix(key0 + <u64>(c + 1) * GOLDEN) ^ own);
      }
    }
  }

  /** The first number of trajectory `index`, in [0, 1): which component and when it jumps first. */
  @inline
  first(index: u64): f64 {
    return this.stratified ? this.firstShifted(index) : 1 - this.firstOwn(index);
  }

  /** Van der Corput: the digits of the point's number mirrored, and shifted modulo 1. */
  private firstShifted(index: u64): f64 {
    const bits = reverseBits(index / <u64>REPLICATES) + unchecked(this.shifts[shiftOf(index)]);
    return (<f64>(bits >> 11) + 0.5) * UNIT;
  }

  /** From now on `next` is the second, third, ... number of trajectory `index`. */
  @inline
  select(index: u64): void {
    this.index = index;
    this.seeded = false;
    if (this.stratified) this.selectPoint(index);
  }

  private selectPoint(index: u64): void {
    this.shift = shiftOf(index);
    this.sobol.select(index / <u64>REPLICATES);
    this.coordinate = 0;
  }

  /** Uniform in (0, 1]. */
  @inline
  next(): f64 {
    const c = this.coordinate;
    if (c >= COORDINATES) return this.own();
    this.coordinate = c + 1;
    return uniform(this.sobol.coordinate(c) ^ unchecked(this.shifts[this.shift + 1 + c]));
  }

  /** From the trajectory's own stream. */
  private own(): f64 {
    if (!this.seeded) {
      this.seed();
      if (!this.stratified) this.advance();
    }
    const bits = rotl<u64>(this.s1 * 5, 7) * 9;
    this.advance();
    return uniform(bits);
  }

  private advance(): void {
    const t = this.s1 << 17;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= t;
    this.s3 = rotl<u64>(this.s3, 45);
  }

  /** The first number of the trajectory's own stream, from the one word of its state that it is made of. */
  @inline
  private firstOwn(index: u64): f64 {
    const a = mix(this.key0 ^ mix(this.key1 + index * GOLDEN));
    return uniform(rotl<u64>(mix(a + 2 * GOLDEN) * 5, 7) * 9);
  }

  private seed(): void {
    this.seeded = true;
    const a = mix(this.key0 ^ mix(this.key1 + this.index * GOLDEN));
    const b = mix(this.key1 ^ mix(this.key0 + this.index * SECOND + 1));
    this.s0 = mix(a + GOLDEN);
    this.s1 = mix(a + 2 * GOLDEN);
    this.s2 = mix(b + GOLDEN);
    this.s3 = mix(b + 2 * GOLDEN);
  }
}

/** Where the shifts of a trajectory's replicate begin. */
@inline
function shiftOf(index: u64): i32 {
  return <i32>(index % <u64>REPLICATES) * (COORDINATES + 1);
}

function reverseBits(x: u64): u64 {
  x = ((x >> 1) & 0x5555555555555555) | ((x & 0x5555555555555555) << 1);
  x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f0f0f0f0f) | ((x & 0x0f0f0f0f0f0f0f0f) << 4);
  return bswap<u64>(x);
}
