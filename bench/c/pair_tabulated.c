// Everything cached that can be: the norm without a jump at the grid times and its polynomial between them; a jump is a
// binary search, Newton on the polynomial, and ten products by a ladder of radix 16 for the state. Averages by counting
// at which time a trajectory leaves the common path; after the jump the state is dark, which is tested.
#include "pair.h"

enum { DEGREE = 12, DIGITS = BITS / 4 };
static double norms[TIMES], path[TIMES][2 * D] __attribute__((aligned(64)));
/** ||psi||^2 on interval i as a polynomial in -1 <= s <= 1, highest power first. */
static double polynomials[TIMES][DEGREE + 1];
/** exp(A STEP m 16^-(l + 1)), l < DIGITS, m < 16 */
static double *digits;
static double *xa, *xb;
static long leaving[TIMES];

static void tabulate(void) {
  memcpy(path[0], start, sizeof start);
  norms[0] = 1;
  for (int i = 1; i < TIMES; i++) norms[i] = multiply(D, rung(0), path[i - 1], path[i]);
  double terms[DEGREE + 1][2 * D] __attribute__((aligned(64))), half[2 * D * D] __attribute__((aligned(64)));
  exponential(STEP / 2, half);
  for (int i = 0; i + 1 < TIMES; i++) {
    multiply(D, half, path[i], terms[0]);
    for (int k = 1; k <= DEGREE; k++) {
      multiply(D, generator, terms[k - 1], terms[k]);
      for (int j = 0; j < 2 * D; j++) terms[k][j] *= STEP / 2 / k;
    }
    for (int k = 0; k <= DEGREE; k++)
      for (int a = 0; a <= k; a++)
        for (int j = 0; j < 2 * D; j++) polynomials[i][DEGREE - k] += terms[a][j] * terms[k - a][j];
  }
  digits = vector(DIGITS * 16 * 2 * D * D);
  for (int l = 0; l < DIGITS; l++)
    for (int m = 0; m < 16; m++) exponential(m * ldexp(STEP, -4 * (l + 1)), digits + (16 * l + m) * 2 * D * D);
}

static inline int interval_of(double u) {
  double *base = norms;
  for (int length = TIMES; length > 1;) {
    int half = length >> 1;
    base = base[half] >= u ? base + half : base;
    length -= half;
  }
  return (int)(base - norms);
}

/** Where on interval i, in [0, 1], the norm is u. */
static inline double crossing(int i, double u) {
  const double *c = polynomials[i];
  double s = 2 * (norms[i] - u) / (norms[i] - norms[i + 1]) - 1;
  for (int k = 0; k < 8; k++) {
    double value = c[0], slope = 0;
    for (int r = 1; r <= DEGREE; r++) {
      slope = slope * s + value;
      value = value * s + c[r];
    }
    double step = (value - u) / slope;
    s -= step;
    if (fabs(step) < 1e-7) break;
  }
  return 0.5 * (s + 1);
}

/** Value: jumps a trajectory, 1/2; 1000 is added for each state that is not dark after its jump. */
static double work(long trajectories) {
  long jumps = 0, bright = 0;
  for (long k = 0; k < trajectories; k++) {
    double u = uniform();
    int i = interval_of(u);
    leaving[i]++;
    if (i == TIMES - 1) continue;
    uint64_t at = (uint64_t)(crossing(i, u) * 0x1p40);
    const double *from = path[i];
    double *x = xa, *y = xb, *table = digits;
    for (int shift = BITS - 4; shift >= 0; shift -= 4, table += 16 * 2 * D * D) {
      multiply(D, table + 2 * D * D * (at >> shift & 15), from, x);
      from = x;
      double *t = x;
      x = y, y = t;
    }
    double scale = 1 / sqrt(multiply(D, lower, from, x));
    for (int j = 0; j < 2 * D; j++) x[j] *= scale;
    (void)uniform();
    jumps++;
    if (multiply(D, lower, x, y) > 1e-26) bright++;
  }
  return (double)jumps / (double)trajectories + 1000.0 * (double)bright;
}

int main(void) {
  build();
  tabulate();
  xa = vector(2 * D), xb = vector(2 * D);
  return serve(work);
}
