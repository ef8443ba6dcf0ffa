// Emitters along a waveguide, by the exact solver, against closed forms and against what they must be equal to.
import { describe, expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { solveMaster } from "#src/master/solve.js";
import { largestDeviation } from "../support/compare-solved.js";
import { EVERYTHING, expectSameMeans, jumps, MIXED_UP, MOMENTS, model, TOLERANCE } from "./reservoirs.js";

describe("where all emitters act as one", () => {
  test.each([
    ["k d = 2 pi", "list(j, 1, 3, 2*pi*j)", "sum(sm(q))"],
    ["one place", "list(j, 1, 3, 0.7)", "sum(sm(q))"],
    ["k d = pi", "list(j, 1, 3, pi*j)", "sm(q1) - sm(q2) + sm(q3)"],
  ])("%s: both directions add up to the common reservoir", (_, kx, operator) => {
    const same = { initial: MIXED_UP, observables: EVERYTHING, hamiltonian: "0.4*n(q1) - 0.1*n(q3)" };
    const guided = solveMaster(
      model({ ...same, channels: `{ guide: { waveguide: q, kx: "${kx}", rate: 0.8 } }` }),
    );
    const common = solveMaster(model({ ...same, channels: `{ c: { rate: 0.8, operator: ${operator} } }` }));
    expectSameMeans(guided, common, [...MOMENTS, "H"]);
    expect(Math.abs(jumps(guided) - jumps(common))).toBeLessThan(TOLERANCE);
  });
});

/** exp(-x/2) L_(j-1)^(-1)(x), the amplitude of emitter j of a cascade, by the explicit sum of the polynomial. */
function cascade(j: number, x: number): number {
  if (j === 1) return Math.exp(-x / 2);
  const n = j - 1;
  let sum = 0;
  for (let m = 1; m <= n; m++) sum += (binomial(n - 1, n - m) * (-x) ** m) / factorial(m);
  return Math.exp(-x / 2) * sum;
}
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const binomial = (n: number, k: number): number => factorial(n) / (factorial(k) * factorial(n - k));

describe("a cascade", () => {
  /** Along the guide: q2, q4, q1, q3; the first and the last stand a little off any regular place. */
  const KX = [2.5, 0.2, 4.4, 1];
  const ORDER = [2, 4, 1, 3];

  test.each([
    ["right", 1, ORDER],
    ["left", -1, [...ORDER].reverse()],
  ] as const)(
    "to the %s: amplitudes exp(-gamma t/2) L(gamma t), with their phases",
    (direction, sign, order) => {
      const gamma = 0.9;
      const [first] = order;
      const others = order.map((site, k) => [`p${k + 1}`, `sp(q${first})*sm(q${site})`]);
      const system = model({
        sites: "{ q: { kind: qubit, count: 4 } }",
        channels: `{ guide: { waveguide: q, kx: [${KX}], rate: ${gamma}, chirality: ${sign} } }`,
        initial: `sp(q${first})*ground`,
        observables: JSON.stringify(Object.fromEntries([["n", "n(q)"], ...others])),
      });
      const phase = (site: number): number => sign * ((KX[site - 1] ?? 0) - (KX[(first ?? 1) - 1] ?? 0));
      const amplitude = (k: number, t: number): number => cascade(k + 1, gamma * t);
      const lost = (t: number): number => order.reduce((rest, _, k) => rest - amplitude(k, t) ** 2, 1);
      const solved = {
        name: direction,
        model: system,
        means: Object.fromEntries([
          ...order.map((site, k) => [`n${site}`, (t: number) => amplitude(k, t) ** 2] as const),
          ...order.map((site, k) => {
            const mean = (t: number): Complex => {
              const size = amplitude(0, t) * amplitude(k, t);
              return [size * Math.cos(phase(site)), size * Math.sin(phase(site))];
            };
            return [`p${k + 1}`, k === 0 ? (t: number) => mean(t)[0] : mean] as const;
          }),
        ]),
        jumps: {
          guide_R: sign > 0 ? lost : () => 0,
          guide_L: sign > 0 ? () => 0 : lost,
        },
      };
      const { where, size } = largestDeviation(solved, solveMaster(system));
      expect(size, where).toBeLessThan(TOLERANCE);
    },
  );

  test("nothing flows upstream, not even from an emitter that is driven", () => {
    const guide = `guide: { waveguide: q, kx: [${KX}], rate: 1, chirality: 1 }`;
    const sites = "{ q: { kind: qubit, count: 4 } }";
    const [still, driven] = ["0", "0.7*sx(q1)"].map((hamiltonian) =>
      solveMaster(
        model({
          sites,
          hamiltonian,
          channels: `{ ${guide} }`,
          initial: "(1 + sp(q2))*(1 + 0.5i*sp(q4))*ground",
          observables: "{ n: n(q), p24: sp(q2)*sm(q4), s: sm(q) }",
        }),
      ),
    );
    if (still === undefined || driven === undefined) throw new Error("two results");
    expectSameMeans(driven, still, ["n2", "n4", "p24", "s2", "s4"]);
    expect(Math.max(...(driven.observables.n3?.mean ?? []))).toBeGreaterThan(0.1);
    expect(Math.max(...(still.observables.n1?.mean ?? []))).toBeGreaterThan(0.1);
  });

  test("from the last emitter, those before it stay exactly empty", () => {
    const result = solveMaster(
      model({
        sites: "{ q: { kind: qubit, count: 4 } }",
        channels: `{ guide: { waveguide: q, kx: [${KX}], rate: 1, chirality: 1 } }`,
        initial: "sp(q3)*ground",
        observables: "{ n: n(q) }",
      }),
    );
    for (const name of ["n1", "n2", "n4"]) {
      expect(result.observables[name]?.mean.every((mean) => mean === 0)).toBe(true);
    }
  });
});

describe("two emitters at any distance and bias", () => {
  /**
   * One excitation: b1' = -gamma/2 b1 - gamma_L u b2, b2' = -gamma/2 b2 - gamma_R u b1, u = exp(i k d). From b1 = 1:
   * b1 = exp(-gamma t/2) cosh(w t), b2 = -(gamma_R u / w) exp(-gamma t/2) sinh(w t), w = u sqrt(gamma_R gamma_L).
   */
  test.each([
    [0.5, 0.5, 0.3],
    [0.5, 0.5, Math.PI / 2],
    [0.7, 0.2, 1.1],
    [0.2, 0.7, 4],
    [1, 1e-3, 2],
  ])("gamma_R %d, gamma_L %d, k d %d", (right, left, kd) => {
    const system = model({
      sites: "{ q: { kind: qubit, count: 2 } }",
      channels: `{ guide: { waveguide: q, x: [1, ${1 + kd / 2}], k: 2, right: ${right}, left: ${left} } }`,
      initial: "sp(q1)*ground",
      observables: "{ n: n(q) }",
    });
    const root = Math.sqrt(right * left);
    const size = (t: number, sign: number): number => {
      const [re, im] = [root * Math.cos(kd) * t, root * Math.sin(kd) * t];
      // |cosh z|^2 or |sinh z|^2
      return (Math.cosh(2 * re) + sign * Math.cos(2 * im)) / 2;
    };
    const decay = (t: number): number => Math.exp(-(right + left) * t);
    const solved = {
      name: "two emitters",
      model: system,
      means: {
        n1: (t: number) => decay(t) * size(t, 1),
        n2: (t: number) => (right / left) * decay(t) * size(t, -1),
      },
      jumps: {},
    };
    const { where, size: deviation } = largestDeviation(solved, solveMaster(system));
    expect(deviation, where).toBeLessThan(TOLERANCE);
  });

  test("a chain at equal rates is its dipole-dipole exchange with the decay matrix gamma cos(k d)", () => {
    const kx = [0.3, 2.9, 1.7];
    const same = { initial: MIXED_UP, observables: EVERYTHING };
    const guided = solveMaster(
      model({ ...same, channels: `{ g: { waveguide: q, kx: [${kx}], rate: 0.6 } }` }),
    );
    const pairs = [
      [1, 2],
      [1, 3],
      [2, 3],
    ] as const;
    const at = (j: number): number => kx[j - 1] ?? 0;
    const exchange = pairs.map(
      ([j, l]) => `0.3*sin(${Math.abs(at(j) - at(l))})*(sp(q${j})*sm(q${l}) + sp(q${l})*sm(q${j}))`,
    );
    const rows = kx.map((x) => `[${kx.map((y) => `0.6*cos(${x} - ${y})`)}]`);
    const matrix = solveMaster(
      model({
        ...same,
        hamiltonian: exchange.join(" + "),
        channels: `{ d: { matrix: [${rows}], operators: sm(q) } }`,
      }),
    );
    expect(Object.keys(matrix.channels)).toEqual(["d1", "d2"]);
    expectSameMeans(guided, matrix, [...MOMENTS, "H"]);
    expect(Math.abs(jumps(guided) - jumps(matrix))).toBeLessThan(TOLERANCE);
  });

  test.each([
    [0.3, 0.3],
    [0.5, 0.2],
    [0, 0.6],
  ])("a chain with the rates %d and %d is its exchange with a Hermitian decay matrix", (right, left) => {
    const kx = [0.3, 2.9, 1.7];
    const same = { initial: MIXED_UP, observables: EVERYTHING };
    const channels = `{ g: { waveguide: q, kx: [${kx}], right: ${right}, left: ${left} } }`;
    const guided = solveMaster(model({ ...same, channels }));
    const downstream = [
      [2, 1],
      [3, 1],
      [2, 3],
    ] as const;
    const half = downstream.map(([j, l]) => {
      const flows = `(${right}*sp(q${j})*sm(q${l}) + ${left}*sp(q${l})*sm(q${j}))`;
      return `-i/2*exp(i*(${kx[j - 1]} - ${kx[l - 1]}))*${flows}`;
    });
    const rows = kx.map(
      (x) => `[${kx.map((y) => `${right}*exp(-i*(${x} - ${y})) + ${left}*exp(i*(${x} - ${y}))`)}]`,
    );
    const matrix = solveMaster(
      model({
        ...same,
        hamiltonian: `${half.join(" + ")} + dag(${half.join(" + ")})`,
        channels: `{ d: { matrix: [${rows}], operators: sm(q) } }`,
      }),
    );
    expectSameMeans(guided, matrix, [...MOMENTS, "H"]);
    expect(Math.abs(jumps(guided) - jumps(matrix))).toBeLessThan(TOLERANCE);
  });
});

describe("one atom at two places", () => {
  test("decays at 2 gamma (1 + cos kd) and is shifted by gamma sin kd", () => {
    const [gamma, kd] = [0.4, 1.2];
    const system = model({
      sites: "{ q: qubit }",
      channels: `{ guide: { waveguide: [q, q], kx: [0, ${kd}], rate: ${gamma} } }`,
      initial: "ground + sp(q)*ground",
      observables: "{ n: n(q), s: sm(q) }",
    });
    const rate = 2 * gamma * (1 + Math.cos(kd));
    const shift = gamma * Math.sin(kd);
    const solved = {
      name: "giant atom",
      model: system,
      means: {
        n: (t: number) => Math.exp(-rate * t) / 2,
        s: (t: number): Complex => {
          const size = Math.exp((-rate * t) / 2) / 2;
          return [size * Math.cos(shift * t), -size * Math.sin(shift * t)];
        },
      },
      jumps: {},
    };
    const { where, size } = largestDeviation(solved, solveMaster(system));
    expect(size, where).toBeLessThan(TOLERANCE);
  });
});

test("driven, detuned pairs along a chiral guide end in a pure dark state", () => {
  // Pichler, Ramos, Daley, Zoller (2015): |00> + alpha |S> for opposite detunings at k d = 2 pi n, whatever the bias > 0.
  const result = solveMaster(
    model({
      sites: "{ q: { kind: qubit, count: 2 } }",
      hamiltonian: "0.4*sum(sx(q)) + 0.3*n(q1) - 0.3*n(q2)",
      channels: "{ guide: { waveguide: q, kx: [0, 2*pi], rate: 1, chirality: 0.6 } }",
      initial: "ground",
      observables: "{ n: n(q) }",
      measures: "{ P: purity() }",
      times: "[0, 5, 400]",
    }),
  );
  const [start, during, end] = result.measures.P?.mean ?? [];
  expect(start).toBeCloseTo(1, 12);
  expect(during).toBeLessThan(0.9);
  expect(end).toBeCloseTo(1, 9);
  expect(result.observables.n1?.mean.at(-1)).toBeGreaterThan(0.1);
});
