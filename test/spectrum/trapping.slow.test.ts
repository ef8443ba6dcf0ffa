import { describe, expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { projector } from "#src/model/algebra.js";
import type { KetSuperposition } from "#src/spectrum/kets.js";
import { computeSpectrum } from "#src/spectrum/spectrum.js";
import type { Fate } from "#src/spectrum/trapping.js";
import { read } from "../support/read.ts";
import { uniform } from "../support/uniform.ts";
import { asState, qubits, spectrumOf } from "./support.ts";

const fateOf = (text: string): Fate => {
  const { mixture, notes } = spectrumOf(text);
  expect(notes).toEqual([]);
  if (mixture === null) throw new Error("the fate must have been computed");
  return mixture;
};
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

describe("closed forms", () => {
  test.each([
    ['ket("10")', 1 / 2, "(|10> - |01>)/sqrt2"],
    ['ket("11")', 0, null],
    ['ket("10") - ket("01")', 1, "(|10> - |01>)/sqrt2"],
    ['ket("10") + ket("01")', 0, null],
    ['ket("00")', 0, null],
  ])("two qubits from %s", (initial, dark, state) => {
    const fate = fateOf(qubits(2, initial));
    expect(fate.dark).toBeCloseTo(dark, 13);
    expect(fate.stable).toBeCloseTo(1 - dark, 13);
    expect(fate.elsewhere).toBe(0);
    expect(fate.remaining?.states.map((one) => one.state.text) ?? null).toEqual(
      state === null ? null : [state],
    );
  });

  test.each(["100", "011"])("three qubits from %s: 2/3 in Psi2", (ket) => {
    const fate = fateOf(qubits(3, `ket("${ket}")`));
    expect(fate.dark).toBeCloseTo(2 / 3, 13);
    expect(fate.remaining?.purity).toBeCloseTo(1, 12);
    expect(fate.remaining?.states.map(({ state }) => state.text)).toEqual(["(2|100> - |010> - |001>)/sqrt6"]);
  });

  test.each([2, 5, 40])("one excited of %i qubits with phases: (N - 1)/N", (n) => {
    const fate = fateOf(
      qubits(n, "sp(q1)*ground", {
        channels: "common: { rate: 2, operator: sum(exp(i*phi) .* sm(q)) }",
        parameters: 'phi: "list(j, 1, N, j^2)"',
      }),
    );
    expect(fate.dark).toBeCloseTo((n - 1) / n, 12);
    expect(fate.remaining?.purity).toBeCloseTo(1, 11);
  });

  test.each([
    [4, 2],
    [5, 2],
    [6, 3],
    [6, 4],
    [7, 3],
  ])("%i qubits, %#: k = %i excited: the weights of the total spin", (n, k) => {
    const fate = fateOf(qubits(n, `"prod(j, 1, ${k}, sp(q[j]))*ground"`));
    // (2J+1) (2a)! (2b)! / ((a+b+J+1)! (a+b-J)!): J = N/2 ends in the ground state, all else is trapped
    const weight = (j: number): number =>
      ((2 * j + 1) * factorial(k) * factorial(n - k)) / (factorial(n / 2 + j + 1) * factorial(n / 2 - j));
    expect(fate.dark).toBeCloseTo(1 - weight(n / 2), 12);
    // each J ends in a pure state of its own
    const spins = Array.from({ length: Math.floor(n / 2) + 1 }, (_, i) => n / 2 - i);
    const trapped = spins.filter((j) => j < n / 2 && j >= Math.abs(k - n / 2)).map(weight);
    const expected = trapped.map((w) => w / fate.dark).sort((a, b) => b - a);
    const weights = fate.remaining?.states.map((one) => one.weight) ?? [];
    expect(weights).toHaveLength(expected.length);
    for (const [i, w] of weights.entries()) expect(w).toBeCloseTo(expected[i] ?? 0, 11);
    expect(fate.remaining?.purity).toBeCloseTo(
      expected.reduce((sum, w) => sum + w * w, 0),
      11,
    );
  });

  test("a product mixture: (a d + b c)/2, not zero at equal excitation", () => {
    const [b, d] = [0.3, 0.8];
    const [a, c] = [1 - b, 1 - d];
    const mixture = (w: number[]): string =>
      `[${["00", "01", "10", "11"].map((ket, i) => `{ weight: ${w[i]}, state: 'ket("${ket}")' }`).join(", ")}]`;
    const { initial, mixture: whole } = spectrumOf(qubits(2, mixture([a * c, a * d, b * c, b * d])));
    expect(whole?.dark).toBeCloseTo((a * d + b * c) / 2, 13);
    expect(initial.map(({ state, fate }) => [state, Math.round((fate?.dark ?? 2) * 1e12) / 1e12])).toEqual([
      ["|00>", 0],
      ["|01>", 0.5],
      ["|10>", 0.5],
      ["|11>", 0],
    ]);
    expect(fateOf(qubits(2, mixture([0.25, 0.25, 0.25, 0.25]))).dark).toBeCloseTo(1 / 4, 13);
  });

  test.each([
    ["own loss", { channels: "c: { rate: 2, operator: sum(sm(q)) }, own: { rate: 1e-3, each: sm(q) }" }],
    ["detuning", { hamiltonian: "n(q1) + 1.001*n(q2)" }],
  ])("%s: nothing stays", (_, lines) => {
    expect(fateOf(qubits(2, 'ket("10")', lines))).toMatchObject({ dark: 0, stable: 1, elsewhere: 0 });
  });

  test("the mixture of a dark and another dark state is mixed, their superposition is pure and turns", () => {
    const four = (initial: string): Fate => fateOf(qubits(4, initial));
    const one = '(ket("1000") - ket("0100"))';
    const two = '(ket("1001") - ket("0101") - ket("1010") + ket("0110"))';
    const pure = four(`${one}/sqrt(2) + ${two}/2`);
    expect(pure.dark).toBeCloseTo(1, 12);
    expect(pure.remaining).toMatchObject({ turning: true });
    expect(pure.remaining?.purity).toBeCloseTo(1, 12);
    const mixed = four(`[{ weight: 1, state: '${one}' }, { weight: 1, state: '${two}' }]`);
    expect(mixed.remaining).toMatchObject({ turning: false });
    expect(mixed.remaining?.purity).toBeCloseTo(1 / 2, 12);
  });
});

describe("jumps that lead back", () => {
  const lambda = (initial: string, energy = 0, decay = 0): string => `
sites: { A: { levels: [a, b, e, out] } }
hamiltonian:
  - "transition(A, e, a) + transition(A, a, e) + 0.5*(transition(A, e, b) + transition(A, b, e))"
  - "${energy}*transition(A, b, b)"
channels:
  a: { rate: 1, operator: "transition(A, a, e)" }
  b: { rate: 0.3, operator: "transition(A, b, e)" }
  lost: { rate: ${decay}, operator: "transition(A, out, e)" }
initial: ${initial}
times: [0, 1]
`;

  test.each(["ket(a)", "ket(e)", "ket(a) + 2*ket(b)"])(
    "a Lambda system is pumped into its dark state from %s",
    (start) => {
      const fate = fateOf(lambda(start));
      expect(fate.dark).toBeCloseTo(1, 11);
      expect(fate.remaining?.states.map(({ state }) => state.text)).toEqual(["(2|b> - |a>)/sqrt5"]);
    },
  );

  test("with a detuning it goes on emitting for ever", () => {
    expect(fateOf(lambda("ket(a)", 0.01))).toMatchObject({ dark: 0, stable: 0, elsewhere: 1 });
  });

  test("with a loss the three probabilities are those of the master equation", () => {
    const text = lambda("ket(a)", 0, 0.7);
    const fate = fateOf(text);
    const observables =
      'observables: { dark: "projector(2*ket(b) - ket(a))", out: "transition(A, out, out)" }';
    const exact = solveMaster(read(`${text.replace("[0, 1]", "[0, 400]")}${observables}`));
    expect(fate.dark).toBeCloseTo(exact.observables.dark?.mean.at(-1) ?? 0, 10);
    expect(fate.stable).toBeCloseTo(exact.observables.out?.mean.at(-1) ?? 0, 10);
    expect(fate.dark + fate.stable).toBeCloseTo(1, 10);
  });

  test("two enclosures: what starts in the one that has no dark state stays out of the other", () => {
    // A Lambda system whose laser can be on another transition: the branch c - f has no dark state.
    const text = `
sites: { A: { levels: [a, b, e, c, f, s] } }
hamiltonian:
  - "transition(A, e, a) + transition(A, a, e) + transition(A, e, b) + transition(A, b, e)"
  - "transition(A, f, c) + transition(A, c, f)"
channels:
  a: { rate: 1, operator: "transition(A, a, e)" }
  c: { rate: 1, operator: "transition(A, c, f)" }
  left: { rate: 0.4, operator: "transition(A, a, s)" }
  right: { rate: 1.2, operator: "transition(A, c, s)" }
initial: ket(s)
times: [0, 1]
`;
    const fate = fateOf(text);
    expect(fate.dark).toBeCloseTo(1 / 4, 11);
    expect(fate.elsewhere).toBeCloseTo(3 / 4, 11);
    expect(fate.stable).toBe(0);
  });

  test("a weak pump: a slow way to the dark state is as certain", () => {
    const fate = fateOf(
      lambda("ket(a)").replaceAll(
        "transition(A, e, a) + transition(A, a, e)",
        "1e-4*(transition(A, e, a) + transition(A, a, e))",
      ),
    );
    expect(fate.dark).toBeCloseTo(1, 9);
  });
});

describe("against the master equation at long times", () => {
  test.each(["a", "b", "c", "d", "e", "f"])("qubits with random couplings to two reservoirs, %s", (seed) => {
    const random = uniform(seed);
    const number = (): string => `(${(2 * random() - 1).toFixed(3)} + ${(2 * random() - 1).toFixed(3)}i)`;
    const n = 4;
    const coupling = (): string =>
      Array.from({ length: n }, (_, j) => `${number()}*sm(q${j + 1})`).join(" + ");
    const two = random() < 0.5;
    const channels = `c1: { rate: 1, operator: "${coupling()}" }${two ? `, c2: { rate: 0.5, operator: "${coupling()}" }` : ""}`;
    const initial = `${number()}*ket("1100") + ${number()}*ket("0110") + ${number()}*ket("1000") + ${number()}*ket("0000") + ${number()}*ket("0111")`;
    compare(qubits(n, initial, { channels }));
  });

  test("all-to-all exchange: dark states of different energies that jumps feed coherently", () => {
    const hamiltonian = "0.3*sum(n(q)) + 0.7*sum(sp(q))*sum(sm(q)) + 0.2*n(q1)*n(q2) + 0.2*n(q3)*n(q4)";
    const initial = 'ket("1110") + ket("1100") - i*ket("0011") + ket("1000") + ket("0100")';
    for (const h of [hamiltonian, "0.3*sum(n(q)) + 0.7*sum(sp(q))*sum(sm(q))"]) {
      // sooner than elsewhere: rounding in the master equation grows with ||H|| t
      compare(qubits(4, initial, { hamiltonian: h }), 3000);
    }
  });

  test("coherences off resonance: a jump into two dark states of different energy", () => {
    // e falls at once into both dark pairs, whose energies differ by d: |rho_12| = rate/|2 rate + i d| each
    const text = (d: number): string => `
sites: { A: { levels: [g, e, a1, a2, b1, b2] } }
hamiltonian: "${d}*(transition(A, b1, b1) + transition(A, b2, b2))"
channels:
  fall: { rate: 1, operator: "transition(A, a1, e) - transition(A, a2, e) + transition(A, b1, e) - transition(A, b2, e)" }
  a: { rate: 1, operator: "transition(A, g, a1) + transition(A, g, a2)" }
  b: { rate: 1, operator: "transition(A, g, b1) + transition(A, g, b2)" }
initial: ket(e)
times: [0, 1]
`;
    // total decay rate 4, half into each pair: rho_12 = 2/(4 - i d), so the purity is 1/2 + 2 |rho_12|^2
    for (const d of [0, 0.5, 3]) {
      const { dark, remaining } = fateOf(text(d));
      expect(dark).toBeCloseTo(1, 12);
      expect(remaining?.purity).toBeCloseTo(1 / 2 + 8 / (16 + d * d), 12);
      expect(remaining?.turning).toBe(d !== 0);
    }
    compare(text(0.5));
  });

  test("collective spins, a squeezed drive, dephasing", () => {
    compare(`
sites: { S: { spin: 1 }, T: { spin: 3/2 } }
channels: { c: { rate: 0.4, operator: jm(S) + jm(T) } }
initial: ket(1, -1/2) + i*ket(0, 1/2)
times: [0, 1]
`);
    compare(
      qubits(3, 'ket("110")', {
        channels:
          "common: { rate: 1, operator: sum(sm(q)) }, pump: { rate: 0.2, operator: sp(q1)*sm(q2)*sm(q3) }",
      }),
    );
  });

  /** Populations and purity in the dark subspace by both routes, after a time in which all else has gone. */
  function compare(text: string, time = 3e4): void {
    const model = read(text);
    const { sectors, mixture } = computeSpectrum(model);
    const states = sectors.flatMap(({ levels }) =>
      levels.filter((level) => level.class === "dark").flatMap((level) => level.states),
    );
    const count = sectors.flatMap(({ levels }) => levels.filter((level) => level.class === "dark"));
    expect(states).toHaveLength(count.reduce((sum, { multiplicity }) => sum + multiplicity, 0));
    const exact = solveMaster({
      ...model,
      observables: states.map((state, i) => ({
        name: `d${i}`,
        operator: projector(asState(state, model)),
        hermitian: true,
      })),
      times: [0, time],
      density: "final",
    });
    const dark = states.reduce(
      (sum, _, i) => sum + (exact.observables[`d${i}`]?.mean.at(-1) ?? Number.NaN),
      0,
    );
    expect(mixture?.dark).toBeCloseTo(dark, 10);
    if (dark < 1e-10) return;
    const { basis = [], re = [], im = [] } = exact.density ?? {};
    expect(mixture?.remaining?.purity).toBeCloseTo(
      purityWithin(states, basis, re[0] ?? [], im[0] ?? []) / dark ** 2,
      9,
    );
  }

  /** sum_ij |<d_i|rho|d_j>|^2 */
  function purityWithin(
    states: readonly KetSuperposition[],
    basis: readonly string[],
    re: readonly (readonly number[])[],
    im: readonly (readonly number[])[],
  ): number {
    const place = new Map(basis.map((ket, k) => [ket, k]));
    let sum = 0;
    for (const bra of states) {
      for (const ket of states) {
        let [x, y] = [0, 0];
        bra.kets.forEach((left, i) => {
          ket.kets.forEach((right, j) => {
            const [row, column] = [place.get(left) ?? -1, place.get(right) ?? -1];
            const [a, b] = [bra.re[i] ?? 0, -(bra.im[i] ?? 0)];
            const [c, d] = [ket.re[j] ?? 0, ket.im[j] ?? 0];
            const [p, q] = [a * c - b * d, a * d + b * c];
            const [u, v] = [re[row]?.[column] ?? 0, im[row]?.[column] ?? 0];
            x += p * u - q * v;
            y += p * v + q * u;
          });
        });
        sum += x * x + y * y;
      }
    }
    return sum;
  }
});
