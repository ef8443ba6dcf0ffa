// Hermitian forms in a Krylov basis or its eigenbasis: <psi(tau)|O|psi(tau)> = sum_jk conj(d_j) d_k R_jk, R = (V Q)^+ O (V Q).
// Many output times in one segment then cost m^2 each, whatever the dimension.
import { allocate, allocateVector, complexAt, f64At } from "./memory";
import { Space } from "./program";
import { dot, dotFour } from "./vector";

export class ReducedForms {
  private capacity: i32 = 0;
  private order: i32 = 0;
  private space: Space;
  /** complex[varying][order (order + 1) / 2]: upper triangle, elements off the diagonal doubled */
  private forms: usize = 0;
  private image: usize;
  private projected: usize;
  private half: usize;
  private products: usize = memory.data(64, 16);

  constructor(space: Space, private maxOrder: i32, largestDimension: i32) {
    this.space = space;
    this.image = allocateVector(largestDimension);
    this.projected = allocate(<usize>(maxOrder * maxOrder) << 4);
    this.half = allocate(<usize>(maxOrder * maxOrder) << 4);
  }

  /** basis: `order` vectors `stride` apart; vectors: f64[order][order], eigenvector after eigenvector, or 0 for Q = 1. */
  build(space: Space, basis: usize, stride: usize, order: i32, vectors: usize): void {
    this.space = space;
    this.order = order;
    const varying = space.varying;
    if (varying.length > this.capacity) {
      this.capacity = varying.length;
      this.forms = allocate(<usize>(varying.length * this.maxOrder * (this.maxOrder + 1) / 2) << 4);
    }
    let out = this.forms;
    for (let k = 0; k < varying.length; k++) {
      this.project(space, unchecked(varying[k]), basis, stride);
      if (vectors == 0) out = this.copyTriangle(out);
      else out = this.transform(vectors, out);
    }
  }

  /** projected[a][b] = <v_a|O|v_b> */
  private project(space: Space, moment: i32, basis: usize, stride: usize): void {
    const m = this.order;
    const form = unchecked(space.forms[moment]);
    for (let b = 0; b < m; b++) {
      form.apply(basis + <usize>b * stride, this.image);
      let a = 0;
      for (; a + 3 <= b; a += 4) {
        dotFour(basis + <usize>a * stride, stride, this.image, space.dimension, this.products);
        for (let k = 0; k < 4; k++) this.setHermitian(a + k, b, complexAt(this.products, k));
      }
      for (; a <= b; a++) {
        dot(basis + <usize>a * stride, this.image, space.dimension, this.products);
        this.setHermitian(a, b, this.products);
      }
    }
  }

  @inline
  private setHermitian(a: i32, b: i32, value: usize): void {
    v128.store(complexAt(this.projected, a * this.order + b), v128.load(value));
    v128.store(complexAt(this.projected, b * this.order + a), f64x2.mul(v128.load(value), f64x2(1, -1)));
  }

  /** Writes the upper triangle of `projected`; returns where it ends. */
  private copyTriangle(out: usize): usize {
    const m = this.order;
    for (let j = 0; j < m; j++) {
      for (let k = j; k < m; k++) {
        v128.store(out, f64x2.mul(f64x2.splat(j == k ? 1 : 2), v128.load(complexAt(this.projected, j * m + k))));
        out += 16;
      }
    }
    return out;
  }

  /** Writes the upper triangle of Q^T projected Q; returns where it ends. */
  private transform(vectors: usize, out: usize): usize {
    const m = this.order;
    for (let a = 0; a < m; a++) {
      for (let k = 0; k < m; k++) {
        let sum = f64x2.splat(0);
        for (let b = 0; b < m; b++) {
          const q = v128.load64_splat(f64At(vectors, k * m + b));
          sum = f64x2.add(sum, f64x2.mul(q, v128.load(complexAt(this.projected, a * m + b))));
        }
        v128.store(complexAt(this.half, a * m + k), sum);
      }
    }
    for (let j = 0; j < m; j++) {
      for (let k = j; k < m; k++) {
        let sum = f64x2.splat(0);
        for (let a = 0; a < m; a++) {
          const q = v128.load64_splat(f64At(vectors, j * m + a));
          sum = f64x2.add(sum, f64x2.mul(q, v128.load(complexAt(this.half, a * m + k))));
        }
        v128.store(out, j == k ? sum : f64x2.add(sum, sum));
        out += 16;
      }
    }
    return out;
  }

  /** Writes the varying moments of the state with coefficients complex[order] at `eigen`, of squared norm `norm`. */
  values(eigen: usize, norm: f64, values: usize): void {
    const m = this.order;
    const end = complexAt(eigen, m);
    const scale = 1 / norm;
    const varying = this.space.varying;
    let r = this.forms;
    for (let v = 0; v < varying.length; v++) {
      let sum: f64 = 0;
      for (let p = eigen; p < end; p += 16) {
        const a = load<f64>(p), b = load<f64>(p, 8);
        for (let q = p; q < end; q += 16) {
          const c = load<f64>(q), d = load<f64>(q, 8);
          sum += (a * c + b * d) * load<f64>(r) - (a * d - b * c) * load<f64>(r, 8);
          r += 16;
        }
      }
      store<f64>(f64At(values, unchecked(varying[v])), sum * scale);
    }
  }
}
