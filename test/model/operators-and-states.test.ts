import { describe, expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { abs, subtract } from "#src/base/complex.js";
import {
  denseOperator,
  denseState,
  dimensionsOf,
  messagesOf,
  modelWith,
  operatorOf,
  stateOf,
} from "./support.js";

/** One site of each kind, and what its operators are by the textbook, lowest level first. */
const r = Math.sqrt;
const i: Complex = [0, 1];
const minusI: Complex = [0, -1];
const ONE_SITE: readonly (readonly [string, string, readonly (readonly (number | Complex)[])[]])[] = [
  [
    "qubit",
    "sm(x)",
    [
      [0, 1],
      [0, 0],
    ],
  ],
  [
    "qubit",
    "sp(x)",
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "qubit",
    "sx(x)",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    "qubit",
    "sy(x)",
    [
      [0, i],
      [minusI, 0],
    ],
  ],
  [
    "qubit",
    "sz(x)",
    [
      [-1, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "n(x)",
    [
      [0, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "id(x)",
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "transition(x, 1, 0)",
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "{ spin: 1/2 }",
    "jp(x)",
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "{ spin: 1/2 }",
    "jz(x)",
    [
      [-0.5, 0],
      [0, 0.5],
    ],
  ],
  [
    "{ spin: 1 }",
    "jm(x)",
    [
      [0, r(2), 0],
      [0, 0, r(2)],
      [0, 0, 0],
    ],
  ],
  [
    "{ spin: 3/2 }",
    "jp(x)",
    [
      [0, 0, 0, 0],
      [r(3), 0, 0, 0],
      [0, 2, 0, 0],
      [0, 0, r(3), 0],
    ],
  ],
  [
    "{ spin: 1 }",
    "jz(x)",
    [
      [-1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ],
  ],
  [
    "{ spin: 1 }",
    "transition(x, 1, -1)",
    [
      [0, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
    ],
  ],
  ["{ spin: 0 }", "jz(x) + id(x)", [[1]]],
  [
    "{ fock: 3 }",
    "a(x)",
    [
      [0, 1, 0],
      [0, 0, r(2)],
      [0, 0, 0],
    ],
  ],
  [
    "{ fock: 3 }",
    "ad(x)",
    [
      [0, 0, 0],
      [1, 0, 0],
      [0, r(2), 0],
    ],
  ],
  [
    "{ fock: 3 }",
    "n(x)",
    [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
  ],
  // Cut-off matrices: a ad loses the last level.
  [
    "{ fock: 3 }",
    "a(x)*ad(x)",
    [
      [1, 0, 0],
      [0, 2.0000000000000004, 0],
      [0, 0, 0],
    ],
  ],
  [
    "{ levels: [g, m, e] }",
    "transition(x, e, g)",
    [
      [0, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
    ],
  ],
  [
    "{ levels: [g, e] }",
    "id(x) - transition(x, g, g)",
    [
      [0, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "2",
    [
      [2, 0],
      [0, 2],
    ],
  ],
  [
    "qubit",
    "n(x) - 1/2",
    [
      [-0.5, 0],
      [0, 0.5],
    ],
  ],
  [
    "qubit",
    "dag(sm(x))",
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "qubit",
    "(sx(x) + i*sy(x))/2",
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "qubit",
    "sx(x)^0",
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "sx(x)^2",
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    "qubit",
    "sx(x)^3",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    "qubit",
    "sp(x)^2 + 0*n(x)",
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    "qubit",
    "projector(ground)",
    [
      [1, 0],
      [0, 0],
    ],
  ],
  [
    "qubit",
    "projector(3*ket(0) + 3*ket(1))",
    [
      [0.5, 0.5],
      [0.5, 0.5],
    ],
  ],
  [
    "qubit",
    "projector(ket(0) + i*ket(1))",
    [
      [0.5, [0, -0.5]],
      [[0, 0.5], 0.5],
    ],
  ],
  [
    "qubit",
    "sp(x)*projector(ground)*n(x) + projector(ground)*sm(x)",
    [
      [0, 1],
      [0, 0],
    ],
  ],
];

test.each(ONE_SITE)("on %s, %s is its matrix", (kind, expression, rows) => {
  const found = denseOperator(operatorOf(expression, { sites: `{ x: ${kind} }` }), [rows.length]);
  const wanted = rows.map((row) => row.map((x): Complex => (typeof x === "number" ? [x, 0] : x)));
  found.forEach((row, a) => {
    row.forEach((value, b) => {
      expect(abs(subtract(value, wanted[a]?.[b] ?? [0, 0]))).toBeLessThanOrEqual(4 * Number.EPSILON);
    });
  });
});

describe("different writings of an operator give one plain form", () => {
  test.each([
    ["n(q1)", "sp(q1)*sm(q1)"],
    ["n(q1)", "transition(q1, 1, 1)"],
    ["sum(n(q))", "sum(j, 1, 3, n(q[j]))"],
    ["sum(n(q))", "n(q1) + n(q2) + n(q3)"],
    ["2*sx(q1)", "sx(q1) + sx(q[1])"],
    ["sz(q1)*sz(q2)", "sz(q2)*sz(q1)"],
    ["id(q1)", "1"],
    ["sum(id(q))", "3"],
    ["(n(q1) + n(q2))*n(q3)", "n(q1)*n(q3) + n(q2)*n(q3)"],
    ["sum(phi .* sm(q))", "0.4*sm(q2) + 0.8*sm(q3)"],
    ["sum(2*sm(q))", "2*sum(sm(q))"],
    ["sum(dag(sm(q)))", "sum(sp(q))"],
    ["sx(q1) - sx(q1) + n(q2)", "n(q2)"],
  ])("%s and %s", (a, b) => {
    expect(operatorOf(a)).toEqual(operatorOf(b));
  });
});

test("a product of 1 - n over many sites stays one term", () => {
  const sites = "{ q: { kind: qubit, count: 300 } }";
  expect(operatorOf("prod(j, 1, 300, 1 - n(q[j]))", { sites }).terms).toHaveLength(1);
});

const TOUR = `
  q: { kind: qubit, count: 2 }
  A: { levels: [g, "01", e, "F=2", "0"] }
  S: { spin: 3/2 }
  c: { fock: 12 }`;

describe("kets", () => {
  test.each<[string, readonly (readonly [number, number])[]]>([
    ["ground", []],
    ["ket(0, 0, g, -3/2, 0)", []],
    [
      "ket(1, 0, e, 1/2, 11)",
      [
        [0, 1],
        [2, 2],
        [3, 2],
        [4, 11],
      ],
    ],
    [
      'ket(0, 1, "01", 3/2, 2^3)',
      [
        [1, 1],
        [2, 1],
        [3, 3],
        [4, 8],
      ],
    ],
    [
      'ket(0, 0, "F=2", -1/2, 3)',
      [
        [2, 3],
        [3, 1],
        [4, 3],
      ],
    ],
    // The text is the label, never a number or a position.
    ["ket(0, 0, 0, -3/2, 0)", [[2, 4]]],
    [
      'ket("0", "1", "e", "1/2", "7")',
      [
        [1, 1],
        [2, 2],
        [3, 2],
        [4, 7],
      ],
    ],
    [
      "ket(N - 2, N - 3, e, N/2, 3*N)",
      [
        [0, 1],
        [2, 2],
        [3, 3],
        [4, 9],
      ],
    ],
  ])("%s", (text, levels) => {
    expect(stateOf(text, { sites: TOUR })).toEqual([{ amplitude: [1, 0], levels }]);
  });

  test("a parameter that is called like a label is not asked", () => {
    const parameters = "{ N: 3, k: 1, phi: [0], g: 1, e: 0 }";
    const sites = "{ A: { levels: [g, e] }, B: qubit }";
    expect(stateOf("ket(e, e)", { parameters, sites })).toEqual([{ amplitude: [1, 0], levels: [[0, 1]] }]);
    expect(operatorOf("transition(A, e, g)", { parameters, sites }).terms[0]?.factors[0]?.elements).toEqual([
      [1, 0, 1, 0],
    ]);
  });

  test("one quoted text has one character a member", () => {
    const sites = "{ q: { kind: qubit, count: 3 }, A: { levels: [g, e] }, S: { spin: 1 } }";
    expect(stateOf('ket("101e1")', { sites })).toEqual([
      {
        amplitude: [1, 0],
        levels: [
          [0, 1],
          [2, 1],
          [3, 1],
          [4, 2],
        ],
      },
    ]);
  });

  test.each([
    ['{ A: { levels: [g, "01"] } }', 'ket("01")', 1],
    ['{ A: { levels: [g, "01"] } }', "ket(g)", 0],
    ["{ B: qubit }", 'ket("1")', 1],
    ["{ S: { spin: 1/2 } }", 'ket("1/2")', 1],
    ["{ S: { spin: 10 } }", "ket(-9)", 1],
    ["{ c: { fock: 12 } }", 'ket("11")', 11],
  ])("with the single site %s, %s is its level", (sites, text, level) => {
    expect(stateOf(text, { sites })[0]?.levels).toEqual(level === 0 ? [] : [[0, level]]);
  });
});

describe("states", () => {
  const sites = "{ q: { kind: qubit, count: 3 } }";
  const half = Math.SQRT1_2;
  test.each<[string, readonly (readonly [string, number, number])[]]>([
    ["sp(q1)*ground", [["100", 1, 0]]],
    ["sp(q1)*sp(q3)*ground", [["101", 1, 0]]],
    ["prod(j, 1, 2, sp(q[j]))*ground", [["110", 1, 0]]],
    ["prod(j, 1, 0, sp(q[j]))*ground", [["000", 1, 0]]],
    [
      "ket(1, 0, 0) - ket(0, 1, 0)",
      [
        ["100", half, 0],
        ["010", -half, 0],
      ],
    ],
    [
      "2*ket(1, 0, 0) + 2i*ket(0, 1, 0)",
      [
        ["100", half, 0],
        ["010", 0, half],
      ],
    ],
    [
      "(ket(1, 0, 0) + ground)/7",
      [
        ["100", half, 0],
        ["000", half, 0],
      ],
    ],
    ["ground*5", [["000", 1, 0]]],
    ["-ground", [["000", -1, 0]]],
    ["sum(sp(q))*ground", ["100", "010", "001"].map((ket) => [ket, 1 / Math.sqrt(3), 0] as const)],
    [
      "sum(j, 1, 3, sp(q[j])*ground)",
      ["100", "010", "001"].map((ket) => [ket, 1 / Math.sqrt(3), 0] as const),
    ],
    ["ground + sum(j, 1, 0, ground)", [["000", 1, 0]]],
    ["1e200*ground", [["000", 1, 0]]],
    ["1e-200*ground", [["000", 1, 0]]],
    [
      "projector(ket(1, 0, 0) + ground)*ground",
      [
        ["100", half, 0],
        ["000", half, 0],
      ],
    ],
  ])("%s", (text, amplitudes) => {
    const found = denseState(stateOf(text, { sites }), [2, 2, 2]);
    const wanted = new Map(amplitudes.map(([ket, re, im]) => [Number.parseInt(ket, 2), [re, im] as Complex]));
    found.forEach((value, index) => {
      expect(abs(subtract(value, wanted.get(index) ?? [0, 0]))).toBeLessThanOrEqual(4 * Number.EPSILON);
    });
  });
});

describe("faults of operators", () => {
  test.each([
    ["sm(A)", "sm must act on a qubit, but A is a site with named levels (id transition)"],
    ["jz(q)", "jz must act on a spin, but q1 is a qubit (sm sp sx sy sz n id transition)"],
    ["n(A)", "n must act on a qubit or a mode, but A is a site with named levels (id transition)"],
    ["sm(3)", "must be a site or an array, but is a number"],
    ["sm(n(q1))", "must be a site or an array, but is an operator"],
    ["sm", "must be a value, but sm is a function: write sm(site)"],
    ["q1", "must be an operator, but is a site"],
    [
      "2*q1",
      "must be a number, an operator or a state, but is a site; write an operator of it, such as n(...)",
    ],
    ["ground", "must be an operator, but is a state; projector(...) makes one"],
    [
      "n(q1)*q",
      "must be a number, an operator or a state, but is a site; write an operator of it, such as n(...)",
    ],
    ["n(q1)^-1", "must raise an operator to a whole power >= 0, but raises it to -1"],
    ["n(q1)^0.5", "must raise an operator to a whole power >= 0, but raises it to 0.5"],
    ["n(q1)^i", "must raise an operator to a whole power >= 0, but raises it to 1i"],
    ["2^n(q1)", "must have a number as exponent, but has an operator"],
    ["1/n(q1)", "must divide by a number, but divides by an operator"],
    ["n(q1)/0", "must not divide by 0, but does"],
    ["n(q1) + ground", "must add states to states, but adds an operator to a state"],
    ["1 + ground", "must add states to states, but adds a number to a state"],
    [
      "ground*n(q1)",
      "must multiply numbers, operators and operator * state, but multiplies a state by an operator",
    ],
    [
      "ground*ground",
      "must multiply numbers, operators and operator * state, but multiplies a state by a state",
    ],
    ["n(q)*n(q)", "must not multiply two lists with *, but does; write .* for member by member, or sum(...)"],
    [
      "sm(q) + phi[1]*sm(q) .* [1]",
      "must not write a list as [ ] here, but does; list(j, from, to, term) makes one",
    ],
    ["exp(n(q1))", "must be a number, but is an operator"],
    ["conj(n(q1))", "must be a number, but is an operator; dag(...) is for operators"],
    ["dag(ground)", "must be an operator, but is a state"],
    ["projector(n(q1))", "must be a state, but is an operator"],
    ["projector(sm(q1)*ground)", "must be a state other than zero, but is zero"],
    ["q[4]", "must be an index from 1 to 3, but is 4"],
    ["n(q4)", 'must be a known name, but "q4" is not; did you mean q1?'],
    ["transition(A, 1, f)", 'must be a level of A (g, 0, 1, e), but is "f"'],
    [
      "transition(A, -1, e)",
      "must be a level of A (g, 0, 1, e), but is an expression; a label that is not a name or a number is quoted",
    ],
    ["transition(q, 2, 0)", "must be a level of q1 (0, 1), but is 2"],
    ["transition(A, 1)", "must be transition(site, to, from), but has 2 arguments"],
    ["transition(3, 1, 0)", "must be a site or an array, but is a number"],
    [
      "entropy(q1)",
      "must be a function of states or operators, but entropy is a measure: it stands in measures",
    ],
    ["sum(j, 1, 3, n(q[j])) + foo", 'must be a known name, but "foo" is not'],
  ])("%s", (text, message) => {
    const found = messagesOf({ observables: `{ o: ${JSON.stringify(text)} }` });
    expect(found).toEqual([`observables.o: ${message}`]);
  });
});

describe("faults of states", () => {
  test.each([
    [
      "ket(0, 0, 0)",
      "ket must have one label for each of the 4 sites, but has 3 (or one quoted text of 4 characters)",
    ],
    ["ket()", "must be ket(label, ...), but has no arguments"],
    ["ket(0, 0, 2, g)", "must be a level of q3 (0, 1), but is 2"],
    ["ket(0, 0, 1/2, g)", "must be a level of q3 (0, 1), but is 0.5"],
    ["ket(0, 0, i, g)", "must be a level of q3 (0, 1), but is 1i"],
    ["ket(0, 0, ground, g)", "must be a level of q3 (0, 1), but is a state"],
    ["ket(0, 0, 0, G)", 'must be a level of A (g, 0, 1, e), but is "G"; did you mean g?'],
    ["ket(0, 0, 0, 2)", 'must be a level of A (g, 0, 1, e), but is "2"'],
    ["ket(0, 0, nix, g)", 'must be a known name, but "nix" is not'],
    ['ket("000")', 'must have one character for each of the 4 sites, but "000" has 3'],
    ['ket("00x0")', 'must be a level of q3 (0, 1), but is "x"'],
    ["sm(q1)*ground", "must be a state other than zero, but is zero"],
    ["0*ground", "must be a state other than zero, but is zero"],
    ["ground - ground", "must be a state other than zero, but is zero"],
    ["sp(q1)^2*ground", "must be a state other than zero, but is zero"],
    // exp(i pi) is -1 up to rounding.
    ["exp(i*pi)*ground + ground", "must be a state other than zero, but is zero"],
    ["sum(j, 1, 0, ground)", "must be a state other than zero, but is zero"],
    ["sp(q1)", "must be a state, but is an operator; let it act on a state, such as ground"],
    ["3", "must be a state, but is a number"],
    ["list(j, 1, 2, ground)", "must be a state, but is a list of 2 states"],
    ["A", "must be a state, but is a site"],
  ])("%s", (text, message) => {
    expect(messagesOf({ initial: JSON.stringify(text) })).toEqual([`initial: ${message}`]);
  });
});

test("n(q) of an array is the list of its members' operators", () => {
  const model = modelWith({ observables: "{ n: n(q), t: 'transition(q, 1, 0)', one: n(q2) }" });
  expect(model.observables.map(({ name }) => name)).toEqual(["n1", "n2", "n3", "t1", "t2", "t3", "one"]);
  expect(model.observables[1]?.operator).toEqual(model.observables[6]?.operator);
});

test("a name before ( is always a function, so sites may be called a, n or sum", () => {
  const model = modelWith({
    parameters: "{ sin: 2, e: 3 }",
    sites: "{ a: { fock: 3 }, n: qubit, sum: qubit }",
    initial: "ground",
    observables: "{ a: a(a), n: n(n), x: sin*e*sin(0)*n(sum) + e*n(sum) }",
  });
  expect(model.observables.map(({ name }) => name)).toEqual(["a", "n", "x"]);
  expect(
    denseOperator(model.observables[2]?.operator ?? { terms: [], dyads: [] }, dimensionsOf(model))[1]?.[1],
  ).toEqual([3, 0]);
});
