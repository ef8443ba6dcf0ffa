// Jumps that lead to one state whatever came before: operators of rank one, |a><b|. What follows is known once and for all.
import { Engine } from "./engine";
import { allocateVector, vectorBytes } from "./memory";
import { Path } from "./path";
import { Jump, Space } from "./program";
import { dot, norm2, scaleInto } from "./vector";

/** Relative squared distance up to which two states are the same: the square of rounding. */
const SAME: f64 = 1e-29;

export class Resets {
  paths: Path[] = [];
  /** The space and the first state of each path. */
  private spaces: i32[] = [];
  private states: usize[] = [];

  /** Finds them in spaces of few states, where the evolution is then tabulated, and numbers them in `Jump.reset`. */
  find(spaces: Space[], engine: Engine): void {
    for (let s = 0; s < spaces.length; s++) {
      const jumps = spaces[s].jumps;
      for (let k = 0; k < jumps.length; k++) {
        const target = spaces[jumps[k].target];
        if (target.constant !== null || !engine.tabulates(jumps[k].target)) continue;
        const state = commonImage(jumps[k], spaces[s].dimension, target.dimension);
        if (state != 0) jumps[k].reset = this.numberOf(jumps[k].target, state, target.dimension, engine);
      }
    }
  }

  /** The number of the path from a state; -1 where there is none. */
  private numberOf(space: i32, state: usize, dimension: i32, engine: Engine): i32 {
    for (let k = 0; k < this.paths.length; k++) {
      if (this.spaces[k] == space && areParallel(this.states[k], state, dimension)) return k;
    }
    const path = engine.tabulate(space, state);
    if (path === null) return -1;
    this.spaces.push(space);
    this.states.push(state);
    return this.paths.push(path) - 1;
  }
}

/** The normalised state that a jump from any state leads to; 0 where it depends on that. */
function commonImage(jump: Jump, columns: i32, rows: i32): usize {
  const unit = allocateVector(columns);
  const image = allocateVector(rows);
  let common: usize = 0;
  for (let column = 0; column < columns; column++) {
    memory.fill(unit, 0, vectorBytes(columns));
    store<f64>(unit + (<usize>column << 4), 1);
    jump.matrix.multiply(unit, image);
    const n = norm2(image, rows);
    if (n == 0) continue;
    if (common == 0) {
      common = allocateVector(rows);
      scaleInto(common, image, rows, 1 / Math.sqrt(n));
    } else if (!areParallel(common, image, rows)) return 0;
  }
  return common;
}

/** || y - x <x|y> ||^2 is rounding beside ||y||^2; x is normalised. */
function areParallel(x: usize, y: usize, dimension: i32): bool {
  const overlap = memory.data(16);
  dot(x, y, dimension, overlap);
  const re = load<f64>(overlap);
  const im = load<f64>(overlap, 8);
  let distance: f64 = 0;
  for (let p: usize = 0; p < <usize>dimension << 4; p += 16) {
    const a = load<f64>(y + p) - (load<f64>(x + p) * re - load<f64>(x + p, 8) * im);
    const b = load<f64>(y + p, 8) - (load<f64>(x + p) * im + load<f64>(x + p, 8) * re);
    distance += a * a + b * b;
  }
  return distance <= SAME * norm2(y, dimension);
}
