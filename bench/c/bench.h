// What the reference programs share: the conversation with bench/references.ts, the clock, random numbers, and complex
// vectors and matrices in panels of four rows, by the compiler's 256-bit vectors.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <time.h>

typedef double four __attribute__((vector_size(32)));
typedef long long four_bits __attribute__((vector_size(32)));

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/** Of a unit's value where `work` returns a mean of n of them. */
static double deviation;

/** For each number n on stdin: does n units of work and prints "nanoseconds value deviation"; they prove that it was done. */
static int serve(double (*work)(long)) {
  long n;
  while (scanf("%ld", &n) == 1) {
    double start = now();
    double value = work(n);
    printf("%.0f %.12g %.12g\n", now() - start, value, deviation);
    fflush(stdout);
  }
  return 0;
}

/** xoshiro256**, uniform in (0, 1). */
static uint64_t s0 = 1, s1 = 2, s2 = 3, s3 = 4;
static inline uint64_t rotate_left(uint64_t x, int k) { return x << k | x >> (64 - k); }
static inline double uniform(void) {
  uint64_t r = rotate_left(s1 * 5, 7) * 9, t = s1 << 17;
  s2 ^= s0, s3 ^= s1, s1 ^= s2, s0 ^= s3, s2 ^= t, s3 = rotate_left(s3, 45);
  return ((double)(r >> 11) + 0.5) * 0x1p-53;
}

static inline double *vector(long doubles) {
  size_t bytes = ((size_t)doubles * 8 + 63) / 64 * 64;
  double *x = aligned_alloc(64, bytes);
  if (x == NULL) exit(1);
  return memset(x, 0, bytes);
}

static inline double sum_of(four a) { return a[0] + a[1] + a[2] + a[3]; }

/** a + i b for two complex numbers each */
static inline four joined(four a, four b) {
  const four sign = {-1, 1, -1, 1};
  return a + sign * __builtin_shuffle(b, (four_bits){1, 0, 3, 2});
}

/** Where element (i, j) of a d x d matrix lies: panels of four rows, column by column. */
static inline double *element(double *m, int d, int i, int j) { return m + 8 * (d * (i / 4) + j) + 2 * (i % 4); }

/** y = M x, d a multiple of 4 known to the compiler; returns ||y||^2. */
static inline __attribute__((always_inline)) double multiply(int d, const double *m, const double *x, double *y) {
  four n0 = {0}, n1 = {0};
  for (int i = 0; i < d; i += 4) {
    four a0 = {0}, a1 = {0}, b0 = {0}, b1 = {0};
    for (int j = 0; j < d; j++, m += 8) {
      const four re = {x[2 * j], x[2 * j], x[2 * j], x[2 * j]};
      const four im = {x[2 * j + 1], x[2 * j + 1], x[2 * j + 1], x[2 * j + 1]};
      const four m0 = *(const four *)m, m1 = *(const four *)(m + 4);
      a0 += m0 * re, b0 += m0 * im;
      a1 += m1 * re, b1 += m1 * im;
    }
    a0 = joined(a0, b0), a1 = joined(a1, b1);
    *(four *)(y + 2 * i) = a0, *(four *)(y + 2 * i + 4) = a1;
    n0 += a0 * a0, n1 += a1 * a1;
  }
  return sum_of(n0 + n1);
}
