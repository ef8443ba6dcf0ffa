// Everything cached that can be, as in the kernel: nodes of the evolution without a jump, and between them ||psi||^2 as a
// polynomial. A jump is found among the nodes by 1024 bins of the norm and then by Halley's method; it leads to the one state
// without an excitation, so that no state is assembled. Averages by counting at which time a trajectory leaves the path and
// from which time it is constant. Trajectory k has a stream of random numbers of its own, made from a key and k alone.
#include "pair.h"

typedef double two __attribute__((vector_size(16)));

/** Nodes are the output times: ||A|| STEP = 0.05, and the terms of the norm fall below rounding. */
enum { DEGREE = 11, PAIRS = DEGREE / 2 + 1, NODES = TIMES - 1, BINS = 1024, MOST_STEPS = 40, BLOCK = 64 };
/** After a step of this size of a method that converges cubically the next one would be below rounding. */
static const double LAST_STEP = 1e-6;

static double norms[TIMES];
/** On interval i, relative to its first node: coefficients of s^(2 k) and s^(2 k + 1), 0 <= s <= 1, highest k first. */
static two polynomials[NODES][PAIRS];
/** The place s as a function of 2 (1 - norm / norm of the node) / (the same of the next) - 1, in powers as above. */
static two inverses[NODES][PAIRS];
static double scales[NODES];
/** The last node whose norm is >= b / BINS. */
static int last_nodes[BINS + 1];
/** Trajectories that leave the path before time i, and those that are constant from time i on. */
static long leaving[TIMES + 1], entering[TIMES + 1];
/** Both observables, added over the times before i: on the path, and in the state that a jump leads to. */
static double shared[TIMES + 1], constant[TIMES + 1];

/** Where in [0, 1] the polynomial is `ratio`, at most that at 1; Halley's method kept between bounds. */
static double crossing(const two *c, double ratio, double end) {
  double low = 0, high = 1, s = end < 1 ? fmin((1 - ratio) / (1 - end), 1) : 0;
  for (int k = 0; k < MOST_STEPS; k++) {
    // Horner's rule in q = s^2 for even and odd powers side by side, with first and half second derivatives in q.
    const double square = s * s;
    const two q = {square, square};
    two p = c[0], d = {0}, e = {0};
    for (int i = 1; i < PAIRS; i++) e = e * q + d, d = d * q + p, p = p * q + c[i];
    const double f = p[0] + s * p[1] - ratio, slope = p[1] + 2 * s * (d[0] + s * d[1]);
    const double bend = d[0] + 3 * s * d[1] + 4 * square * (e[0] + s * e[1]);
    if (f > 0) low = s;
    else high = s;
    double next = s - f * slope / (slope * slope - f * bend);
    const int safe = next >= low && next <= high;
    if (!safe) next = 0.5 * (low + high);
    const double step = next - s;
    s = next;
    if (safe && fabs(step) < LAST_STEP) break;
  }
  return s;
}

/** Interpolates the inverse at Chebyshev's points x_j = cos((j + 1/2) pi / (DEGREE + 1)). */
static void invert(int node) {
  const int count = DEGREE + 1;
  const double lost = 1 - norms[node + 1] / norms[node];
  double before[DEGREE + 1] = {0}, last[DEGREE + 1] = {1};
  scales[node] = 2 / lost;
  for (int k = 0; k < count; k++) {
    double c = 0;
    for (int j = 0; j < count; j++) {
      const double ratio = 1 - 0.5 * lost * (1 + cos((j + 0.5) * M_PI / count));
      c += crossing(polynomials[node], ratio, 1 - lost) * cos(k * (j + 0.5) * M_PI / count);
    }
    c *= (k == 0 ? 1.0 : 2.0) / count;
    for (int i = 0; i < count; i++) inverses[node][PAIRS - 1 - i / 2][i % 2] += c * last[i];
    for (int i = DEGREE; i >= 0; i--) {
      const double next = (k == 0 ? 1 : 2) * (i > 0 ? last[i - 1] : 0) - before[i];
      before[i] = last[i], last[i] = next;
    }
  }
}

static double measured(const double *x) {
  double energy, dark, n = 0;
  for (int j = 0; j < 2 * D; j++) n += x[j] * x[j];
  measure(x, n, &energy, &dark);
  return energy + dark;
}

static void tabulate(void) {
  double x[2 * D] __attribute__((aligned(64))), y[2 * D] __attribute__((aligned(64)));
  double terms[DEGREE + 1][2 * D] __attribute__((aligned(64)));
  memcpy(x, start, sizeof start);
  double ground[2 * D] __attribute__((aligned(64))) = {1};
  norms[0] = 1, shared[1] = measured(x), constant[1] = measured(ground);
  for (int i = 0; i < NODES; i++) {
    memcpy(terms[0], x, sizeof x);
    for (int k = 1; k <= DEGREE; k++) {
      multiply(D, generator, terms[k - 1], terms[k]);
      for (int j = 0; j < 2 * D; j++) terms[k][j] *= STEP / k;
    }
    for (int k = 0; k <= DEGREE; k++)
      for (int a = 0; a <= k; a++)
        for (int j = 0; j < 2 * D; j++) polynomials[i][PAIRS - 1 - k / 2][k % 2] += terms[a][j] * terms[k - a][j];
    const double n = multiply(D, rung(0), x, y);
    norms[i + 1] = norms[i] * n;
    for (int j = 0; j < 2 * D; j++) x[j] = y[j] / sqrt(n);
    shared[i + 2] = shared[i + 1] + measured(x), constant[i + 2] = constant[i + 1] + constant[1];
  }
  for (int i = 0; i < NODES; i++) invert(i);
  for (int b = BINS, node = 0; b >= 0; b--) {
    while (node + 1 < NODES && norms[node + 1] >= (double)b / BINS) node++;
    last_nodes[b] = node;
  }
}

/** The last node whose norm is >= u. */
static inline int node_before(double u) {
  const int b = (int)(u * BINS) < BINS ? (int)(u * BINS) : BINS - 1;
  int node = last_nodes[b + 1], last = last_nodes[b];
  while (node < last) {
    const int middle = (node + last + 1) >> 1;
    if (norms[middle] >= u) node = middle;
    else last = middle - 1;
  }
  return node;
}

/** Where in [0, 1] the norm is `ratio` times that of the node. */
static inline double place(int node, double ratio) {
  const double x = (1 - ratio) * scales[node] - 1;
  const two q = {x * x, x * x};
  two p = inverses[node][0];
  for (int i = 1; i < PAIRS; i++) p = p * q + inverses[node][i];
  return fmin(fmax(p[0] + x * p[1], 0), 1);
}

static uint64_t key[2] = {1, 2};
static inline uint64_t mix(uint64_t z) {
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9, z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/** The first number of trajectory k's stream (xoshiro256**), from the one word of its state that it is made of. */
static inline double first_number(uint64_t k) {
  const uint64_t a = mix(key[0] ^ mix(key[1] + k * 0x9e3779b97f4a7c15));
  uint64_t word = mix(a + 2 * 0x9e3779b97f4a7c15) * 5;
  word = (word << 7 | word >> 57) * 9;
  return (double)((word >> 11) + 1) * 0x1p-53;
}

static void follow(double u) {
  const int node = node_before(u);
  const int next = (int)ceil(node + crossing(polynomials[node], u / norms[node], norms[node + 1] / norms[node]));
  leaving[next]++, entering[next]++;
}

/** Trajectories one after the other, by Halley's method. */
static void one_by_one(long trajectories) {
  for (long k = 0; k < trajectories; k++) {
    const double u = first_number((uint64_t)k);
    if (norms[NODES] > u) leaving[TIMES]++;
    else follow(u);
  }
}

/** With the kernel's latest steps: the first numbers of a block together, jumps by the inverse. */
static void in_blocks(long trajectories) {
  for (long first = 0; first < trajectories; first += BLOCK) {
    const long end = first + BLOCK < trajectories ? first + BLOCK : trajectories;
    double numbers[BLOCK];
    int count = 0;
    for (long k = first; k < end; k++) {
      const double u = first_number((uint64_t)k);
      const int silent = norms[NODES] > u;
      numbers[count] = u;
      leaving[TIMES] += silent, count += 1 - silent;
    }
    for (int i = 0; i < count; i++) {
      const double u = numbers[i];
      const int node = node_before(u);
      const int next = (int)ceil(node + place(node, u / norms[node]));
      leaving[next]++, entering[next]++;
    }
  }
}

static void (*ensemble)(long) = one_by_one;

/** Value: the mean of both observables, added, over trajectories and times, and its deviation from one to the other. */
static double work(long trajectories) {
  memset(leaving, 0, sizeof leaving), memset(entering, 0, sizeof entering);
  ensemble(trajectories);
  double sum = 0, squares = 0;
  for (int i = 0; i <= TIMES; i++) {
    const double path = shared[i] / TIMES, after = (constant[TIMES] - constant[i]) / TIMES;
    sum += path * (double)leaving[i] + after * (double)entering[i];
    squares += (path + after) * (path + after) * (double)leaving[i];
  }
  const double mean = sum / (double)trajectories;
  deviation = sqrt(fmax(0, squares / (double)trajectories - mean * mean));
  return mean;
}

/** `pair_tabulated blocks`: the second way. */
int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "blocks") == 0) ensemble = in_blocks;
  build();
  tabulate();
  return serve(work);
}
