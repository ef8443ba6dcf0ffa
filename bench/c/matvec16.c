// The yardstick: y = U x, complex, 16 x 16, the product that fills a dense propagator's time. Two panels at once keep eight
// accumulators busy. U is the discrete Fourier transform, so that the norm stays 1.
#include "bench.h"

enum { D = 16 };

static __attribute__((noinline)) void product(const double *m, const double *x, double *y) {
  for (int i = 0; i < D; i += 8) {
    const double *n = m + 8 * D;
    four a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
    for (int j = 0; j < D; j++, m += 8, n += 8) {
      const four re = {x[2 * j], x[2 * j], x[2 * j], x[2 * j]};
      const four im = {x[2 * j + 1], x[2 * j + 1], x[2 * j + 1], x[2 * j + 1]};
      a0 += *(const four *)m * re, b0 += *(const four *)m * im;
      a1 += *(const four *)(m + 4) * re, b1 += *(const four *)(m + 4) * im;
      a2 += *(const four *)n * re, b2 += *(const four *)n * im;
      a3 += *(const four *)(n + 4) * re, b3 += *(const four *)(n + 4) * im;
    }
    m = n;
    *(four *)(y + 2 * i) = joined(a0, b0), *(four *)(y + 2 * i + 4) = joined(a1, b1);
    *(four *)(y + 2 * i + 8) = joined(a2, b2), *(four *)(y + 2 * i + 12) = joined(a3, b3);
  }
}

static double *matrix, *x, *y;

/** Value: ||x||^2, 1 up to rounding. */
static double work(long n) {
  for (long k = 0; k < n; k++) {
    product(matrix, x, y);
    double *t = x;
    x = y, y = t;
  }
  double norm = 0;
  for (int i = 0; i < 2 * D; i++) norm += x[i] * x[i];
  return norm;
}

int main(void) {
  matrix = vector(2 * D * D), x = vector(2 * D), y = vector(2 * D);
  for (int i = 0; i < D; i++)
    for (int j = 0; j < D; j++) {
      double *m = element(matrix, D, i, j), angle = 2 * acos(-1) * i * j / D;
      m[0] = cos(angle) / sqrt(D), m[1] = sin(angle) / sqrt(D);
    }
  x[0] = 1;
  return serve(work);
}
