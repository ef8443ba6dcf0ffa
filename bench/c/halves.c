// halves N: psi -> o^+ (o psi) / k (N - k + 1), o = sum_j sm_j, in the sector of k = N/2 excitations, complex amplitudes.
typedef double amplitude __attribute__((vector_size(16)));
#include "halves.h"

static Sum lower, raise_;
static amplitude *x, *y, *z;
static long n;

/** Value: ||o psi||^2 for psi uniform: (N - k + 1) k. */
static double work(long times) {
  for (long t = 0; t < times; t++) {
    apply(&lower, x, y);
    apply(&raise_, y, z);
  }
  double sum = 0;
  for (long i = 0; i < n; i++) sum += x[i][0] * z[i][0] + x[i][1] * z[i][1];
  return sum;
}

int main(int argc, char **argv) {
  const int sites = argc > 1 ? atoi(argv[1]) : 14, k = sites / 2;
  list_states(sites);
  lower = sum_over_sites(k, k - 1), raise_ = sum_over_sites(k - 1, k);
  n = dimension(k);
  x = (amplitude *)vector(2 * n), y = (amplitude *)vector(2 * dimension(k - 1)), z = (amplitude *)vector(2 * n);
  for (long i = 0; i < n; i++) x[i] = (amplitude){0.6, 0.8} / sqrt((double)n);
  return serve(work);
}
