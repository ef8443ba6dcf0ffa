// Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix: QL iteration with implicit shifts
// (Parlett, The Symmetric Eigenvalue Problem, ch. 8). A Krylov basis has 30 vectors at most, so m^3 is nothing.
import { f64At } from "./memory";

const MAX_SWEEPS: i32 = 60;
const EPSILON: f64 = 2.220446049250313e-16;

/**
 * diagonal: f64[m], replaced by the eigenvalues; off: f64[m], off[i] couples i and i + 1, destroyed (off[m - 1] unused);
 * vectors: f64[m][m], vectors[k * m + i] = component i of eigenvector k. Returns false if it does not converge.
 */
export function solveTridiagonal(m: i32, diagonal: usize, off: usize, vectors: usize): bool {
  for (let k = 0; k < m; k++) for (let i = 0; i < m; i++) store<f64>(f64At(vectors, k * m + i), i == k ? 1 : 0);
  store<f64>(f64At(off, m - 1), 0);
  for (let low = 0; low < m; low++) {
    let sweeps = 0;
    while (true) {
      const high = decoupled(m, diagonal, off, low);
      if (high == low) break;
      if (sweeps++ == MAX_SWEEPS) return false;
      sweep(m, diagonal, off, vectors, low, high);
    }
  }
  return true;
}

/** The first index >= low whose coupling to the next one is rounding. */
function decoupled(m: i32, diagonal: usize, off: usize, low: i32): i32 {
  let i = low;
  while (i < m - 1) {
    const size = abs(load<f64>(f64At(diagonal, i))) + abs(load<f64>(f64At(diagonal, i + 1)));
    if (abs(load<f64>(f64At(off, i))) <= EPSILON * size) break;
    i++;
  }
  return i;
}

/** One QL step on the rows low .. high with Wilkinson's shift, the bulge chased by plane rotations. */
function sweep(m: i32, diagonal: usize, off: usize, vectors: usize, low: i32, high: i32): void {
  const first = load<f64>(f64At(diagonal, low));
  const coupling = load<f64>(f64At(off, low));
  const half = (load<f64>(f64At(diagonal, low + 1)) - first) / (2 * coupling);
  const root = Math.sqrt(half * half + 1);
  let g = load<f64>(f64At(diagonal, high)) - first + coupling / (half + (half >= 0 ? root : -root));
  let s: f64 = 1, c: f64 = 1, p: f64 = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = s * load<f64>(f64At(off, i));
    const b = c * load<f64>(f64At(off, i));
    const r = Math.sqrt(f * f + g * g);
    store<f64>(f64At(off, i + 1), r);
    if (r == 0) {
      // The matrix splits here: undo the shift and start again on the smaller block.
      store<f64>(f64At(diagonal, i + 1), load<f64>(f64At(diagonal, i + 1)) - p);
      store<f64>(f64At(off, high), 0);
      return;
    }
    s = f / r;
    c = g / r;
    g = load<f64>(f64At(diagonal, i + 1)) - p;
    const t = (load<f64>(f64At(diagonal, i)) - g) * s + 2 * c * b;
    p = s * t;
    store<f64>(f64At(diagonal, i + 1), g + p);
    g = c * t - b;
    rotateVectors(m, vectors, i, c, s);
  }
  store<f64>(f64At(diagonal, low), load<f64>(f64At(diagonal, low)) - p);
  store<f64>(f64At(off, low), g);
  store<f64>(f64At(off, high), 0);
}

function rotateVectors(m: i32, vectors: usize, k: i32, c: f64, s: f64): void {
  let x = f64At(vectors, k * m);
  let y = f64At(vectors, (k + 1) * m);
  const end = y;
  while (x < end) {
    const a = load<f64>(x);
    const b = load<f64>(y);
    store<f64>(y, s * a + c * b);
    store<f64>(x, c * a - s * b);
    x += 8;
    y += 8;
  }
}
