// The evolution without a jump in a closed eigenbasis of a real Hermitian generator, kept for all trajectories, and what
// comes after the first channel (the collective one, as a rule) where that maps the basis onto eigenvectors again: emitters
// with equal couplings, [L, L^+] being a number in a sector. Then the state after the jump has coefficients
// w'_j = g_j d_j, and nothing as long as a state is touched until another channel jumps. Found by the residuals alone.
import { combineReal } from "./combine";
import { DecayForms } from "./decay-forms";
import { DecaySum } from "./decay-sum";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { packedWords, unpackReal } from "./packed-real";
import { DECAY, Space } from "./program";
import { Segment } from "./segment";
import { addScaledReal, dotReal, norm2, scaleInto, threeTerms } from "./vector";

/**
 * Largest error, until the last time, of taking an image for an eigenvector; of taking two for orthogonal; and of an image for
 * nothing, as a fraction of the largest. Every rung adds rounding: half excited qubits meet it up to 22 at least.
 */
const TOLERANCE: f64 = 1e-11;
/** Eigenvalues below this fraction of ||A|| are taken as rates of jumps, free of cancellation: the others have 14 digits. */
const SURE: f64 = 1e-2;
/** Channels that act in the same space might go on for ever. */
const MAX_DEPTH: i32 = 64;
/** Grid steps by multiplication before the exponentials are taken anew: their rounding adds up to 1e-14 at most. */
const MAX_STEPS: i32 = 64;

/** Work vectors that the segments of a ladder share. */
export class LadderRoom {
  image: usize;
  nextImage: usize;
  state: usize;
  complexState: usize;

  constructor(largestDimension: i32) {
    this.image = allocateVector(packedWords(largestDimension));
    this.nextImage = allocateVector(packedWords(largestDimension));
    this.state = allocateVector(packedWords(largestDimension));
    this.complexState = allocateVector(largestDimension);
  }
}

export class LadderSegment extends Segment {
  sum: DecaySum;
  private words: i32;
  private stride: usize;
  /** complex[order] (real): d_j(tau) without the common factor; and those of the located state */
  private eigen: usize;
  private found: usize;
  private factors: usize;
  /** f64[order]: norms of the images, and the places of these in the basis after the jump; -1 where there is none. */
  private gains: usize;
  private places: usize;
  private next: LadderSegment | null = null;
  private forms: DecayForms | null = null;
  private stepsTaken: i32 = 0;

  /** basis: `order` eigenvectors, the fastest first, packed reals, vectorBytes(words) apart. */
  constructor(
    private spaces: Space[],
    public number: i32,
    private order: i32,
    private basis: usize,
    private gridStep: f64,
    private room: LadderRoom,
  ) {
    super();
    this.sum = new DecaySum(order);
    this.sum.order = order;
    this.words = packedWords(spaces[number].dimension);
    this.stride = vectorBytes(this.words);
    this.eigen = allocate(<usize>order << 4);
    this.found = allocate(<usize>order << 4);
    this.factors = allocate(<usize>order << 3);
    this.gains = allocate(<usize>order << 3);
    this.places = allocate(<usize>order << 2);
    this.located = room.complexState;
    this.reduced = true;
    this.stationary = order == 1;
  }

  /** Once the eigenvalues are there: goes down the ladder as far as it reaches. */
  finish(last: f64, depth: i32): void {
    const sum = this.sum;
    this.sharpen();
    sum.findSlowest();
    for (let j: usize = 0; j < <usize>this.order << 3; j += 8) {
      store<f64>(this.factors + j, Math.exp((load<f64>(sum.theta + j) - sum.slowest) * this.gridStep));
    }
    if (depth == MAX_DEPTH || unchecked(this.spaces[this.number]).jumps.length == 0) return;
    const next = this.stepDown(last);
    this.next = next;
    if (next !== null) next.finish(last, depth + 1);
  }

  /** The basis after the first channel, if that consists of eigenvectors. */
  private stepDown(last: f64): LadderSegment | null {
    const space = unchecked(this.spaces[this.number]);
    const jump = unchecked(space.jumps[0]);
    const target = unchecked(this.spaces[jump.target]);
    if (!jump.matrix.real || !target.real || target.structure != DECAY || target.moving) return null;
    const words = packedWords(target.dimension);
    const stride = vectorBytes(words);
    const basis = allocate(stride * <usize>this.order);
    const theta = allocate(<usize>this.order << 3);
    let count = 0;
    for (let j = 0; j < this.order; j++) {
      const vector = basis + <usize>count * stride;
      const gain = this.imageOf(j, vector, words);
      const kept = gain > TOLERANCE * Math.sqrt(space.rateBound);
      store<f64>(this.gains + (<usize>j << 3), kept ? gain : 0);
      store<i32>(this.places + (<usize>j << 2), kept ? count : -1);
      if (!kept) continue;
      // What fast eigenvectors have left in it would grow from rung to rung: they have larger images.
      for (let i = 0; i < count; i++) {
        const other = basis + <usize>i * stride;
        const overlap = dotReal(other, vector, words);
        if (abs(overlap) > TOLERANCE) return null;
        addScaledReal(vector, other, words, -overlap);
      }
      const eigenvalue = this.eigenvalue(target, vector, words, last);
      if (isNaN(eigenvalue)) return null;
      store<f64>(theta + (<usize>count << 3), eigenvalue);
      count++;
    }
    if (count == 0) return null;
    const next = new LadderSegment(this.spaces, jump.target, count, basis, this.gridStep, this.room);
    memory.copy(next.sum.theta, theta, <usize>count << 3);
    return next;
  }

  /** out = J phi_j / ||J phi_j||; returns ||J phi_j||. */
  private imageOf(j: i32, out: usize, words: i32): f64 {
    const jump = unchecked(unchecked(this.spaces[this.number]).jumps[0]);
    jump.matrix.multiplyPacked(this.basis + <usize>j * this.stride, out);
    const gain = Math.sqrt(norm2(out, words));
    if (gain > 0) scaleInto(out, out, words, 1 / gain);
    return gain;
  }

  /**
   * theta = <v|A|v>; NaN where v is no eigenvector: with r = A v - theta v, exp(A t) v is off by
   * ||r|| integral_0^t exp(theta s) ds <= ||r|| min(t, 1 / |theta|) at most, A being negative.
   */
  private eigenvalue(space: Space, vector: usize, words: i32, last: f64): f64 {
    const image = this.room.image;
    space.applyPacked(vector, image);
    const theta = dotReal(vector, image, words);
    const residual = Math.sqrt(threeTerms(image, vector, vector, words, theta, 0));
    if (residual * min(last, 1 / abs(theta)) > TOLERANCE) return NaN;
    return theta;
  }

  /** Replaces what is known to rounding of ||A|| only; 0 is a dark state that was recognised. */
  private sharpen(): void {
    const space = unchecked(this.spaces[this.number]);
    for (let j = 0; j < this.order; j++) {
      const p = this.sum.theta + (<usize>j << 3);
      const theta = load<f64>(p);
      if (theta == 0 || abs(theta) > SURE * space.norm) continue;
      unpackReal(this.basis + <usize>j * this.stride, space.dimension, this.room.complexState);
      store<f64>(p, -0.5 * space.jumpRate(this.room.complexState));
    }
  }

  begin(space: Space, psi: usize, remaining: f64): void {}

  locate(ratio: f64, limit: f64): f64 {
    const tau = this.sum.crossing(ratio, limit);
    if (!(tau >= 0 && tau <= limit)) return -1;
    this.evolve(tau);
    memory.copy(this.found, this.eigen, <usize>this.order << 4);
    this.locatedNorm2 = 0;
    this.locatedRate = 0;
    for (let j = 0; j < this.order; j++) {
      const d = load<f64>(this.found + (<usize>j << 4));
      this.locatedNorm2 += d * d;
      this.locatedRate -= 2 * load<f64>(this.sum.theta + (<usize>j << 3)) * d * d;
    }
    return tau;
  }

  /** Fills `eigen` with d_j(tau), without the common factor. */
  private evolve(tau: f64): void {
    const sum = this.sum;
    for (let j: usize = 0; j < <usize>this.order; j++) {
      const decay = Math.exp((load<f64>(sum.theta + (j << 3)) - sum.slowest) * tau);
      store<f64>(this.eigen + (j << 4), load<f64>(sum.weights + (j << 3)) * decay);
    }
    this.logScale = 2 * sum.slowest * tau;
  }

  assembleLocated(): void {
    this.assemble(this.found);
  }

  private assemble(coefficients: usize): void {
    combineReal(this.room.state, this.words, this.basis, this.stride, this.order, coefficients);
    unpackReal(this.room.state, unchecked(this.spaces[this.number]).dimension, this.located);
  }

  get continues(): bool {
    return this.next !== null;
  }

  firstRate(): f64 {
    let rate: f64 = 0;
    for (let j = 0; j < this.order; j++) {
      const image = load<f64>(this.gains + (<usize>j << 3)) * load<f64>(this.found + (<usize>j << 4));
      rate += image * image;
    }
    return rate;
  }

  afterFirst(): Segment {
    const next = this.next as LadderSegment;
    const scale = 1 / Math.sqrt(this.firstRate());
    for (let j = 0; j < this.order; j++) {
      const place = load<i32>(this.places + (<usize>j << 2));
      if (place < 0) continue;
      const image = load<f64>(this.gains + (<usize>j << 3)) * load<f64>(this.found + (<usize>j << 4));
      store<f64>(next.sum.weights + (<usize>place << 3), image * scale);
    }
    next.stepsTaken = MAX_STEPS;
    return next;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.evolve(tau);
    this.assemble(this.eigen);
    this.norm2 = norm2(this.room.state, this.words);
    return this.located;
  }

  prepare(count: i32): void {
    if (this.forms !== null) return;
    const space = unchecked(this.spaces[this.number]);
    const forms = new DecayForms(space, this.order, this.room.image, this.room.nextImage);
    const identity = allocate(<usize>(this.order * this.order) << 3);
    for (let j = 0; j < this.order; j++) store<f64>(identity + (<usize>(j * this.order + j) << 3), 1);
    forms.build(space, this.basis, this.stride, this.words, true, this.order, identity);
    this.forms = forms;
  }

  reducedValues(tau: f64, gridStepAhead: bool, values: usize): void {
    if (gridStepAhead && this.gridStep > 0 && this.stepsTaken < MAX_STEPS) {
      this.stepsTaken++;
      for (let j: usize = 0; j < <usize>this.order; j++) {
        const p = this.eigen + (j << 4);
        store<f64>(p, load<f64>(p) * load<f64>(this.factors + (j << 3)));
      }
      this.logScale = 2 * this.sum.slowest * tau;
    } else {
      this.stepsTaken = 0;
      this.evolve(tau);
    }
    this.norm2 = (this.forms as DecayForms).values(this.eigen, values);
  }
}
