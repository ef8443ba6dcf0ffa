// lanczos N: trajectories of bench/models/half-excited.yaml, for this one model. The evolution of the first state is kept in its
// eigenbasis, and so is what follows collective jumps alone, as o maps eigenvectors onto eigenvectors: these jumps touch no
// state. After any other jump a Lanczos basis is built anew.
#include "segment.h"

enum { TIMES = 101 };
static const double STEP = 0.05, LAST = 5;

static int K;
/** ladder[i]: after i collective jumps. */
static Segment ladder[MAX_HALF + 1], fresh;
static double *psi, sums[TIMES][2];
/** Of the first state at the output times, added up to but not with time i; and how many trajectories left it before. */
static double shared[TIMES + 1];
static long leaving[TIMES + 1];

/** Adds both observables at times from .. to - 1 of a segment that began at `start`; returns their sum over these times. */
static double observe(Segment *s, double start, int from, int to) {
  double d[MOST], factor[MOST], total = 0;
  if (from >= to) return 0;
  const int by_forms = s->order > 1 && (s->kept || 2 * (to - from) > s->order);
  if (by_forms && !s->kept) build_forms(s);
  coefficients(s, from * STEP - start, d);
  if (s->order > 1) for (int j = 0; j < s->order; j++) factor[j] = exp(s->theta[j] * STEP);
  double first = s->order > 1 ? 0 : s->kept ? s->first[0][0] : first_site(s->k, s->vectors[0], s->vectors[0]);
  for (int i = from; i < to; i++) {
    if (s->order > 1) {
      double n = 0;
      first = 0;
      for (int j = 0; j < s->order; j++) n += d[j] * d[j];
      if (by_forms)
        for (int a = 0; a < s->order; a++) {
          double row = 0;
          for (int b = 0; b < s->order; b++) row += s->first[a][b] * d[b];
          first += d[a] * row;
        }
      else assemble(s, d, psi), first = first_site(s->k, psi, psi);
      first /= n;
      for (int j = 0; j < s->order; j++) d[j] *= factor[j];
    }
    sums[i][0] += s->k, sums[i][1] += first, total += s->k + first;
  }
  return total;
}

/** The site in which an own loss happens: `rest` of the sum of 2 ALPHA n_j is used up there. */
static int choose_site(int k, const double *x, double rest) {
  double n[2 * MAX_HALF] = {0}, columns[1 << MAX_HALF];
  for (int a = first_a(k); a <= last_a(k); a++) {
    const int width = like[k - a];
    memset(columns, 0, sizeof *columns * (size_t)width);
    for (int r = 0; r < like[a]; r++, x += width) {
      double row = 0;
      for (int c = 0; c < width; c++) columns[c] += x[c] * x[c];
      row = dot(x, x, width);
      for (int bits = states[a][r]; bits; bits &= bits - 1) n[__builtin_ctz(bits)] += row;
    }
    for (int c = 0; c < width; c++)
      for (int bits = states[k - a][c]; bits; bits &= bits - 1) n[half + __builtin_ctz(bits)] += columns[c];
  }
  int site = 0;
  while (site < N - 1 && (rest -= 2 * ALPHA * n[site]) > 0) site++;
  return site;
}

/** y = sm_site x; sites of the first half are bits of rows. */
static void lower_site(int k, int site, const double *x, double *y) {
  const int in_row = site < half, bit = 1 << site % half;
  for (int a = first_a(k - 1); a <= last_a(k - 1); a++) {
    const int width = like[k - 1 - a], from_a = a + in_row;
    const double *source = x + block_start(k, from_a);
    double *out = y + block_start(k - 1, a);
    for (int r = 0; r < like[a]; r++, out += width) {
      if (in_row && states[a][r] & bit) memset(out, 0, sizeof *out * (size_t)width);
      else if (in_row) memcpy(out, source + (long)place[states[a][r] | bit] * width, sizeof *out * (size_t)width);
      else
        for (int c = 0, wider = like[k - a]; c < width; c++) {
          const int state = states[k - 1 - a][c];
          out[c] = state & bit ? 0 : source[(long)r * wider + place[state | bit]];
        }
    }
  }
}

static Segment segment(int k, int order, int kept) {
  Segment s = {.k = k, .order = order, .kept = kept};
  for (int i = 0; i <= order; i++) s.vectors[i] = vector(dimension(k));
  return s;
}

/** The eigenbasis of the first state, and its images under o, as far as there are any. */
static void build_ladder(void) {
  fresh.k = K;
  memset(fresh.vectors[0], 0, sizeof(double) * (size_t)dimension(K));
  fresh.vectors[0][dimension(K) - 1] = 1;
  begin(&fresh, LAST, 0);
  ladder[0] = segment(K, fresh.order, 1);
  for (int j = 0; j < fresh.order; j++) {
    double unit[MOST] = {0};
    unit[j] = 1;
    assemble(&fresh, unit, ladder[0].vectors[j]);
    ladder[0].theta[j] = fresh.theta[j], ladder[0].weight[j] = fresh.weight[j];
  }
  for (int i = 0;; i++) {
    Segment *s = &ladder[i];
    build_forms(s);
    if (s->k == 0) return;
    ladder[i + 1] = segment(s->k - 1, s->order, 1);
    Segment *t = &ladder[i + 1];
    t->order = 0;
    for (int j = 0; j < s->order; j++) {
      const long n = dimension(t->k);
      double *x = t->vectors[t->order];
      apply(&lower[s->k], s->vectors[j], x);
      const double norm = sqrt(dot(x, x, n));
      if (norm < 1e-9) continue;
      scale(x, n, 1 / norm);
      s->gain[j] = sqrt(2 * KAPPA) * norm;
      t->theta[t->order] = -ALPHA * t->k;
      if (t->k > 0) apply(&lower[t->k], x, image), t->theta[t->order] -= KAPPA * dot(image, image, dimension(t->k - 1));
      t->order++;
    }
    if (t->order == 0) return;
  }
}

/** Jumps at tau and begins what comes next, which is returned; `u`: the squared norm at which that will jump. */
static Segment *jump(Segment *s, double tau, double remaining, double *u) {
  double d[MOST], images[MOST], total = 0, collective = 0;
  coefficients(s, tau, d);
  for (int j = 0; j < s->order; j++) {
    total -= 2 * s->theta[j] * d[j] * d[j];
    images[j] = s->kept ? s->gain[j] * d[j] : 0;
    collective += images[j] * images[j];
  }
  double rest = uniform() * total;
  *u = uniform();
  if (s->kept && rest < collective) {
    Segment *t = s + 1;
    for (int j = 0, i = 0; j < s->order; j++)
      if (s->gain[j] > 0) t->weight[i++] = images[j] / sqrt(collective);
    return t;
  }
  const int k = s->k;
  const long n = dimension(k - 1);
  assemble(s, d, psi);
  if (!s->kept) {
    apply(&lower[k], psi, fresh.vectors[0]);
    collective = 2 * KAPPA * dot(fresh.vectors[0], fresh.vectors[0], n);
  }
  if (rest >= collective) lower_site(k, choose_site(k, psi, rest - collective), psi, fresh.vectors[0]);
  scale(fresh.vectors[0], n, 1 / sqrt(dot(fresh.vectors[0], fresh.vectors[0], n)));
  fresh.k = k - 1;
  if (fresh.k > 0) begin(&fresh, remaining, *u);
  return &fresh;
}

static int first_after(double time) {
  int i = (int)ceil(time / STEP);
  return i < TIMES ? i : TIMES;
}

/** One trajectory: both observables, added over all times. */
static double trajectory(void) {
  Segment *s = &ladder[0];
  double u = uniform(), time = crossing(s, u, LAST);
  int at = time < 0 ? TIMES : first_after(time);
  leaving[at]++;
  double total = shared[at];
  if (at == TIMES) return total;
  s = jump(s, time, LAST - time, &u);
  while (s->k > 0) {
    const double tau = crossing(s, u, LAST - time);
    const int stop = tau < 0 ? TIMES : first_after(time + tau);
    total += observe(s, time, at, stop);
    if (stop == TIMES) return total;
    at = stop, time += tau;
    s = jump(s, tau, LAST - time, &u);
  }
  return total;
}

/** Value: the mean of both observables, added, over trajectories and times, and its deviation from one to the other. */
static double work(long trajectories) {
  double sum = 0, squares = 0;
  for (long i = 0; i < trajectories; i++) {
    const double value = trajectory() / TIMES;
    sum += value, squares += value * value;
  }
  const double mean = sum / (double)trajectories;
  deviation = sqrt(fmax(0, squares / (double)trajectories - mean * mean));
  return mean;
}

int main(int argc, char **argv) {
  N = argc > 1 ? atoi(argv[1]) : 10, K = N / 2;
  list_states(N);
  for (int k = 1; k <= K; k++) lower[k] = sum_over_sites(k, k - 1), upper[k] = sum_over_sites(k - 1, k);
  const long n = dimension(K);
  image = vector(n), psi = vector(n);
  for (int i = 0; i <= MOST; i++) fresh.vectors[i] = vector(n);
  build_ladder();
  for (int i = 0; i < TIMES; i++) shared[i + 1] = shared[i] + observe(&ladder[0], 0, i, i + 1);
  memset(sums, 0, sizeof sums);
  return serve(work);
}
