// Two qubits of bench/models/pair.yaml from |10>, 201 times, in the full space of 4 states (index 2 a + b for |ab>), in the
// frame that takes omega out: A = -kappa o^+ o with o = s1 + s2, and the propagators of the grid step and of 2^-40 of it on.
#include "bench.h"

enum { D = 4, TIMES = 201, BITS = 40 };
static const double KAPPA = 0.001, STEP = 25;

static double *generator, *lower;
/** exp(A STEP 2^-k), k = 0 .. BITS */
static double *ladder;
static double start[2 * D] __attribute__((aligned(64))) = {0, 0, 0, 0, 1, 0, 0, 0};

static inline double *rung(int k) { return ladder + 2 * D * D * k; }

/** c = a b */
static void multiply_matrices(double *a, double *b, double *c) {
  for (int i = 0; i < D; i++)
    for (int j = 0; j < D; j++) {
      double re = 0, im = 0;
      for (int k = 0; k < D; k++) {
        const double *p = element(a, D, i, k), *q = element(b, D, k, j);
        re += p[0] * q[0] - p[1] * q[1], im += p[0] * q[1] + p[1] * q[0];
      }
      double *r = element(c, D, i, j);
      r[0] = re, r[1] = im;
    }
}

/** m = exp(A t), ||A t|| < 1, by its series */
static void exponential(double t, double *m) {
  double term[2 * D * D] = {0}, next[2 * D * D];
  for (int i = 0; i < D; i++) *element(term, D, i, i) = 1;
  memcpy(m, term, sizeof term);
  for (int k = 1; k < 20; k++) {
    multiply_matrices(generator, term, next);
    for (int i = 0; i < 2 * D * D; i++) m[i] += term[i] = next[i] * t / k;
  }
}

static void build(void) {
  generator = vector(2 * D * D), lower = vector(2 * D * D), ladder = vector(2 * D * D * (BITS + 1));
  *element(lower, D, 0, 1) = *element(lower, D, 0, 2) = 1;
  *element(lower, D, 1, 3) = *element(lower, D, 2, 3) = 1;
  for (int i = 0; i < D; i++)
    for (int j = 0; j < D; j++)
      for (int k = 0; k < D; k++)
        *element(generator, D, i, j) -= KAPPA * *element(lower, D, k, i) * *element(lower, D, k, j);
  for (int k = 0; k <= BITS; k++) exponential(ldexp(STEP, -k), rung(k));
}

/** The number of excitations, and the population of (|10> - |01>)/sqrt(2), of a state of squared norm n. */
static inline void measure(const double *x, double n, double *energy, double *dark) {
  double p01 = x[2] * x[2] + x[3] * x[3], p10 = x[4] * x[4] + x[5] * x[5], p11 = x[6] * x[6] + x[7] * x[7];
  double re = x[4] - x[2], im = x[5] - x[3];
  *energy = (p01 + p10 + 2 * p11) / n;
  *dark = 0.5 * (re * re + im * im) / n;
}
