// Hermitian forms in a real eigenbasis with real coefficients: <psi(tau)|O|psi(tau)> = sum_jk d_j d_k R_jk with
// R = Q^T Re(V^+ O V) Q symmetric. Many output times in one segment then cost m^2 each, whatever the dimension.
import { allocate, complexAt, f64At } from "./memory";
import { Space } from "./program";
import { gramBlock } from "./vector";

export class DecayForms {
  private capacity: i32 = 0;
  private order: i32 = 0;
  /** f64[varying][order][width], width = order rounded up to even, padded with zeros */
  private width: i32 = 0;
  private forms: usize = 0;
  private projected: usize;
  private half: usize;
  private coefficients: usize;
  private block: usize = memory.data(64);
  private space: Space;

  /** image, nextImage: room for a vector each, which is used while `build` runs. */
  constructor(space: Space, private maxOrder: i32, private image: usize, private nextImage: usize) {
    this.space = space;
    this.projected = allocate(<usize>(maxOrder * maxOrder) << 3);
    this.half = allocate(<usize>(maxOrder * maxOrder) << 3);
    this.coefficients = allocate(<usize>(maxOrder + 1) << 3);
  }

  /** basis: `order` vectors of `words` words, `stride` apart, packed reals or complex; vectors: f64[order][order]. */
  build(space: Space, basis: usize, stride: usize, words: i32, packed: bool, order: i32, vectors: usize): void {
    this.space = space;
    this.order = order;
    this.width = (order + 1) & ~1;
    const varying = space.varying;
    if (varying.length > this.capacity) {
      this.capacity = varying.length;
      this.forms = allocate(<usize>(varying.length * this.maxOrder * (this.maxOrder + 1)) << 3);
    }
    let out = this.forms;
    for (let k = 0; k < varying.length; k++) {
      this.project(unchecked(varying[k]), basis, stride, words, packed);
      this.transform(vectors, out);
      out = f64At(out, order * this.width);
    }
  }

  /** projected[a][b] = Re <v_a|O|v_b> */
  private project(moment: i32, basis: usize, stride: usize, words: i32, packed: bool): void {
    const m = this.order;
    for (let b = 0; b < m; b += 2) {
      const next = min(b + 1, m - 1);
      this.applyForm(moment, basis + <usize>b * stride, this.image, packed);
      this.applyForm(moment, basis + <usize>next * stride, this.nextImage, packed);
      for (let a = 0; a <= next; a += 4) {
        const x0 = basis + <usize>a * stride, x1 = basis + <usize>min(a + 1, m - 1) * stride;
        const x2 = basis + <usize>min(a + 2, m - 1) * stride, x3 = basis + <usize>min(a + 3, m - 1) * stride;
        gramBlock(x0, x1, x2, x3, this.image, this.nextImage, words, this.block);
        for (let i = 0; i < 4 && a + i < m; i++) {
          this.setSymmetric(a + i, b, load<f64>(f64At(this.block, 2 * i)));
          this.setSymmetric(a + i, next, load<f64>(f64At(this.block, next == b ? 2 * i : 2 * i + 1)));
        }
      }
    }
  }

  private applyForm(moment: i32, x: usize, y: usize, packed: bool): void {
    const form = unchecked(this.space.forms[moment]);
    if (packed) form.applyPacked(x, y);
    else form.apply(x, y);
  }

  @inline
  private setSymmetric(a: i32, b: i32, value: f64): void {
    store<f64>(f64At(this.projected, a * this.order + b), value);
    store<f64>(f64At(this.projected, b * this.order + a), value);
  }

  /** out = Q^T projected Q */
  private transform(vectors: usize, out: usize): void {
    const m = this.order;
    for (let a = 0; a < m; a++) {
      for (let k = 0; k < m; k++) {
        let sum: f64 = 0;
        for (let b = 0; b < m; b++) sum += load<f64>(f64At(vectors, k * m + b)) * load<f64>(f64At(this.projected, a * m + b));
        store<f64>(f64At(this.half, k * m + a), sum);
      }
    }
    memory.fill(out, 0, <usize>(m * this.width) << 3);
    for (let j = 0; j < m; j++) {
      for (let k = j; k < m; k++) {
        let sum: f64 = 0;
        for (let a = 0; a < m; a++) sum += load<f64>(f64At(vectors, j * m + a)) * load<f64>(f64At(this.half, k * m + a));
        store<f64>(f64At(out, j * this.width + k), sum);
        store<f64>(f64At(out, k * this.width + j), sum);
      }
    }
  }

  /** Writes the varying moments of the state with coefficients complex[order] (real) at `eigen`; returns its squared norm. */
  values(eigen: usize, values: usize): f64 {
    const m = this.order;
    const c = this.coefficients;
    const bytes = <usize>this.width << 3;
    let norm: f64 = 0;
    store<f64>(f64At(c, m), 0);
    for (let j = 0; j < m; j++) {
      const d = load<f64>(complexAt(eigen, j));
      norm += d * d;
      store<f64>(f64At(c, j), d);
    }
    const varying = this.space.varying;
    const scale = 1 / norm;
    let row = this.forms;
    for (let v = 0; v < varying.length; v++) {
      let total: f64 = 0;
      for (let j = 0; j < m; j++) {
        let sum = f64x2.splat(0);
        for (let i: usize = 0; i < bytes; i += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(row + i), v128.load(c + i)));
        total += load<f64>(f64At(c, j)) * (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
        row += bytes;
      }
      store<f64>(f64At(values, unchecked(varying[v])), total * scale);
    }
    return norm;
  }
}
