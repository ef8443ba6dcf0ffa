// Nothing cached: every trajectory is stepped over the grid by exp(A dt); where the norm passes the random number, 40
// halvings find the jump; both observables and their squares at every time.
#include "pair.h"

static double sums[TIMES][4];
static double *xa, *xb;

static inline void record(int i, const double *x, double n) {
  double energy, dark;
  measure(x, n, &energy, &dark);
  double *s = sums[i];
  s[0] += energy, s[1] += dark, s[2] += energy * energy, s[3] += dark * dark;
}

/** From position `at` of 2^BITS within a grid step, as far as the norm stays above u; the state is left in *x. */
static inline uint64_t descend(uint64_t at, int bit, double u, double **x, double **y) {
  while (bit > 0) {
    bit--;
    if (multiply(D, rung(BITS - bit), *x, *y) < u) continue;
    double *t = *x;
    *x = *y, *y = t;
    at += 1ull << bit;
  }
  return at;
}

/** The grid step in which the norm falls below *u: jumps until its end. */
static double jump_within(double *u, double **x, double **y, long *jumps) {
  const uint64_t end = 1ull << BITS;
  uint64_t at = 0;
  double n = 1;
  int crossing = 1, bit = BITS;
  while (at < end) {
    if (crossing) {
      at = descend(at, bit, *u, x, y);
      double scale = 1 / sqrt(multiply(D, lower, *x, *y));
      for (int k = 0; k < 2 * D; k++) (*x)[k] = (*y)[k] * scale;
      at++, n = 1, crossing = 0, *u = uniform(), ++*jumps;
      continue;
    }
    bit = 63 - __builtin_clzll(end - at);
    double next = multiply(D, rung(BITS - bit), *x, *y);
    if (next < *u) {
      crossing = 1;
      continue;
    }
    double *t = *x;
    *x = *y, *y = t;
    at += 1ull << bit, n = next;
  }
  return n;
}

/** Value: jumps a trajectory, 1/2. */
static double work(long trajectories) {
  long jumps = 0;
  for (long k = 0; k < trajectories; k++) {
    double *x = xa, *y = xb, u = uniform();
    memcpy(x, start, sizeof start);
    record(0, x, 1);
    for (int i = 1; i < TIMES; i++) {
      double n = multiply(D, rung(0), x, y);
      if (n < u) n = jump_within(&u, &x, &y, &jumps);
      else {
        double *t = x;
        x = y, y = t;
      }
      record(i, x, n);
    }
  }
  return (double)jumps / (double)trajectories;
}

int main(void) {
  build();
  xa = vector(2 * D), xb = vector(2 * D);
  return serve(work);
}
