// Evolution without a jump of bench/models/half-excited.yaml, in the frame that takes omega out: real amplitudes in the halves
// layout, A = -o^+ o - ALPHA k in a sector of k excitations. Lanczos until the basis closes, T = Q theta Q^T, the norm as a sum
// of exponentials, Newton for the jump time, n of the first site as a form on the basis.
typedef double amplitude;
#include "halves.h"

enum { MOST = 30 };
static const double ALPHA = 0.05, KAPPA = 1;
static const double CLOSED = 1e-13, ROUNDING = 1e-15, NEARLY_CLOSED = 1e-2;

/** psi(tau) = sum_j weight_j exp(theta_j tau) phi_j; phi_j = sum_i q_ji vectors_i, or vectors_j for a kept one (q unused). */
typedef struct {
  int k, order, kept;
  double theta[MOST], weight[MOST], q[MOST][MOST], *vectors[MOST + 1];
  /** <phi_i| n_first |phi_j> */
  double first[MOST][MOST];
  /** Kept: sqrt(2 KAPPA) ||o phi_j||; the basis of the next one consists of the images that are not 0. */
  double gain[MOST];
} Segment;

static int N;
static Sum lower[MAX_HALF + 2], upper[MAX_HALF + 2];
static double *image;

static double dot(const double *x, const double *y, long n) {
  wide a = {0}, b = {0};
  double s = 0;
  long i = 0;
  for (; i + 8 <= n; i += 8) {
    a += *(const wide *)(x + i) * *(const wide *)(y + i);
    b += *(const wide *)(x + i + 4) * *(const wide *)(y + i + 4);
  }
  for (; i < n; i++) s += x[i] * y[i];
  return s + sum_of(a + b);
}

static void scale(double *x, long n, double s) {
  for (long i = 0; i < n; i++) x[i] *= s;
}

/** The states of block a of sector k in which the first site, the highest bit, is excited: the last rows. */
static long first_run(int k, int a, long *count) {
  int with = 0;
  for (int r = 0; r < like[a]; r++) with += states[a][r] >> (half - 1);
  *count = (long)with * like[k - a];
  return block_start(k, a + 1) - *count;
}

static double first_site(int k, const double *x, const double *y) {
  double s = 0;
  for (int a = first_a(k); a <= last_a(k); a++) {
    long count, from = first_run(k, a, &count);
    s += dot(x + from, y + from, count);
  }
  return s;
}

/**
 * vectors[1 ..] from vectors[0]; diagonal and off-diagonal of T. What m vectors leave out of the state is below the product of
 * beta remaining / j, j <= m, which must be small beside sqrt(least); 0 for a basis that is kept, and cleaned at every step.
 */
static void project(Segment *s, double remaining, double least, double *diagonal, double *off) {
  const int k = s->k;
  const long n = dimension(k), m_below = dimension(k - 1);
  const double norm = KAPPA * k * (N - k + 1) + ALPHA * k;
  double beta = 0, error = 1;
  for (int m = 0;; m++) {
    double *v = s->vectors[m], *u = m > 0 ? s->vectors[m - 1] : v, *w = s->vectors[m + 1];
    apply(&lower[k], v, image);
    diagonal[m] = -KAPPA * dot(image, image, m_below) - ALPHA * k;
    apply(&upper[k], image, w);
    const double shift = ALPHA * k + diagonal[m];
    for (long i = 0; i < n; i++) w[i] = -KAPPA * w[i] - shift * v[i] - beta * u[i];
    beta = sqrt(dot(w, w, n));
    if (least == 0 || beta <= NEARLY_CLOSED * norm) {
      for (int j = 0; j <= m; j++) {
        const double c = dot(s->vectors[j], w, n);
        for (long i = 0; i < n; i++) w[i] -= c * s->vectors[j][i];
      }
      beta = sqrt(dot(w, w, n));
    }
    off[m] = beta, s->order = m + 1;
    error *= beta * remaining / (m + 1);
    if (error <= CLOSED * sqrt(least) || beta * remaining <= CLOSED || beta <= ROUNDING * (m + 1) * norm || m + 1 == n) return;
    if (m + 1 == MOST) fprintf(stderr, "the basis does not close\n"), exit(1);
    scale(w, n, 1 / beta);
  }
}

/** QL with implicit shifts (Parlett, The Symmetric Eigenvalue Problem, ch. 8): theta and q of T. */
static void diagonalise(Segment *s, double *d, double *e) {
  const int m = s->order;
  for (int j = 0; j < m; j++)
    for (int i = 0; i < m; i++) s->q[j][i] = i == j;
  for (int low = 0; low < m; low++)
    for (;;) {
      int high = low;
      while (high < m - 1 && fabs(e[high]) > 2.3e-16 * (fabs(d[high]) + fabs(d[high + 1]))) high++;
      if (high == low) break;
      double half_gap = (d[low + 1] - d[low]) / (2 * e[low]), root = hypot(half_gap, 1);
      double g = d[high] - d[low] + e[low] / (half_gap + copysign(root, half_gap)), sn = 1, c = 1, p = 0;
      int i = high - 1;
      for (; i >= low; i--) {
        double f = sn * e[i], b = c * e[i], r = hypot(f, g);
        e[i + 1] = r;
        if (r == 0) break;
        sn = f / r, c = g / r, g = d[i + 1] - p;
        double t = (d[i] - g) * sn + 2 * c * b;
        p = sn * t, d[i + 1] = g + p, g = c * t - b;
        for (int l = 0; l < m; l++) {
          double x = s->q[i][l], y = s->q[i + 1][l];
          s->q[i + 1][l] = sn * x + c * y, s->q[i][l] = c * x - sn * y;
        }
      }
      d[i + 1] -= p, e[high] = 0;
      if (i < low) e[low] = g;
    }
  for (int j = 0; j < m; j++) s->theta[j] = d[j], s->weight[j] = s->q[j][0];
}

static void begin(Segment *s, double remaining, double least) {
  double diagonal[MOST], off[MOST];
  project(s, remaining, least, diagonal, off);
  diagonalise(s, diagonal, off);
}

/** n_first on the basis: v against four others a pass, in stretches that stay in the cache. */
static void build_forms(Segment *s) {
  enum { STRETCH = 256 };
  const int m = s->order;
  four products[MOST][MOST + 3] = {{{0}}};
  for (int block = first_a(s->k); block <= last_a(s->k); block++) {
    long count, from = first_run(s->k, block, &count);
    for (; count > 0; count -= STRETCH, from += STRETCH) {
      const long n = count < STRETCH ? count : STRETCH;
      for (int a = 0; a < m; a++)
        for (int b = 0; b <= a; b += 4) {
          const double *x = s->vectors[a] + from, *y[4];
          for (int l = 0; l < 4; l++) y[l] = s->vectors[b + l < m ? b + l : a] + from;
          four *p = &products[a][b], p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3];
          long i = 0;
          for (; i + 4 <= n; i += 4) {
            const wide v = *(const wide *)(x + i);
            p0 += v * *(const wide *)(y[0] + i), p1 += v * *(const wide *)(y[1] + i);
            p2 += v * *(const wide *)(y[2] + i), p3 += v * *(const wide *)(y[3] + i);
          }
          for (; i < n; i++)
            p0[0] += x[i] * y[0][i], p1[0] += x[i] * y[1][i], p2[0] += x[i] * y[2][i], p3[0] += x[i] * y[3][i];
          p[0] = p0, p[1] = p1, p[2] = p2, p[3] = p3;
        }
    }
  }
  double gram[MOST][MOST], turned[MOST][MOST] = {{0}};
  for (int a = 0; a < m; a++)
    for (int b = 0; b <= a; b++) gram[a][b] = gram[b][a] = sum_of(products[a][b]);
  memset(s->first, 0, sizeof s->first);
  for (int j = 0; j < m; j++)
    for (int a = 0; a < m; a++)
      for (int b = 0; b < m; b++) turned[j][b] += (s->kept ? j == a : s->q[j][a]) * gram[a][b];
  for (int i = 0; i < m; i++)
    for (int j = 0; j < m; j++)
      for (int b = 0; b < m; b++) s->first[i][j] += turned[i][b] * (s->kept ? j == b : s->q[j][b]);
}

static double norm_at(const Segment *s, double tau, double *slope) {
  double n = 0;
  *slope = 0;
  for (int j = 0; j < s->order; j++) {
    const double part = s->weight[j] * s->weight[j] * exp(2 * s->theta[j] * tau);
    n += part, *slope += 2 * s->theta[j] * part;
  }
  return n;
}

/** Where ||psi||^2 = u, or -1 if not before `limit`: Newton on its logarithm, which is convex. */
static double crossing(const Segment *s, double u, double limit) {
  double slope, tau = 0;
  if (norm_at(s, limit, &slope) > u) return -1;
  for (int i = 0; i < 100; i++) {
    const double n = norm_at(s, tau, &slope), step = (log(u) - log(n)) * n / slope;
    tau = fmin(tau + step, limit);
    if (!(step > 1e-9 * tau)) break;
  }
  return tau;
}

static void coefficients(const Segment *s, double tau, double *d) {
  for (int j = 0; j < s->order; j++) d[j] = s->weight[j] * exp(s->theta[j] * tau);
}

/** psi(tau) into x */
static void assemble(const Segment *s, const double *d, double *x) {
  const long n = dimension(s->k);
  double c[MOST + 3] = {0};
  for (int i = 0; i < s->order; i++)
    for (int j = 0; j < s->order; j++) c[i] += d[j] * (s->kept ? i == j : s->q[j][i]);
  memset(x, 0, sizeof *x * (size_t)n);
  for (int i = 0; i < s->order; i += 4) {
    const double *v[4];
    for (int l = 0; l < 4; l++) v[l] = s->vectors[i + l < s->order ? i + l : i];
    for (long r = 0; r < n; r++) x[r] += (c[i] * v[0][r] + c[i + 1] * v[1][r]) + (c[i + 2] * v[2][r] + c[i + 3] * v[3][r]);
  }
}
