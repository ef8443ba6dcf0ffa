import { describe, expect, test } from "vitest";
import { abs, add, type Complex, conjugate, multiply, scale, subtract } from "#src/base/complex.js";
import { addOperators, dagger, multiplyOperators, scaleOperator } from "#src/model/algebra.js";
import { isHermitian } from "#src/model/hermitian.js";
import type { Channel, Model, Operator } from "#src/model/model.js";
import { element, type Matrix, matrix } from "../support/dense.js";
import { uniform } from "../support/uniform.js";
import {
  denseOperator,
  dimensionsOf,
  faultLines,
  messagesOf,
  modelText,
  modelWith,
  notesOf,
  parse,
} from "./support.js";

const QUBITS = "{ q: { kind: qubit, count: 3 } }";
const SITES = '{ q: { kind: qubit, count: 3 }, S: { spin: 1 }, c: { fock: 2 }, A: { levels: [g, "0", e] } }';
const withChannels = (channels: string, more: Record<string, string> = {}): Model =>
  modelWith({ sites: QUBITS, channels, ...more });

const dense = (model: Model, operator: Operator): Matrix => denseOperator(operator, dimensionsOf(model));

function expectEqual(found: Matrix, expected: Matrix, tolerance = 1e-14): void {
  const errors = found.map((row, i) =>
    row.reduce((most, value, j) => Math.max(most, abs(subtract(value, element(expected, i, j)))), 0),
  );
  expect(Math.max(...errors)).toBeLessThan(tolerance);
}

/** sum of coefficient * operator, dense. */
const combination = (model: Model, parts: readonly (readonly [Complex, Operator])[]): Matrix =>
  dense(model, addOperators(parts.map(([coefficient, operator]) => scaleOperator(operator, coefficient))));

/** exp(i angle), with the engine's own functions. */
const turn = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];

/** The operators that a model file writes, as observables. */
const operators = (...texts: readonly string[]): readonly Operator[] =>
  withChannels("{}", {
    sites: SITES,
    observables: JSON.stringify(Object.fromEntries(texts.map((text, j) => [`o${j}`, text]))),
  }).observables.map(({ operator }) => operator);

const channel = (model: Model, name: string): Channel => {
  const found = model.channels.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no channel ${name}`);
  return found;
};

/** H as in the definition: -(i/2) sum_{x_i > x_j} e^{ik(x_i - x_j)} (R s_i^+ s_j + L s_j^+ s_i) + h.c. */
function definedExchange(
  model: Model,
  lowering: readonly Operator[],
  kx: readonly number[],
  right: number,
  left: number,
): Matrix {
  const parts: [Complex, Operator][] = [];
  for (const [i, si] of lowering.entries()) {
    for (const [j, sj] of lowering.entries()) {
      const distance = (kx[i] ?? 0) - (kx[j] ?? 0);
      if (distance <= 0) continue;
      const half = multiply([0, -0.5], turn(distance));
      for (const [rate, up, down] of [
        [right, si, sj],
        [left, sj, si],
      ] as const) {
        const flow = multiplyOperators(dagger(up), down);
        parts.push([scale(half, rate), flow], [scale(conjugate(half), rate), dagger(flow)]);
      }
    }
  }
  return combination(model, parts);
}

const PLACES: readonly [name: string, kx: readonly number[]][] = [
  ["in order", [0, 0.7, 2.1]],
  ["in no order", [1.3, -0.4, 5]],
  ["two at one place", [0.5, 2, 0.5]],
  ["all at one place", [1, 1, 1]],
  ["a quarter wave apart", [0, Math.PI / 2, Math.PI]],
];
const RATES: readonly [name: string, text: string, right: number, left: number][] = [
  ["equal", "rate: 0.8", 0.4, 0.4],
  ["biased", "rate: 0.8, chirality: 0.25", 0.5, 0.3],
  ["all to the right", "rate: 0.8, chirality: 1", 0.8, 0],
  ["all to the left", "rate: 0.8, chirality: -1", 0, 0.8],
  ["given apart", "right: 0.1, left: 0.3", 0.1, 0.3],
  ["none", "rate: 0", 0, 0],
];

describe("a waveguide", () => {
  const sm = operators("sm(q1)", "sm(q2)", "sm(q3)");
  describe.each(PLACES)("with emitters %s", (_, kx) => {
    test.each(RATES)("and rates that are %s", (_name, rates, right, left) => {
      const model = withChannels(`{ guide: { waveguide: q, kx: [${kx}], ${rates} } }`);
      expect(model.channels.map(({ name }) => name)).toEqual(["guide_R", "guide_L"]);
      expect(channel(model, "guide_R").rate).toBeCloseTo(right, 15);
      expect(channel(model, "guide_L").rate).toBeCloseTo(left, 15);
      for (const [name, sign] of [
        ["guide_R", -1],
        ["guide_L", 1],
      ] as const) {
        const expected = combination(
          model,
          sm.map((s, j) => [turn(sign * (kx[j] ?? 0)), s]),
        );
        expectEqual(dense(model, channel(model, name).operator), expected);
      }
      expectEqual(dense(model, model.hamiltonian), definedExchange(model, sm, kx, right, left));
      expect(isHermitian(model.hamiltonian, dimensionsOf(model))).toBe(true);
    });
  });

  test("adds its exchange to the Hamiltonian that is written, and observables see the sum", () => {
    const guide = "guide: { waveguide: q, kx: [0, 1, 2], rate: 1 }";
    const [written, both, observed] = [
      withChannels("{}", { hamiltonian: "sum(n(q))" }),
      withChannels(`{ ${guide} }`, { hamiltonian: "sum(n(q))" }),
      withChannels(`{ ${guide} }`, { hamiltonian: "sum(n(q))", observables: "{ H: 2*hamiltonian }" }),
    ];
    const exchange = withChannels(`{ ${guide} }`).hamiltonian;
    const sum = combination(both, [
      [[1, 0], written.hamiltonian],
      [[1, 0], exchange],
    ]);
    expectEqual(dense(both, both.hamiltonian), sum);
    expect(observed.observables[0]?.operator).toEqual(
      withChannels(`{ ${guide} }`, {
        hamiltonian: "sum(n(q))",
        observables: "{ H: hamiltonian + hamiltonian }",
      }).observables[0]?.operator,
    );
  });

  test("other channels see the sum too, wherever they stand", () => {
    const guide = "guide: { waveguide: q, kx: [0, 1, 2], rate: 1 }";
    const dephasing = "dephasing: { rate: 1, operator: hamiltonian }";
    for (const channels of [`{ ${guide}, ${dephasing} }`, `{ ${dephasing}, ${guide} }`]) {
      const model = withChannels(channels, { hamiltonian: "sum(n(q))" });
      expect(channel(model, "dephasing").operator).toEqual(model.hamiltonian);
    }
    expect(withChannels(`{ ${dephasing}, ${guide} }`).channels.map(({ name }) => name)).toEqual([
      "dephasing",
      "guide_R",
      "guide_L",
    ]);
  });

  test("positions and a wavenumber are the same as phases", () => {
    const positions = withChannels(
      "{ g: { waveguide: q, x: [0, 0.5, 2], k: 1.5, rate: 1, chirality: 0.5 } }",
    );
    const phases = withChannels("{ g: { waveguide: q, kx: [0, 0.75, 3], rate: 1, chirality: 0.5 } }");
    expect(positions).toEqual(phases);
  });

  test("k = 0 keeps the order of the emitters", () => {
    const model = withChannels("{ g: { waveguide: q, x: [2, 1, 3], k: 0, rate: 1, chirality: 1 } }");
    const expected = definedExchange(model, sm, [2 * 2 * Math.PI, 2 * Math.PI, 3 * 2 * Math.PI], 1, 0);
    expectEqual(dense(model, model.hamiltonian), expected, 1e-13);
  });

  test.each([
    ["an array", "q", ["sm(q1)", "sm(q2)", "sm(q3)"]],
    ["a site", "S", ["jm(S)"]],
    ["a list", "[c, q2]", ["a(c)", "sm(q2)"]],
    ["arrays in a list", "[S, q]", ["jm(S)", "sm(q1)", "sm(q2)", "sm(q3)"]],
    ["a list in a list", "[S, [c, q1]]", ["jm(S)", "a(c)", "sm(q1)"]],
    ["operators", '[2*sm(q1), "transition(A, g, e)"]', ["2*sm(q1)", "transition(A, g, e)"]],
    ["operators by rule", '"list(j, 2, 3, sm(q[j]))"', ["sm(q2)", "sm(q3)"]],
    ["sites and operators", "[jm(S)*n(q1), q3]", ["jm(S)*n(q1)", "sm(q3)"]],
    ["one site twice", "[q1, q2, q1]", ["sm(q1)", "sm(q2)", "sm(q1)"]],
    [
      "operators of one site",
      '["transition(A, g, 0)", "transition(A, 0, e)"]',
      ["transition(A, g, 0)", "transition(A, 0, e)"],
    ],
    ["a state's transition", '["sp(q1)*projector(ground)", q2]', ["sp(q1)*projector(ground)", "sm(q2)"]],
  ])("emitters: %s", (_, emitters, lowering) => {
    const kx = [0.3, 2, 1, 2.5].slice(0, lowering.length);
    const model = withChannels(`{ g: { waveguide: ${emitters}, kx: [${kx}], right: 0.7, left: 0.2 } }`, {
      sites: SITES,
    });
    const s = operators(...lowering);
    expectEqual(dense(model, model.hamiltonian), definedExchange(model, s, kx, 0.7, 0.2), 1e-13);
    const toRight = combination(
      model,
      s.map((one, j) => [turn(-(kx[j] ?? 0)), one]),
    );
    expectEqual(dense(model, channel(model, "g_R").operator), toRight, 1e-13);
  });

  test("two named levels have a lowering operator", () => {
    const sites = "{ A: { levels: [g, e], count: 2 } }";
    const model = modelWith({ sites, channels: "{ g: { waveguide: A, kx: [0, 0], rate: 1 } }" });
    const written = modelWith({
      sites,
      channels: '{ g: { rate: 1, operator: "sum(transition(A, g, e))" } }',
    });
    expect(model.channels[0]?.operator).toEqual(written.channels[0]?.operator);
  });

  test.each([
    ["k d = 2 pi", "list(j, 1, 3, 2*pi*(3 - j))", "sum(sm(q))"],
    ["k d = pi", "list(j, 0, 2, pi*j)", "sm(q1) - sm(q2) + sm(q3)"],
    ["k d = 2 pi from positions", "list(j, 0, 2, 7*pi*j - 5*pi*j)", "sum(sm(q))"],
  ])("at %s, nothing of rounding is left: no exchange, and whole weights", (_, kx, operator) => {
    const model = withChannels(`{ g: { waveguide: q, kx: "${kx}", rate: 1 } }`);
    expect(model.hamiltonian).toEqual({ terms: [], dyads: [] });
    const [expected] = operators(operator);
    expect(model.channels.map((one) => one.operator)).toEqual([expected, expected]);
  });

  test("places that are equal but for rounding are one place: none of the two is upstream", () => {
    const model = withChannels("{ g: { waveguide: [q1, q2], kx: [0.3, 0.1 + 0.2], rate: 1, chirality: 1 } }");
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(model.hamiltonian.terms).toEqual([]);
  });

  test("takes settings: number of emitters, positions, rates", () => {
    const text = modelText({
      parameters: "{ N: 3, d: 1, gamma: 1, chi: 0 }",
      sites: "{ q: { kind: qubit, count: N } }",
      channels: '{ g: { waveguide: q, x: "list(j, 1, N, j)", k: d, rate: gamma, chirality: chi } }',
    });
    const set = (name: string, value: string) => ({ name, value });
    const model = parse(text, [set("N", "5"), set("d", "pi/2"), set("gamma", "3"), set("chi", "1/3")]);
    expect(model.sites).toHaveLength(5);
    expect(model.channels.map(({ rate }) => rate)).toEqual([2, 1]);
    expect(faultLines(text, [set("chi", "1.5")])).toEqual([
      "5:85 channels.g.chirality: must be a real number >= -1 and <= 1, but is 1.5",
    ]);
  });

  test.each([
    ["{ waveguide: q, kx: [0, 1], rate: 1 }", ".kx: must have one entry for each emitter (3), but has 2"],
    ["{ waveguide: q, x: [0, 1], k: 1, rate: 1 }", ".x: must have one entry for each emitter (3), but has 2"],
    [
      "{ waveguide: q, kx: 1, rate: 1 }",
      ".kx: must be a list of real numbers, one for each emitter, but is a number",
    ],
    ["{ waveguide: q1, kx: [i], rate: 1 }", ".kx: must be a real number, but is 1i"],
    ["{ waveguide: q1, kx: [q1], rate: 1 }", ".kx: must be a real number, but is a site"],
    ["{ waveguide: q1, x: [1], k: -1, rate: 1 }", ".k: must be a real number >= 0, but is -1"],
    ["{ waveguide: q1, rate: 1 }", ": must have kx, or x and k, but has none of them"],
    ["{ waveguide: q1, x: [1], rate: 1 }", ": must have kx, or x and k, but has x"],
    ["{ waveguide: q1, k: 1, rate: 1 }", ": must have kx, or x and k, but has k"],
    ["{ waveguide: q1, kx: [1], k: 1, rate: 1 }", ": must have kx, or x and k, but has kx and k"],
    [
      "{ waveguide: q1, kx: [1] }",
      ": must have rate (and chirality), or right and left, but has none of them",
    ],
    [
      "{ waveguide: q1, kx: [1], chirality: 1 }",
      ": must have rate (and chirality), or right and left, but has chirality",
    ],
    [
      "{ waveguide: q1, kx: [1], right: 1 }",
      ": must have rate (and chirality), or right and left, but has right",
    ],
    [
      "{ waveguide: q1, kx: [1], rate: 1, right: 1, left: 1 }",
      ": must have rate (and chirality), or right and left, but has rate and right and left",
    ],
    ["{ waveguide: q1, kx: [1], rate: -1 }", ".rate: must be a real number >= 0, but is -1"],
    ["{ waveguide: q1, kx: [1], right: 1, left: -1 }", ".left: must be a real number >= 0, but is -1"],
    [
      "{ waveguide: q1, kx: [1], rate: 1, chirality: -2 }",
      ".chirality: must be a real number >= -1 and <= 1, but is -2",
    ],
    [
      "{ waveguide: 3, kx: [1], rate: 1 }",
      ".waveguide: must be sites or lowering operators, but is a number",
    ],
    [
      "{ waveguide: [q1, ground], kx: [1, 2], rate: 1 }",
      ".waveguide[2]: must be sites or lowering operators, but is a state",
    ],
    [
      "{ waveguide: [], kx: [], rate: 1 }",
      ".waveguide: must be sites or lowering operators, but is an empty list",
    ],
    ["{ waveguide: , kx: [1], rate: 1 }", ".waveguide: must be sites or lowering operators, but is empty"],
    [
      "{ waveguide: [q1, A], kx: [1, 2], rate: 1 }",
      ".waveguide[2]: must be a lowering operator where a site has 3 named levels, but is A; write transition(A, to, from)",
    ],
    [
      "{ waveguide: hamiltonian, kx: [1], rate: 1 }",
      ".waveguide: must not use the hamiltonian here, but does",
    ],
    [
      "{ waveguide: q7, kx: [1], rate: 1 }",
      '.waveguide: must be a known name, but "q7" is not; did you mean q1?',
    ],
    [
      "{ waveguide: q1, kx: [1], rate: 1, operator: sm(q1) }",
      '.operator: must be one of the keys waveguide, kx, x, k, rate, chirality, right, left, but is "operator"',
    ],
    [
      "{ waveguid: q1, kx: [1], rate: 1 }",
      '.waveguid: must be one of the keys waveguide, kx, x, k, rate, chirality, right, left, but is "waveguid"; did you mean waveguide?',
    ],
    [
      "{ waveguide: q1, kx: [1], rate: 1, chiralty: 1 }",
      '.chiralty: must be one of the keys waveguide, kx, x, k, rate, chirality, right, left, but is "chiralty"; did you mean chirality?',
    ],
    [
      "{ waveguide: q1, kX: [1], rat: 1 }",
      '.kX: must be one of the keys waveguide, kx, x, k, rate, chirality, right, left, but is "kX"; did you mean kx?',
      '.rat: must be one of the keys waveguide, kx, x, k, rate, chirality, right, left, but is "rat"; did you mean rate?',
    ],
  ])("%s", (text, ...messages) => {
    expect(
      messagesOf({ sites: SITES, channels: `{ g: ${text} }`, observables: "{ H: hamiltonian }" }),
    ).toEqual(messages.map((message) => `channels.g${message}`));
  });

  test("names that clash are faults", () => {
    const channels = "{ g_L: { rate: 1, operator: sm(q1) }, g: { waveguide: q1, kx: [0], rate: 1 } }";
    expect(messagesOf({ channels })).toEqual([
      "channels.g: must make new names, but g_L is also made by g_L",
    ]);
  });
});

describe("a decay matrix", () => {
  /** sum_m rate_m u_i conj(u_j), from the coefficients of s_1, s_2, s_3 in the channels. */
  const assembled = (model: Model): Matrix =>
    matrix(3, (i, j) =>
      model.channels.reduce<Complex>(
        (sum, { rate, operator }) => {
          const weight = (site: number): Complex =>
            operator.terms.find(({ factors }) => factors[0]?.site === site)?.coefficient ?? [0, 0];
          return add(sum, scale(multiply(weight(i), conjugate(weight(j))), rate));
        },
        [0, 0],
      ),
    );

  test("rows may be written out, or each by rule", () => {
    const written = withChannels(
      "{ d: { matrix: [[1, 0.5*i, 0], [-0.5*i, 1, 0], [0, 0, 2]], operators: sm(q) } }",
    );
    const rows = '["list(j, 1, 3, 0.5*i^mod(j - 1, 2)*(3 - j))", [-0.5*i, 1, 0], [0, 0, 2]]';
    expect(withChannels(`{ d: { matrix: ${rows}, operators: sm(q) } }`)).toEqual(written);
    expect(written.channels.map(({ name }) => name)).toEqual(["d1", "d2", "d3"]);
  });

  test("is the sum of its channels, largest rates first", () => {
    const draw = uniform("decay matrix");
    for (let k = 0; k < 20; k++) {
      const root = matrix(3, () => [draw() - 0.5, draw() - 0.5]);
      const gamma = matrix(3, (i, j) =>
        [0, 1, 2].reduce<Complex>(
          (sum, l) => add(sum, multiply(element(root, i, l), conjugate(element(root, j, l)))),
          [0, 0],
        ),
      );
      const rows = gamma.map((row) => row.map(([re, im]) => `${re} + (${im})*i`));
      const model = withChannels(`{ d: { matrix: ${JSON.stringify(rows)}, operators: sm(q) } }`);
      const rates = model.channels.map(({ rate }) => rate);
      expect([...rates].sort((a, b) => b - a)).toEqual(rates);
      expectEqual(assembled(model), gamma);
    }
  });

  test("a matrix by rule takes settings", () => {
    const text = modelText({
      parameters: "{ N: 3, d: 0.5 }",
      sites: "{ q: { kind: qubit, count: N } }",
      channels: '{ dd: { matrix: "list(l, 1, N, list(j, 1, N, cos(d*(l - j))))", operators: sm(q) } }',
    });
    expect(parse(text).channels.map(({ name }) => name)).toEqual(["dd1", "dd2"]);
    const wider = parse(text, [
      { name: "N", value: "6" },
      { name: "d", value: "0" },
    ]);
    expect(wider.channels.map(({ name, rate }) => [name, rate])).toEqual([["dd1", 6]]);
  });

  test("without coupling, each operator is a channel of its own", () => {
    const model = withChannels("{ d: { matrix: [[1, 0, 0], [0, 3, 0], [0, 0, 2]], operators: sm(q) } }");
    const own = withChannels("{ d: { rate: [3, 2, 1], each: [sm(q2), sm(q3), sm(q1)] } }");
    expect(model.channels).toEqual(own.channels);
  });

  test("of rank one is a single channel", () => {
    const model = withChannels('{ d: { matrix: "list(l, 1, 3, list(j, 1, 3, 2))", operators: sm(q) } }');
    expect(model.channels).toHaveLength(1);
    expect(Math.abs(channel(model, "d1").rate - 6)).toBeLessThan(1e-14);
    const [expected] = operators("sum(sm(q))/sqrt(3)");
    if (expected) expectEqual(dense(model, channel(model, "d1").operator), dense(model, expected));
  });

  test.each([
    ["[[1, 1], [1, 1]]", ["channels.d: 1 of the 2 modes of the matrix has rate 0 and makes no channel"]],
    ["[[0, 0], [0, 0]]", ["channels.d: 2 of the 2 modes of the matrix have rate 0 and make no channel"]],
    ["[[1, 0.5], [0.5, 1]]", []],
    ["[[1, 1e-13], [0, 1]]", []],
  ])("modes of rate 0 are noted: %s", (text, notes) => {
    const channels = `{ d: { matrix: ${text}, operators: [sm(q1), sm(q2)] } }`;
    expect(notesOf(modelText({ channels }))).toEqual(notes);
  });

  test.each([
    [
      "{ matrix: [[1, 2], [2, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix: must have no negative eigenvalue, but has -1",
    ],
    [
      "{ matrix: [[-1e-9]], operators: [sm(q1)] }",
      ".matrix: must have no negative eigenvalue, but has -1e-9",
    ],
    [
      "{ matrix: [[1, 0.5], [0.4, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix[1][2]: must be Hermitian, but has 0.4 at [2][1] and 0.5 here",
    ],
    [
      "{ matrix: [[1, i], [i, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix[1][2]: must be Hermitian, but has 1i at [2][1] and 1i here",
    ],
    ["{ matrix: [[1 + i]], operators: [sm(q1)] }", ".matrix[1][1]: must be Hermitian, but has 1+1i here"],
    ["{ matrix: [[1]], operators: sm(q) }", ".matrix: must have one row for each operator (3), but has 1"],
    [
      "{ matrix: [[1, 0], [0]], operators: [sm(q1), sm(q2)] }",
      ".matrix[2]: must have as many entries as there are rows (2), but has 1",
    ],
    [
      "{ matrix: [1, 2], operators: [sm(q1), sm(q2)] }",
      ".matrix[1]: must be a row (a list of numbers), but is a number",
      ".matrix[2]: must be a row (a list of numbers), but is a number",
    ],
    [
      "{ matrix: phi, operators: sm(q) }",
      ".matrix[1]: must be a row (a list of numbers), but is a number",
      ".matrix[2]: must be a row (a list of numbers), but is a number",
      ".matrix[3]: must be a row (a list of numbers), but is a number",
    ],
    [
      "{ matrix: 2, operators: [sm(q1)] }",
      ".matrix: must be the rows of a matrix (a list of lists of numbers), but is a number",
    ],
    [
      "{ matrix: , operators: [sm(q1)] }",
      ".matrix: must be the rows of a matrix (a list of lists of numbers), but is empty",
    ],
    [
      "{ matrix: [[n(q1)]], operators: [sm(q1)] }",
      ".matrix[1][1]: must be a finite number, but is an operator",
    ],
    [
      '{ matrix: "2*list(l, 1, 3, list(j, 1, 3, 1))", operators: sm(q) }',
      ".matrix: must list numbers, operators or states, but lists lists",
    ],
    [
      "{ matrix: [[1]], operators: sm(q1) }",
      ".operators: must be a list of operators, but is an operator; a single one is written [...]",
    ],
    ["{ matrix: [[1]], operators: [q1] }", ".operators: must be an operator, but is a site"],
    ["{ matrix: [[1]] }", ".operators: must be given, but is missing"],
    [
      "{ matrix: [[1]], operator: sm(q1) }",
      '.operator: must be one of the keys matrix, operators, but is "operator"; did you mean operators?',
      ".operators: must be a list of operators, but is an operator; a single one is written [...]",
    ],
    [
      "{ matrix: [[1]], operators: [sm(q1)], rate: 1 }",
      '.rate: must be one of the keys matrix, operators, but is "rate"',
    ],
    [
      "{ matrx: [[1]], operators: [sm(q1)] }",
      '.matrx: must be one of the keys matrix, operators, but is "matrx"; did you mean matrix?',
    ],
  ])("%s", (text, ...messages) => {
    expect(messagesOf({ channels: `{ d: ${text} }` })).toEqual(
      messages.map((message) => `channels.d${message}`),
    );
  });

  test("faults stand at the element", () => {
    expect(
      faultLines(
        modelText({
          channels: "\n  d:\n    matrix:\n      - [1, 2]\n      - [foo, 1]\n    operators: [sm(q1), sm(q2)]",
        }),
      ),
    ).toEqual(['11:10 channels.d.matrix[2][1]: must be a known name, but "foo" is not']);
    expect(
      faultLines(
        modelText({
          channels: "\n  d:\n    matrix:\n      - [1, 2]\n      - [3, 1]\n    operators: [sm(q1), sm(q2)]",
        }),
      )[0],
    ).toMatch(/^10:13 channels.d.matrix\[1\]\[2\]: must be Hermitian/);
  });

  test("names that clash are faults, more than 100 operators too", () => {
    expect(
      messagesOf({
        channels: "{ d1: { rate: 1, operator: sm(q1) }, d: { matrix: [[1]], operators: [sm(q2)] } }",
      }),
    ).toEqual(["channels.d: must make new names, but d1 is also made by d1"]);
    expect(
      messagesOf({ channels: '{ d: { matrix: [[1]], operators: "list(j, 1, 101, sm(q1))" } }' }),
    ).toEqual(["channels.d.operators: must be at most 100 operators, but is 101"]);
  });
});
