// N two-level emitters in the halves layout: a sector of k excitations is a row of blocks, [a excitations in the first half] x
// [k - a in the second] for all a that fit, each a dense matrix with states of the first half as rows. A sum over sites then
// adds whole rows (sites of the first half), and gathers inside of a row by indices that all rows of a block share.
// `amplitude`, double or a pair of doubles, is defined by who includes this.
#include "bench.h"

enum { MAX_HALF = 12 };
typedef double wide __attribute__((vector_size(32), aligned(8)));

/** States of a half by number of excitations, ascending, and the place of each among its like. */
static int half, like[MAX_HALF + 1], states[MAX_HALF + 1][1 << MAX_HALF], place[1 << MAX_HALF];

static void list_states(int sites) {
  half = sites / 2;
  for (int s = 0; s < 1 << half; s++) {
    int k = __builtin_popcount(s);
    place[s] = like[k];
    states[k][like[k]++] = s;
  }
}

static inline int first_a(int k) { return k > half ? k - half : 0; }
static inline int last_a(int k) { return k < half ? k : half; }

/** Where block a of sector k begins; past the last one, the dimension of the sector. */
static long block_start(int k, int a) {
  long at = 0;
  for (int b = first_a(k); b < a; b++) at += (long)like[b] * like[k - b];
  return at;
}
static long dimension(int k) { return block_start(k, last_a(k) + 1); }

/** One block of an image. Its row r is the sum of `above` rows of one block of the argument and of gathers in another. */
typedef struct {
  int rows, columns, above, beside, stride;
  long start, above_start, beside_start;
  /** [rows][above], [columns][beside] */
  uint16_t *above_rows, *beside_columns;
} Block;

/** sum_j sm_j or sum_j sp_j from one sector to the next. */
typedef struct {
  int blocks;
  Block block[MAX_HALF + 1];
} Sum;

/** For each state with k excitations the places of those that one flip of a site to `bit` turns into it; `count` each. */
static uint16_t *neighbours(int k, int bit, int count) {
  uint16_t *list = malloc(sizeof *list * (size_t)(like[k] * count + 1)), *next = list;
  for (int r = 0; r < like[k]; r++)
    for (int j = 0; j < half; j++)
      if ((states[k][r] >> j & 1) == bit) *next++ = (uint16_t)place[states[k][r] ^ 1 << j];
  return list;
}

/** From sector `from` to sector `to` = from + 1 or from - 1. */
static Sum sum_over_sites(int from, int to) {
  Sum sum = {0};
  const int bit = to > from, step = from - to;
  for (int a = first_a(to); a <= last_a(to); a++) {
    Block *b = &sum.block[sum.blocks++];
    const int c = to - a;
    b->rows = like[a], b->columns = like[c], b->start = block_start(to, a);
    b->above = bit ? a : half - a, b->beside = bit ? c : half - c;
    b->above_rows = neighbours(a, bit, b->above), b->beside_columns = neighbours(c, bit, b->beside);
    b->above_start = block_start(from, a + step), b->beside_start = block_start(from, a);
    b->stride = b->beside > 0 ? like[c + step] : 0;
  }
  return sum;
}

static inline void gather_four(const Block *b, const amplitude *x, amplitude *y) {
  const amplitude *x1 = x + b->stride, *x2 = x1 + b->stride, *x3 = x2 + b->stride;
  amplitude *y1 = y + b->columns, *y2 = y1 + b->columns, *y3 = y2 + b->columns;
  const uint16_t *list = b->beside_columns;
  for (int c = 0; c < b->columns; c++) {
    int i = *list++;
    amplitude s0 = x[i], s1 = x1[i], s2 = x2[i], s3 = x3[i];
    for (int j = 1; j < b->beside; j++) i = *list++, s0 += x[i], s1 += x1[i], s2 += x2[i], s3 += x3[i];
    y[c] = s0, y1[c] = s1, y2[c] = s2, y3[c] = s3;
  }
}

static inline void gather(const Block *b, const amplitude *x, amplitude *y) {
  const uint16_t *list = b->beside_columns;
  for (int c = 0; c < b->columns; c++) {
    amplitude s = x[*list++];
    for (int j = 1; j < b->beside; j++) s += x[*list++];
    y[c] = s;
  }
}

static inline void add_row(double *y, const double *x, int n) {
  int i = 0;
  for (; i + 4 <= n; i += 4) *(wide *)(y + i) += *(const wide *)(x + i);
  for (; i < n; i++) y[i] += x[i];
}

static inline void add_two_rows(double *y, const double *x0, const double *x1, int n) {
  int i = 0;
  for (; i + 4 <= n; i += 4) *(wide *)(y + i) += *(const wide *)(x0 + i) + *(const wide *)(x1 + i);
  for (; i < n; i++) y[i] += x0[i] + x1[i];
}

static inline void add_four_rows(double *y, const double *x0, const double *x1, const double *x2, const double *x3, int n) {
  int i = 0;
  for (; i + 4 <= n; i += 4)
    *(wide *)(y + i) += (*(const wide *)(x0 + i) + *(const wide *)(x1 + i)) + (*(const wide *)(x2 + i) + *(const wide *)(x3 + i));
  for (; i < n; i++) y[i] += (x0[i] + x1[i]) + (x2[i] + x3[i]);
}

static inline void add_rows(const Block *b, const uint16_t *list, const amplitude *x, amplitude *y) {
  const int n = b->columns * (int)(sizeof(amplitude) / sizeof(double)), count = b->above;
  const double *rows = (const double *)x;
  double *out = (double *)y;
  int j = 0;
  for (; j + 4 <= count; j += 4)
    add_four_rows(out, rows + list[j] * n, rows + list[j + 1] * n, rows + list[j + 2] * n, rows + list[j + 3] * n, n);
  if (j + 2 <= count) add_two_rows(out, rows + list[j] * n, rows + list[j + 1] * n, n), j += 2;
  if (j < count) add_row(out, rows + list[j] * n, n);
}

/** y = sum x; four rows at a time, so that the sums of gathers are still at hand when rows are added to them. */
static __attribute__((noinline)) void apply(const Sum *sum, const amplitude *x, amplitude *y) {
  for (const Block *b = sum->block; b < sum->block + sum->blocks; b++)
    for (int r = 0, count; r < b->rows; r += count) {
      count = b->rows - r >= 4 ? 4 : 1;
      amplitude *out = y + b->start + (long)r * b->columns;
      const amplitude *beside = x + b->beside_start + (long)r * b->stride;
      if (b->beside == 0) memset(out, 0, sizeof *out * (size_t)(count * b->columns));
      else if (count == 4) gather_four(b, beside, out);
      else gather(b, beside, out);
      for (int i = 0; i < count; i++)
        add_rows(b, b->above_rows + (r + i) * b->above, x + b->above_start, out + (long)i * b->columns);
    }
}
