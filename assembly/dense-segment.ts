// Small spaces: the ladder of exact propagators. No horizon.
import { allocatePacked, multiplyPacked, setColumn } from "./dense";
import { Evolution } from "./evolution";
import { Grid } from "./grid";
import { GridForms } from "./grid-forms";
import { allocateVector, vectorBytes } from "./memory";
import { Path } from "./path";
import { LinearMap, Propagator } from "./propagator";
import { Space } from "./program";
import { Segment } from "./segment";
import { Sums } from "./sums";

/** Up to here a packed A is applied quicker than a sparse one: 8 against 30 ns at d = 3. */
const MAX_PACKED: i32 = 8;

class SpaceMap extends LinearMap {
  private packed: usize = 0;

  constructor(private space: Space) {
    super();
    if (space.dimension <= MAX_PACKED) this.packed = packedGenerator(space);
  }

  apply(x: usize, y: usize): void {
    if (this.packed != 0) multiplyPacked(this.packed, this.space.dimension, x, y);
    else this.space.apply(x, y);
  }
}

function packedGenerator(space: Space): usize {
  const d = space.dimension;
  const packed = allocatePacked(d);
  const unit = allocateVector(d);
  const image = allocateVector(d);
  for (let column = 0; column < d; column++) {
    memory.fill(unit, 0, vectorBytes(d));
    store<f64>(unit + (<usize>column << 4), 1);
    space.apply(unit, image);
    setColumn(packed, d, column, image);
  }
  return packed;
}

/** Up to here all digits have matrices of their own: 2 MB a level. */
const MAX_KEPT: i32 = 96;

/** Up to here averages on the grid come from tables; 16 coordinates cost about as much as a step of the state. */
export const MAX_GRID_FORMS: i32 = 4;
/** Averages at fewer times are not worth setting up a table's coordinates. */
const FEW_TIMES: i32 = 3;
/**
 * Where the squared norm falls below this, the differences that a quadratic form takes would cost three digits; then the
 * state is stepped.
 */
const LOWEST_NORM: f64 = 1e-2;

export class DenseSegment extends Segment {
  private evolution: Evolution;
  private gridForms: GridForms | null = null;
  private tried: bool = false;
  /** The segment's evolution where that is tabulated. */
  private path: Path | null = null;
  /** A lower bound of the squared norm up to the next jump or the last time. */
  private lowest: f64 = 0;

  constructor(private space: Space, private grid: Grid) {
    super();
    const propagator = new Propagator(new SpaceMap(space), space.dimension, space.dimension <= MAX_KEPT);
    propagator.configure(space.dimension, space.norm, grid.last);
    this.evolution = new Evolution(propagator, space.dimension, grid.step);
  }

  /** A table of the evolution from `psi`, or null where it would be too long. */
  tabulate(psi: usize, last: f64): Path | null {
    const path = new Path(this.evolution.propagator, this.space.dimension);
    return path.build(psi, last) ? path : null;
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.evolution.begin(psi);
    this.restart(null);
  }

  /** Starts where a table of the evolution in this space does. */
  resume(path: Path): void {
    this.restart(path);
  }

  private restart(path: Path | null): void {
    this.path = path;
    this.norm2 = 1;
    this.logScale = 0;
    this.tabulated = false;
    this.lowest = 0;
  }

  locate(ratio: f64, limit: f64): f64 {
    this.lowest = ratio;
    const path = this.path;
    if (path === null) {
      const tau = this.evolution.locate(ratio, limit);
      this.located = this.evolution.located;
      this.locatedRate = this.evolution.locatedRate;
      this.locatedNorm2 = Infinity;
      return tau;
    }
    const tau = path.locate(ratio, limit);
    this.located = path.located;
    this.locatedRate = path.locatedRate;
    this.locatedNorm2 = path.locatedNorm2;
    return tau;
  }

  assembleLocated(): void {
    const path = this.path;
    if (path !== null) path.assembleLocated();
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    const path = this.path;
    if (path !== null) {
      const state = path.stateAt(tau, false);
      this.norm2 = path.norm2;
      this.logScale = path.logScale;
      return state;
    }
    this.evolution.moveTo(tau, gridStepAhead);
    this.norm2 = this.evolution.norm2;
    this.logScale = this.evolution.logScale;
    return this.evolution.cursor;
  }

  prepare(count: i32): void {
    if (count <= FEW_TIMES || this.lowest < LOWEST_NORM || this.grid.step == 0) return;
    this.tabulated = this.forms() !== null;
  }

  private forms(): GridForms | null {
    const grid = this.grid;
    const space = this.space;
    if (this.tried) return this.gridForms;
    this.tried = true;
    if (space.dimension > MAX_GRID_FORMS || !GridForms.fits(space, grid.count)) return null;
    this.gridForms = new GridForms(space, this.evolution.gridMatrix, grid.count);
    return this.gridForms;
  }

  addOnGrid(tau: f64, from: i32, to: i32, values: usize, sums: Sums): void {
    const forms = this.gridForms as GridForms;
    forms.begin(this.stateAt(tau, false));
    for (let i = from; i < to; i++) {
      forms.measure(i - from, values);
      sums.add(values, i);
    }
  }
}
