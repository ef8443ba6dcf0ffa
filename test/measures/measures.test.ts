import { expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { SizeError } from "#src/base/errors.js";
import { concurrence } from "#src/measures/concurrence.js";
import { type DensityMatrix, partialTrace, readKets } from "#src/measures/density.js";
import { hermitianEigenvalues, LARGEST_BLOCK } from "#src/measures/hermitian.js";
import { entropy, measureOf, purity } from "#src/measures/measures.js";
import { logNegativity } from "#src/measures/negativity.js";
import { checkMeasure } from "#src/measures/size.js";
import type { Measure } from "#src/model/model.js";
import { ketPrinter } from "#src/model/print.js";
import { levelsSite, qubitSite, spinSite } from "#src/model/sites.js";

type Amplitudes = readonly (readonly [levels: readonly number[], amplitude: Complex])[];

/** Weighted sum of pure states over the kets that occur in them. */
function mixture(parts: readonly (readonly [weight: number, state: Amplitudes])[]): DensityMatrix {
  const kets = [
    ...new Map(parts.flatMap(([, state]) => state.map(([levels]) => [levels.join(), levels]))).values(),
  ];
  const n = kets.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  const place = (levels: readonly number[]): number => kets.findIndex((ket) => ket.join() === levels.join());
  for (const [weight, state] of parts) {
    for (const [row, [a, b]] of state) {
      for (const [column, [c, d]] of state) {
        const at = place(row) * n + place(column);
        re[at] = (re[at] ?? 0) + weight * (a * c + b * d);
        im[at] = (im[at] ?? 0) + weight * (b * c - a * d);
      }
    }
  }
  return { sites: (kets[0] ?? []).map((_, site) => site), kets, re, im };
}

const pureState = (state: Amplitudes): DensityMatrix => mixture([[1, state]]);
const real = (value: number): Complex => [value, 0];
const HALF = Math.SQRT1_2;

const PHI: Amplitudes = [
  [[0, 0], real(HALF)],
  [[1, 1], real(HALF)],
];
const PHI_MINUS: Amplitudes = [
  [[0, 0], real(HALF)],
  [[1, 1], real(-HALF)],
];
const PSI: Amplitudes = [
  [[0, 1], real(HALF)],
  [[1, 0], real(HALF)],
];
const PSI_MINUS: Amplitudes = [
  [[0, 1], real(HALF)],
  [[1, 0], real(-HALF)],
];

/** p |Psi-><Psi-| + (1 - p)/4 */
const werner = (p: number): DensityMatrix =>
  mixture([
    [(1 + 3 * p) / 4, PSI_MINUS],
    [(1 - p) / 4, PSI],
    [(1 - p) / 4, PHI],
    [(1 - p) / 4, PHI_MINUS],
  ]);

const bits = (...values: number[]): number =>
  values.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);

test.each([0, 0.2, 1 / 3, 0.5, 0.9, 1])("Werner state, p = %d", (p) => {
  const rho = werner(p);
  // partial transpose: (1 + p)/4 three times and (1 - 3p)/4
  expect(logNegativity(rho, [0])).toBeCloseTo(Math.log2(Math.max(1, (1 + 3 * p) / 2)), 12);
  expect(concurrence(rho, [0, 1])).toBeCloseTo(Math.max(0, (3 * p - 1) / 2), 12);
  expect(purity(rho)).toBeCloseTo((1 + 3 * p * p) / 4, 13);
  expect(entropy(rho)).toBeCloseTo(bits((1 + 3 * p) / 4, ...Array(3).fill((1 - p) / 4)), 12);
});

test.each([
  [0, 0],
  [1e-9, 0.3],
  [0.4, 1.1],
  [Math.PI / 4, -2],
  [1.3, 3],
])("cos a |00> + exp(ib) sin a |11>, a = %d, b = %d", (a, b) => {
  const rho = pureState([
    [[0, 0], real(Math.cos(a))],
    [
      [1, 1],
      [Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b)],
    ],
  ]);
  const sine = Math.abs(Math.sin(2 * a));
  expect(concurrence(rho, [0, 1])).toBeCloseTo(sine, 13);
  expect(logNegativity(rho, [1])).toBeCloseTo(Math.log2(1 + sine), 12);
  expect(entropy(partialTrace(rho, [1]))).toBeCloseTo(bits(Math.cos(a) ** 2, Math.sin(a) ** 2), 12);
  expect(purity(rho)).toBeCloseTo(1, 13);
});

test("two qutrits, maximally entangled with phases: log2 3", () => {
  const third = 1 / Math.sqrt(3);
  const rho = pureState([
    [[0, 2], real(third)],
    [
      [1, 0],
      [0, third],
    ],
    [
      [2, 1],
      [-third, 0],
    ],
  ]);
  expect(logNegativity(rho, [0])).toBeCloseTo(Math.log2(3), 12);
  expect(entropy(partialTrace(rho, [0]))).toBeCloseTo(Math.log2(3), 12);
});

test("W and GHZ states of N qubits", () => {
  for (const n of [3, 5, 8]) {
    const ones = Array.from({ length: n }, (_, j) => Array.from({ length: n }, (_, i) => (i === j ? 1 : 0)));
    const w = pureState(
      ones.map((levels, j) => [levels, [Math.cos(j) / Math.sqrt(n), Math.sin(j) / Math.sqrt(n)]]),
    );
    // a pair of a W state: 2/N of a Bell state beside 00
    const pair = partialTrace(w, [0, 2]);
    expect(concurrence(pair, [0, 2])).toBeCloseTo(2 / n, 12);
    expect(purity(pair)).toBeCloseTo((4 + (n - 2) ** 2) / n ** 2, 12);
    expect(logNegativity(w, [1])).toBeCloseTo(Math.log2(1 + (2 / n) * Math.sqrt(n - 1)), 12);
    const ghz = pureState([
      [Array(n).fill(0), real(HALF)],
      [Array(n).fill(1), real(HALF)],
    ]);
    expect(logNegativity(ghz, [0, 1])).toBeCloseTo(1, 12);
    expect(logNegativity(partialTrace(ghz, [0, 1]), [0])).toBeCloseTo(0, 12);
    expect(entropy(partialTrace(ghz, [0, 1]))).toBeCloseTo(1, 12);
  }
});

test("the measures of a model take their sites out of a larger density matrix", () => {
  const rho = pureState([
    [[1, 0, 0], real(HALF)],
    [[0, 0, 1], real(-HALF)],
  ]);
  const measure = (kind: "logNegativity" | "concurrence" | "purity" | "entropy", sides: number[][]) =>
    measureOf({ name: "m", kind, sides }, rho);
  expect(measure("concurrence", [[0], [2]])).toBeCloseTo(1, 12);
  expect(measure("logNegativity", [[0, 1], [2]])).toBeCloseTo(1, 12);
  expect(measure("concurrence", [[0], [1]])).toBe(0);
  expect(measure("purity", [])).toBeCloseTo(1, 13);
  expect(measure("purity", [[1, 2]])).toBeCloseTo(0.5, 13);
  expect(measure("entropy", [[2]])).toBeCloseTo(1, 12);
});

test("concurrence is continuous where the state is nearly separable", () => {
  // |00> with a little |11> mixed in, not superposed: separable at every strength
  for (const little of [1e-16, 1e-12, 1e-8, 1e-4]) {
    const rho = mixture([
      [1 - little, [[[0, 0], real(1)]]],
      [little, [[[1, 1], real(1)]]],
    ]);
    expect(concurrence(rho, [0, 1])).toBeLessThan(1e-12);
  }
});

test("eigenvalues of a complex Hermitian matrix: U diag U^+ with U the discrete Fourier transform", () => {
  const n = 24;
  const wanted = Array.from({ length: n }, (_, k) => Math.sin(3 * k) + k / 10);
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      wanted.forEach((value, k) => {
        const angle = (2 * Math.PI * k * (i - j)) / n;
        re[i * n + j] = (re[i * n + j] ?? 0) + (value * Math.cos(angle)) / n;
        im[i * n + j] = (im[i * n + j] ?? 0) + (value * Math.sin(angle)) / n;
      });
    }
  }
  const found = hermitianEigenvalues({ n, re, im }).sort((a, b) => a - b);
  wanted
    .sort((a, b) => a - b)
    .forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 12);
    });
});

test("a measure of a matrix that is too large is refused with its size, by the pattern alone", () => {
  const n = LARGEST_BLOCK + 1;
  // Neighbours are coupled, up to the last of them.
  const chain = (last: number): DensityMatrix => {
    const re = new Float64Array(n * n);
    for (let i = 0; i < n; i++) re[i * n + i] = 1;
    for (let i = 1; i <= last; i++) re[i * n + i - 1] = re[(i - 1) * n + i] = 1;
    return {
      sites: [0, 1],
      kets: Array.from({ length: n }, (_, k) => [0, k]),
      re,
      im: new Float64Array(n * n),
    };
  };
  const measure = (kind: Measure["kind"]): Measure => ({ name: "M", kind, sides: [[0], [1]] });
  for (const kind of ["entropy", "logNegativity"] as const) {
    const check = () => checkMeasure(measure(kind), chain(n - 1));
    expect(check).toThrow(SizeError);
    expect(check).toThrow(
      `measures.M: must need the eigenvalues of blocks of at most ${n - 1} x ${n - 1}, but needs ${n} x ${n}`,
    );
    checkMeasure(measure(kind), chain(n - 2));
  }
  checkMeasure(measure("purity"), chain(n - 1));
});

test("printed kets are read back", () => {
  const short = [qubitSite({ name: "q" }), levelsSite({ name: "A" }, ["g", "e"])];
  const long = [...short, spinSite({ name: "S" }, 0.5)];
  for (const [sites, kets] of [
    [
      short,
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      long,
      [
        [0, 1, 1],
        [1, 0, 0],
      ],
    ],
  ] as const) {
    expect(readKets(kets.map(ketPrinter(sites)), sites)).toEqual(kets);
  }
  expect(() => readKets(["0x"], short)).toThrow(RangeError);
});

test("denormal numbers count as zero: eigenvalues, log-negativity and concurrence go on", () => {
  for (const tiny of [5e-324, 1e-323, 1e-310, 1e-300, 1e-250]) {
    const n = 6;
    const re = new Float64Array(n * n).fill(tiny);
    re[0] = 1;
    const im = Float64Array.from(re, (_, e) => Math.sign((e % n) - Math.floor(e / n)) * -tiny);
    const sorted = hermitianEigenvalues({ n, re, im }).sort((a, b) => a - b);
    expect(sorted).toEqual([0, 0, 0, 0, 0, 1]);
    // A chain from denormal numbers up to 1, on which the library alone fails.
    const pair = { n: 2, re: Float64Array.of(tiny, tiny, tiny, 1), im: new Float64Array(4) };
    expect(hermitianEigenvalues(pair)).toEqual([0, 1]);
    // Nothing but denormal numbers.
    expect(hermitianEigenvalues({ n, re: re.map(() => tiny), im })).toEqual(new Array(n).fill(0));
    // |00> with the other levels on their way out, and coherences between all of them.
    const kets = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const decayed = { sites: [0, 1], kets, re: new Float64Array(16).fill(tiny), im: new Float64Array(16) };
    decayed.re[0] = 1;
    expect(logNegativity(decayed, [0])).toBeCloseTo(0, 14);
    expect(concurrence(decayed, [0, 1])).toBeCloseTo(0, 14);
    expect(entropy(decayed)).toBeCloseTo(0, 14);
  }
});
