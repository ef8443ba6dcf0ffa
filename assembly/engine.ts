// Chooses the kind of segment from the space and the state alone.
import { Chain } from "./chain";
import { ChebyshevSegment } from "./chebyshev-segment";
import { DenseSegment, MAX_GRID_FORMS } from "./dense-segment";
import { EigenSegment } from "./eigen-segment";
import { Grid } from "./grid";
import { KrylovSegment } from "./krylov-segment";
import { LadderRoom } from "./ladder-segment";
import { LanczosSegment } from "./lanczos-segment";
import { DECAY, GENERAL, Space } from "./program";
import { Path } from "./path";
import { Segment } from "./segment";

/**
 * Largest dimension for dense propagators. Their product costs d^2, a Krylov basis about 25 sparse products and the overlaps
 * of its vectors. Trajectories of detuned qubits: 8 (d = 70, 56, 28, 8) take 1.1 times longer with 64 here and 1.5 with 48,
 * 10 (252, 210, 120, 45) 1.1 times longer with 128 and 1.4 with 256.
 */
const MAX_DENSE: i32 = 96;

// Kinds of segments; the host may force DENSE, KRYLOV, CHEBYSHEV (then KRYLOV where it cannot be) or UNCACHED, for checks and
// for timing.
export const AUTO: i32 = 0;
export const DENSE: i32 = 1;
export const KRYLOV: i32 = 2;
export const LANCZOS: i32 = 3;
export const CONSTANT: i32 = 4;
/**
 * As AUTO, but nothing is known in advance: no table of the evolution without a jump, no stop at stationary states, and
 * every small space, even of one state, is evaluated at each output time.
 */
export const UNCACHED: i32 = 5;
export const CHEBYSHEV: i32 = 6;
/**
 * Chebyshev's expansion is used where energies spread wider than the half rates of H_eff by this factor (of bounds); a Krylov
 * basis makes more of fast decay. Time with Chebyshev's in units of that with a Krylov basis, 10 qubits: 0.65 detuned so that
 * the factor is 1.05, 0.85 with exchange at 1.8, but 1.6 along a waveguide at 1.4.
 */
const WIDE_ENERGIES: f64 = 1.5;
/** Below this dimension a tabulated path is faster (pair, three qubits), and jumps soon end in the ground state. */
const MIN_LADDER: i32 = 8;
/** A forced dense engine still has an end: its ladder of matrices would not fit beyond. */
const MAX_FORCED_DENSE: i32 = 1024;

/**
 * A Krylov basis that closes holds for all times, but its rounding grows with ||A|| t: at 1e6 jump times were wrong by 5e-7, at
 * 1e10 by everything. Above this, spaces that fit a dense propagator take it.
 */
const MAX_CHAINED: f64 = 1e4;

export class Engine {
  private eigen: EigenSegment;
  private dense: Array<DenseSegment | null> = [];
  private krylov: KrylovSegment | null = null;
  private lanczos: LanczosSegment | null = null;
  private chebyshev: ChebyshevSegment | null = null;
  private maxDense: i32;

  constructor(
    private spaces: Space[],
    private grid: Grid,
    private largest: i32,
    private choice: i32,
  ) {
    this.eigen = new EigenSegment(largest);
    for (let s = 0; s < spaces.length; s++) this.dense.push(null);
    this.maxDense = choice == DENSE ? MAX_FORCED_DENSE : choice == KRYLOV ? 0 : MAX_DENSE;
  }

  /** A segment that starts from `psi` (normalised) in space `s`; see Segment for `remaining` and `leastNorm2`. */
  begin(s: i32, psi: usize, remaining: f64, leastNorm2: f64): Segment {
    const space = unchecked(this.spaces[s]);
    const segment = this.choose(s, space, psi, remaining);
    segment.leastNorm2 = leastNorm2;
    segment.begin(space, psi, remaining);
    return segment;
  }

  /** The kind of segment for states of space `s` that are not eigenstates. */
  kind(s: i32): i32 {
    const space = unchecked(this.spaces[s]);
    if (this.choice == UNCACHED && space.dimension <= this.maxDense) return DENSE;
    if (space.dimension == 1) return CONSTANT;
    const tabulated = space.dimension <= MAX_GRID_FORMS && this.grid.step > 0;
    if (space.structure != GENERAL && !tabulated && (this.choice == AUTO || this.choice == UNCACHED)) return LANCZOS;
    if (space.dimension <= this.maxDense) return DENSE;
    return this.choice != KRYLOV && this.hasWideEnergies(space) ? CHEBYSHEV : KRYLOV;
  }

  /** Chebyshev's expansion needs energies that spread wider than half the rates; unless forced, it is used for wider ones. */
  private hasWideEnergies(space: Space): bool {
    const energies = 2 * (space.highestEnergy - space.lowestEnergy);
    return energies > (this.choice == CHEBYSHEV ? 1 : WIDE_ENERGIES) * (space.rateBound - space.lowestRate);
  }

  private choose(s: i32, space: Space, psi: usize, remaining: f64): Segment {
    const kind = this.kind(s);
    // Lanczos finds an eigenstate by itself: its basis closes with the first vector.
    if (kind == LANCZOS) return this.lanczosSegment();
    if (kind == CONSTANT || (this.choice != UNCACHED && this.eigen.accepts(space, psi, remaining))) return this.eigen;
    if (kind == DENSE) return this.denseSegment(s);
    return kind == CHEBYSHEV ? this.chebyshevSegment() : this.krylovSegment();
  }

  /**
   * A segment of its own for the evolution from `psi`, to be kept and asked for jumps again and again; null where there is
   * none, or where it would not pay.
   */
  lasting(s: i32, psi: usize): Segment | null {
    const space = unchecked(this.spaces[s]);
    const remaining = this.grid.last;
    if (this.choice == UNCACHED) return null;
    if (this.eigen.accepts(space, psi, remaining)) return null;
    const ladder = this.ladder(s, space, psi);
    if (ladder !== null && (ladder.continues || space.dimension > this.maxDense)) return ladder;
    if (space.dimension <= this.maxDense) {
      // Faster than sums of exponentials where it fits: 0.27 against 0.52 us a trajectory of two qubits.
      const path = this.denseSegment(s).tabulate(psi, remaining);
      if (path !== null) return path;
    }
    if (this.choice != AUTO) return null;
    if (space.dimension <= this.maxDense && space.norm * remaining > MAX_CHAINED) return null;
    if (space.structure != GENERAL) {
      const segment = new LanczosSegment(space, space.dimension, this.grid.step, remaining);
      segment.begin(space, psi, remaining);
      if (segment.exact) return segment;
    }
    // Where jumps stay in the space, the first segment is one of many.
    for (let k = 0; k < space.jumps.length; k++) if (unchecked(space.jumps[k]).target == s) return null;
    return Chain.of(space, psi, remaining);
  }

  /** Evolutions in this space may be kept as tables. */
  tabulates(s: i32): bool {
    return this.choice != UNCACHED && this.kind(s) == DENSE;
  }

  /** The evolution from `psi` in a space that `tabulates`; null where the table would be too long, or nothing changes. */
  tabulate(s: i32, psi: usize): Path | null {
    if (this.eigen.accepts(unchecked(this.spaces[s]), psi, this.grid.last)) return null;
    return this.denseSegment(s).tabulate(psi, this.grid.last);
  }

  /** A segment that starts where a table in space `s` does. */
  resume(s: i32, path: Path): Segment {
    const segment = this.denseSegment(s);
    segment.resume(path);
    return segment;
  }

  /** Where one channel after the other leads to eigenvectors again, what comes after a jump is known as well. */
  private ladder(s: i32, space: Space, psi: usize): Segment | null {
    if (space.structure != DECAY || this.choice != AUTO || space.dimension < MIN_LADDER) return null;
    const lanczos = this.lanczosSegment();
    lanczos.basis.careful = true;
    lanczos.leastNorm2 = 0;
    lanczos.begin(space, psi, this.grid.last);
    lanczos.basis.careful = false;
    if (!lanczos.exact) return null;
    return lanczos.ladder(this.spaces, s, new LadderRoom(this.largest), this.grid.last);
  }

  private denseSegment(s: i32): DenseSegment {
    let dense = unchecked(this.dense[s]);
    if (dense === null) {
      dense = new DenseSegment(unchecked(this.spaces[s]), this.grid);
      unchecked((this.dense[s] = dense));
    }
    return dense;
  }

  private krylovSegment(): Segment {
    let krylov = this.krylov;
    if (krylov === null) {
      krylov = new KrylovSegment(this.spaces[0], this.largest, this.grid.last);
      this.krylov = krylov;
    }
    return krylov;
  }

  private chebyshevSegment(): Segment {
    let chebyshev = this.chebyshev;
    if (chebyshev === null) {
      chebyshev = new ChebyshevSegment(this.spaces[0], this.largest, this.grid.step, this.grid.last);
      this.chebyshev = chebyshev;
    }
    return chebyshev;
  }

  private lanczosSegment(): LanczosSegment {
    let lanczos = this.lanczos;
    if (lanczos === null) {
      lanczos = new LanczosSegment(this.spaces[0], this.largest, this.grid.step, this.grid.last);
      this.lanczos = lanczos;
    }
    return lanczos;
  }
}
