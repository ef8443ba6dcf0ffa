import { describe, expect, test } from "vitest";
import { type Complex, conjugate, multiply, scale } from "#src/base/complex.js";
import { dagger, multiplyOperators } from "#src/model/algebra.js";
import { isHermitian } from "#src/model/hermitian.js";
import type { Model, Operator } from "#src/model/model.js";
import type { Dense } from "../support/dense.js";
import { dimensionsOf } from "../support/full-space.js";
import { channel, combination, dense, expectEqual, operators, SITES, withChannels } from "./reservoirs.js";
import { faultLines, messagesOf, modelText, modelWith, parse } from "./support.js";

/** exp(i angle), with the engine's own functions. */
const turn = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];

/** H as in the definition: -(i/2) sum_{x_i > x_j} e^{ik(x_i - x_j)} (R s_i^+ s_j + L s_j^+ s_i) + h.c. */
function definedExchange(
  model: Model,
  lowering: readonly Operator[],
  kx: readonly number[],
  right: number,
  left: number,
): Dense {
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
