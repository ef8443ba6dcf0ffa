// Averages on the output grid for a space of very few states. Propagating the observables instead of the state,
// <x|U^+i O U^i|x> is a fixed linear function of the d^2 real numbers |x_j|^2, Re and Im conj(x_j) x_k: its coefficients are
// tabulated once for each output time, so that no step waits for the one before. Two times are computed together.
import { multiplyPacked } from "./dense";
import { allocate, allocateVector, complexAt, f64At, i32At } from "./memory";
import { Space } from "./program";
import { dot, norm2 } from "./vector";

/** Bytes of a table at most: it should stay in the second-level cache. */
const MAX_BYTES: f64 = 1e6;

export class GridForms {
  /** The squared norm and the varying moments. */
  private rows: i32;
  /** Coordinates with a coefficient that is not 0 somewhere, and which they are: i32[used]. */
  private used: i32 = 0;
  private usedTerms: usize;
  /** f64[times / 2][rows][used][2] */
  private table: usize = 0;
  /** f64[d^2], f64[used], f64[rows][2] */
  private all: usize;
  private coordinates: usize;
  private values: usize;

  static fits(space: Space, times: i32): bool {
    const terms = space.dimension * space.dimension;
    return !space.moving && <f64>times * <f64>((space.varying.length + 1) * terms) * 8 <= MAX_BYTES;
  }

  /** `gridMatrix`: packed U = exp(A gridStep); `times`: i goes up to times - 1. */
  constructor(private space: Space, gridMatrix: usize, private times: i32) {
    const terms = space.dimension * space.dimension;
    this.rows = space.varying.length + 1;
    this.usedTerms = allocate(<usize>terms << 2);
    this.all = allocate(<usize>terms << 3);
    this.coordinates = allocate(<usize>terms << 3);
    this.values = allocate(<usize>this.rows << 4);
    this.compress(this.coefficients(gridMatrix, terms), terms);
  }

  /** f64[times][rows][d^2] */
  private coefficients(gridMatrix: usize, terms: i32): usize {
    const d = this.space.dimension;
    const all = allocate(<usize>(this.times * this.rows * terms) << 3);
    const image = allocateVector(d);
    const columns: usize[] = [];
    for (let j = 0; j < d; j++) {
      columns.push(allocateVector(d));
      store<f64>(columns[j] + (<usize>j << 4), 1);
    }
    let out = all;
    for (let i = 0; i < this.times; i++) {
      for (let row = 0; row < this.rows; row++) {
        this.formCoefficients(row, columns, image, out);
        out = f64At(out, terms);
      }
      for (let j = 0; j < d; j++) {
        multiplyPacked(gridMatrix, d, columns[j], image);
        memory.copy(columns[j], image, <usize>d << 4);
      }
    }
    return all;
  }

  /** Of one form O (row 0: the identity) with the columns v_j of U^i: <v_j|O|v_j>, and 2 Re, -2 Im <v_j|O|v_k> for j < k. */
  private formCoefficients(row: i32, columns: usize[], image: usize, out: usize): void {
    const d = this.space.dimension;
    const product = memory.data(16);
    for (let k = 0; k < d; k++) {
      if (row == 0) memory.copy(image, columns[k], <usize>d << 4);
      else this.space.forms[this.space.varying[row - 1]].apply(columns[k], image);
      for (let j = 0; j <= k; j++) {
        dot(columns[j], image, d, product);
        const re = load<f64>(product), im = load<f64>(product, 8);
        store<f64>(out, j == k ? re : 2 * re);
        if (j < k) store<f64>(out, -2 * im, 8);
        out += j < k ? 16 : 8;
      }
    }
  }

  /** Keeps the coordinates that matter, two times side by side. */
  private compress(all: usize, terms: i32): void {
    const lines = this.times * this.rows;
    for (let term = 0; term < terms; term++) {
      let matters = false;
      for (let line = 0; line < lines; line++) matters = matters || load<f64>(f64At(all, line * terms + term)) != 0;
      if (!matters) continue;
      store<i32>(this.usedTerms + (<usize>this.used << 2), term);
      this.used++;
    }
    const pairs = (this.times + 1) >> 1;
    this.table = allocate(<usize>(pairs * this.rows * this.used) << 4);
    for (let i = 0; i < this.times; i++) {
      for (let row = 0; row < this.rows; row++) {
        for (let u = 0; u < this.used; u++) {
          const term = load<i32>(i32At(this.usedTerms, u));
          const place = (((i >> 1) * this.rows + row) * this.used + u) * 2 + (i & 1);
          store<f64>(f64At(this.table, place), load<f64>(f64At(all, (i * this.rows + row) * terms + term)));
        }
      }
    }
  }

  /** Sets x, the state at the first time. */
  begin(x: usize): void {
    const d = this.space.dimension;
    let out = this.all;
    const product = memory.data(16);
    for (let k = 0; k < d; k++) {
      const y = complexAt(x, k);
      for (let j = 0; j < k; j++) {
        dot(complexAt(x, j), y, 1, product);
        v128.store(out, v128.load(product));
        out += 16;
      }
      store<f64>(out, norm2(y, 1));
      out += 8;
    }
    for (let u = 0; u < this.used; u++) {
      const term = load<i32>(i32At(this.usedTerms, u));
      store<f64>(f64At(this.coordinates, u), load<f64>(f64At(this.all, term)));
    }
  }

  /** Writes the varying moments of U^i x to f64[moments] `out`; i ascends from 0 by one. */
  measure(i: i32, out: usize): void {
    if ((i & 1) == 0) this.evaluate(i >> 1);
    const values = f64At(this.values, i & 1);
    const scale = 1 / load<f64>(values);
    const varying = this.space.varying;
    for (let k = 0; k < varying.length; k++) {
      store<f64>(f64At(out, unchecked(varying[k])), load<f64>(f64At(values, 2 * k + 2)) * scale);
    }
  }

  private evaluate(pair: i32): void {
    let p = complexAt(this.table, pair * this.rows * this.used);
    const end = f64At(this.coordinates, this.used);
    for (let row = 0; row < this.rows; row++) {
      let sum = f64x2.splat(0);
      for (let c = this.coordinates; c < end; c += 8) {
        sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(c), v128.load(p)));
        p += 16;
      }
      v128.store(complexAt(this.values, row), sum);
    }
  }
}
