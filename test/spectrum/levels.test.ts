import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model } from "#src/model/model.js";
import type { KetSuperposition } from "#src/spectrum/kets.js";
import type { Level } from "#src/spectrum/levels.js";
import { computeSpectrum } from "#src/spectrum/spectrum.js";
import { effectiveHamiltonian } from "../support/full-space.ts";
import { randomModel, SMALL } from "../support/random-models.ts";
import { qubits, spectrumOf } from "./support.ts";

/** Accuracy promised for eigenvalues, relative to ||H_eff||. */
const ACCURACY = 1e-12;

/** [energy, rate, class, multiplicity] of all levels. */
const table = (levels: readonly Level[]): [number, number, string, number][] =>
  levels.map((level) => [level.energy, level.rate, level.class, level.multiplicity]);

function expectLevels(found: readonly Level[], expected: readonly [number, number, string, number][]): void {
  expect(table(found).map(([, , kind, count]) => [kind, count])).toEqual(
    expected.map(([, , kind, count]) => [kind, count]),
  );
  found.forEach(({ energy, rate }, i) => {
    expect(energy).toBeCloseTo(expected[i]?.[0] ?? Number.NaN, 12);
    expect(rate).toBeCloseTo(expected[i]?.[1] ?? Number.NaN, 12);
  });
}

describe("closed forms", () => {
  test("Eq. 3: 0; omega; omega - 2i kappa; 2 omega - 2i kappa", () => {
    const kappa = 0.001;
    const { sectors } = spectrumOf(
      qubits(2, 'ket("11")', { channels: `c: { rate: ${2 * kappa}, operator: sum(sm(q)) }` }),
    );
    expect(sectors.map(({ dimension }) => dimension)).toEqual([1, 2, 1]);
    expectLevels(sectors[0]?.levels ?? [], [[2, 4 * kappa, "independent", 1]]);
    expectLevels(sectors[1]?.levels ?? [], [
      [1, 0, "dark", 1],
      [1, 4 * kappa, "superradiant", 1],
    ]);
    expectLevels(sectors[2]?.levels ?? [], [[0, 0, "stable", 1]]);
    const states = sectors.flatMap(({ levels }) => levels.flatMap((level) => level.states));
    expect(states.map(({ text }) => text)).toEqual([
      "|11>",
      "(|10> - |01>)/sqrt2",
      "(|10> + |01>)/sqrt2",
      "|00>",
    ]);
    // exactly 0, not nearly
    expect(sectors[1]?.levels[0]?.rate).toBe(0);
  });

  test.each([0.3, 1.7, 2.5, 40])("two detuned qubits, delta = %f kappa", (delta) => {
    const { sectors } = spectrumOf(
      qubits(2, 'ket("10")', { hamiltonian: "n(q1) + (1 + d)*n(q2)", parameters: `d: ${delta}` }),
    );
    // omega + delta/2 - i kappa +- sqrt((delta/2)^2 - kappa^2)
    const root = (delta / 2) ** 2 - 1;
    const size = Math.sqrt(Math.abs(root));
    const expected: [number, number, string, number][] =
      root < 0
        ? [
            [1 + delta / 2, 2 - 2 * size, "subradiant", 1],
            [1 + delta / 2, 2 + 2 * size, "superradiant", 1],
          ]
        : [
            [1 + delta / 2 - size, 2, "independent", 1],
            [1 + delta / 2 + size, 2, "independent", 1],
          ];
    const found = [...(sectors[0]?.levels ?? [])].sort((a, b) => a.rate - b.rate || a.energy - b.energy);
    if (root > 0) found.sort((a, b) => a.energy - b.energy);
    expectLevels(found, expected);
  });

  test.each(["", "own: { rate: 0.1, each: sm(q) }"])(
    "the exceptional point at delta = 2 kappa, %s",
    (own) => {
      const { sectors, remarks } = spectrumOf(
        qubits(2, 'ket("10")', {
          hamiltonian: "n(q1) + 3*n(q2)",
          channels: `common: { rate: 2, operator: sum(sm(q)) }${own === "" ? "" : `, ${own}`}`,
        }),
      );
      const [level] = sectors[0]?.levels ?? [];
      expect(level).toMatchObject({ multiplicity: 2, jordan: [2], class: "independent", states: [] });
      expect(level?.energy).toBeCloseTo(2, 13);
      expect(level?.rate).toBeCloseTo(own === "" ? 2 : 2.1, 13);
      expect(remarks).toEqual([
        `sector 1, energy 2, rate ${own === "" ? "2" : "2.1"}: exceptional point, 2 eigenvalues of H_eff coalesce ` +
          "and so do their eigenvectors: H_eff is defective, with a Jordan block of size 2",
      ]);
    },
  );

  test("beside the exceptional point there are two levels, and the remark says how nearly parallel they are", () => {
    const { sectors, remarks } = spectrumOf(
      qubits(2, 'ket("10")', { hamiltonian: "n(q1) + (3 + 1e-10)*n(q2)" }),
    );
    expect(sectors[0]?.levels.map(({ multiplicity }) => multiplicity)).toEqual([1, 1]);
    expect(remarks.join()).toContain("nearly parallel");
  });

  test.each([3, 7, 30])("%i qubits with phases, own losses", (n) => {
    const channels =
      "common: { rate: 2, operator: sum(exp(i*phi) .* sm(q)) }, own: { rate: 0.3, each: sm(q) }";
    const parameters = 'phi: "list(j, 1, N, 0.4*j^2)"';
    const { sectors } = spectrumOf(qubits(n, "sp(q1)*ground", { channels, parameters }));
    expectLevels(sectors[0]?.levels ?? [], [
      [1, 0.3, "subradiant", n - 1],
      [1, 0.3 + 2 * n, "superradiant", 1],
    ]);
    for (const level of sectors[0]?.levels ?? []) expect(level.independentRate).toBeCloseTo(2.3, 12);
  });

  test("k excitations of 6 qubits: spin J decays at rate (J + M)(J - M + 1), with the multiplicity of J", () => {
    const { sectors } = spectrumOf(qubits(6, 'ket("111000")'));
    sectors.forEach(({ levels }, s) => {
      const k = 3 - s;
      const m = k - 3;
      const expected = [3, 2, 1, 0]
        .filter((j) => j >= Math.abs(m))
        .map((j) => [2 * (j + m) * (j - m + 1), binomial(6, 3 - j) - binomial(6, 2 - j)]);
      const found = levels.map(({ rate, multiplicity }) => [Math.round(rate * 1e9) / 1e9, multiplicity]);
      expect(found).toEqual(expected.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)));
      for (const level of levels) expect(level.independentRate).toBeCloseTo(2 * k, 12);
    });
  });

  const binomial = (n: number, k: number): number =>
    k < 0 ? 0 : k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;

  test.each([2, 5, 24])("a chiral cascade of %i emitters: all eigenvalues equal, one Jordan block", (n) => {
    const { sectors } = spectrumOf(cascade(n, "n(q[j])"));
    const [level, ...others] = sectors[0]?.levels ?? [];
    expect(others).toEqual([]);
    expect(level).toMatchObject({ multiplicity: n, jordan: [n], energy: 1 });
    expect(level?.rate).toBeCloseTo(2, 12);
  });

  test("a chiral cascade of two kinds of emitters: one Jordan block for each energy", () => {
    const { sectors } = spectrumOf(cascade(8, "mod(j, 2)*n(q[j])"));
    expect(sectors[0]?.levels.map(({ energy, jordan }) => [energy, jordan])).toEqual([
      [0, [4]],
      [1, [4]],
    ]);
  });

  /** Emitters that drive only those further on, H = -(i/2) rate sum_{j > k} (sp_j sm_k - sp_k sm_j). */
  const cascade = (n: number, energy: string): string =>
    qubits(n, "sp(q1)*ground", {
      hamiltonian: `sum(j, 1, N, ${energy}) - i*sum(j, 1, N, sum(k, 1, j - 1, sp(q[j])*sm(q[k]) - sp(q[k])*sm(q[j])))`,
    });
});

describe("dark and stable states", () => {
  test("an emitter that is decoupled is stable, not dark", () => {
    const { sectors } = spectrumOf(qubits(2, 'ket("11")', { channels: "c: { rate: 2, operator: sm(q1) }" }));
    const classes = sectors.map(({ levels }) => levels.map((level) => level.class));
    expect(classes).toEqual([["independent"], ["stable"]]);
  });

  test("dark states need the Hamiltonian too: exchange keeps Psi-, an energy of its own does not", () => {
    const kinds = (hamiltonian: string): string[] =>
      (spectrumOf(qubits(2, 'ket("10")', { hamiltonian })).sectors[0]?.levels ?? []).map(
        (level) => level.class,
      );
    expect(kinds("sp(q1)*sm(q2) + sp(q2)*sm(q1)")).toEqual(["dark", "superradiant"]);
    expect(kinds("1e-6*n(q1)")).toEqual(["subradiant", "superradiant"]);
    // equal but for rounding, at an optical frequency
    expect(kinds("1e15*n(q1) + (0.1 + 0.2)/0.3*1e15*n(q2)")).toEqual(["dark", "superradiant"]);
  });

  test("rates of very different size are kept apart from 0", () => {
    const channels = "common: { rate: 1, operator: sum(sm(q)) }, weak: { rate: 1e-13, operator: sm(q1) }";
    const [slow, fast] = spectrumOf(qubits(2, 'ket("10")', { channels })).sectors[0]?.levels ?? [];
    expect(slow?.class).toBe("subradiant");
    expect((slow?.rate ?? 0) / 0.5e-13).toBeCloseTo(1, 3);
    expect(fast?.rate).toBeCloseTo(2, 12);
  });

  test("several channels: what one leaves dark another may not", () => {
    const channels = "a: { rate: 1, operator: sm(q1) + sm(q2) }, b: { rate: 1, operator: sm(q2) + sm(q3) }";
    const levels = spectrumOf(qubits(3, 'ket("100")', { channels })).sectors[0]?.levels ?? [];
    // (|100> - |001>)/sqrt2 decays through q1 alone into a and q3 alone into b
    expect(levels.map((level) => level.class)).toEqual(["dark", "independent", "superradiant"]);
    expect(levels[0]?.states[0]?.text).toBe("(|100> - |010> + |001>)/sqrt3");
    expect(levels.map(({ rate }) => Math.round(rate * 1e12) / 1e12)).toEqual([0, 1, 3]);
  });

  test("a dark state of a drive: |1> - (Omega_1/Omega_2)|2>", () => {
    const { sectors } = spectrumOf(LAMBDA);
    expect(sectors[0]?.levels[0]).toMatchObject({ class: "dark", multiplicity: 1 });
    expect(sectors[0]?.levels[0]?.states[0]?.text).toBe("(2|b> - |a>)/sqrt5");
  });

  const LAMBDA = `
sites: { A: { levels: [a, b, e] } }
hamiltonian: transition(A, e, a) + transition(A, a, e) + 0.5*(transition(A, e, b) + transition(A, b, e))
channels: { a: { rate: 1, operator: "transition(A, a, e)" }, b: { rate: 0.3, operator: "transition(A, b, e)" } }
initial: ket(a)
times: [0, 1]
`.replace(/hamiltonian: (.*)/, 'hamiltonian: "$1"');
});

describe("random models against a naive H_eff", () => {
  test("traces, eigenvectors, dark states", () => {
    fc.assert(
      fc.property(randomModel({ ...SMALL, maxDimension: 12 }), (model) => {
        checkAgainstNaive(model);
      }),
      { numRuns: 20, seed: 11 },
    );
  });

  function checkAgainstNaive(model: Model): void {
    const spectrum = computeSpectrum({ ...model, measures: [], observables: [], density: "none" });
    const { n, re, im } = effectiveHamiltonian(model);
    let scale = 0;
    for (let e = 0; e < re.length; e++) scale += (re[e] ?? 0) ** 2 + (im[e] ?? 0) ** 2;
    scale = Math.sqrt(scale);
    const place = new Map(allKets(model).map((ket, k) => [ket, k]));
    for (const { kets, levels } of spectrum.sectors) {
      const members = kets.map((ket) => place.get(ket) ?? Number.NaN);
      // Tr and Tr of the square, over the sector
      let [t1, t2] = [
        [0, 0],
        [0, 0],
      ] as [[number, number], [number, number]];
      for (const i of members) {
        t1 = [t1[0] + (re[i * n + i] ?? 0), t1[1] + (im[i * n + i] ?? 0)];
        for (const j of members) {
          const [a, b, c, d] = [re[i * n + j], im[i * n + j], re[j * n + i], im[j * n + i]] as [
            number,
            number,
            number,
            number,
          ];
          t2 = [t2[0] + a * c - b * d, t2[1] + a * d + b * c];
        }
      }
      const sum = (power: (x: number, y: number) => [number, number]): [number, number] =>
        levels.reduce<[number, number]>(
          (total, { energy, rate, multiplicity }) => {
            const [x, y] = power(energy, -rate / 2);
            return [total[0] + multiplicity * x, total[1] + multiplicity * y];
          },
          [0, 0],
        );
      const s1 = sum((x, y) => [x, y]);
      const s2 = sum((x, y) => [x * x - y * y, 2 * x * y]);
      expect(Math.hypot(s1[0] - t1[0], s1[1] - t1[1])).toBeLessThanOrEqual(ACCURACY * n * scale);
      expect(Math.hypot(s2[0] - t2[0], s2[1] - t2[1])).toBeLessThanOrEqual(ACCURACY * n * scale * scale);
      for (const level of levels) {
        for (const state of level.states) {
          const residual = residualOf(state, level, { n, re, im }, place);
          expect(residual).toBeLessThanOrEqual(ACCURACY * n * scale * level.condition);
        }
      }
    }
  }

  function residualOf(
    state: KetSuperposition,
    { energy, rate }: Level,
    { n, re, im }: { n: number; re: Float64Array; im: Float64Array },
    place: ReadonlyMap<string, number>,
  ): number {
    const [x, y] = [new Float64Array(n), new Float64Array(n)];
    state.kets.forEach((ket, k) => {
      x[place.get(ket) ?? -1] = state.re[k] ?? 0;
      y[place.get(ket) ?? -1] = state.im[k] ?? 0;
    });
    let residual = 0;
    for (let i = 0; i < n; i++) {
      let [a, b] = [0, 0];
      for (let j = 0; j < n; j++) {
        const [p, q, c, d] = [re[i * n + j], im[i * n + j], x[j], y[j]] as [number, number, number, number];
        a += p * c - q * d;
        b += p * d + q * c;
      }
      const [c, d] = [x[i] ?? 0, y[i] ?? 0];
      residual += (a - energy * c - (rate / 2) * d) ** 2 + (b - energy * d + (rate / 2) * c) ** 2;
    }
    return Math.sqrt(residual);
  }

  /** Printed kets of the whole product space, in tensor order. */
  function allKets({ sites }: Model): string[] {
    const short = sites.every(({ labels }) => labels.every((label) => label.length === 1));
    return sites
      .reduce<string[][]>(
        (kets, { labels }) => kets.flatMap((ket) => labels.map((label) => [...ket, label])),
        [[]],
      )
      .map((ket) => ket.join(short ? "" : ","));
  }
});

test("a sector that is too large is refused with its size, and the others are still listed", () => {
  const { sectors, notes, mixture } = spectrumOf(
    qubits(1001, "sp(q1)*ground", {
      channels: "common: { rate: 2, operator: sum(sm(q)) }",
    }),
  );
  expect(sectors.map(({ refused, levels }) => [refused, levels.length])).toEqual([
    [true, 0],
    [false, 1],
  ]);
  expect(notes[0]).toBe("sector 1 must have at most 1000 dimensions for its eigenvalues, but has 1001");
  expect(mixture).toBeNull();
});
