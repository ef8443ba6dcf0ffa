import { describe, expect, test } from "vitest";
import { element } from "../support/dense.js";
import { dimensionsOf, fullMatrix } from "../support/full-space.js";
import { messagesOf, modelWith } from "./support.js";

describe("the Hamiltonian", () => {
  test("is one expression or a list that is added up", () => {
    const list = modelWith({ hamiltonian: "\n  - n(q1)\n  - 2*n(q2)\n" });
    const one = modelWith({ hamiltonian: "n(q1) + 2*n(q2)" });
    expect(list.hamiltonian).toEqual(one.hamiltonian);
  });

  test.each(["0", "3", "sum(j, 1, 0, n(q[j]))"])("may be the number %s", (text) => {
    const model = modelWith({ hamiltonian: text });
    const { hamiltonian } = model;
    expect(element(fullMatrix(hamiltonian, dimensionsOf(model)), 0, 0)).toEqual([text === "3" ? 3 : 0, 0]);
  });

  test("can be used in observables as any operator", () => {
    const model = modelWith({ hamiltonian: "n(q1)", observables: "{ x: hamiltonian^2 - 3*hamiltonian }" });
    expect(model.observables[0]?.operator).toEqual(
      modelWith({ observables: "{ x: -2*n(q1) }" }).observables[0]?.operator,
    );
  });

  test.each([
    ["sp(q1)*sm(q2) + sp(q2)*sm(q1)"],
    ["exp(i*pi/3)*sp(q1)*sm(q2) + exp(-i*pi/3)*sp(q2)*sm(q1)"],
    ["i*(sp(q1)*sm(q2) - sp(q2)*sm(q1))"],
    ["sx(q1)*sp(q2) + sx(q1)*sm(q2)"],
    ["sp(q1)*sm(q1)"],
    ["(sp(q1) + sm(q1))^3"],
    ["prod(j, 1, 3, sz(q[j]))"],
    ["prod(j, 1, 3, 1 + sx(q[j]))"],
    ["n(q1) + 1e-13i*n(q2)"],
    ["1e6*n(q1) + 1e-7i*n(q1)"],
    ["projector(ground + i*sp(q1)*ground)"],
    ["sp(q1)*projector(ground) + projector(ground)*sm(q1)"],
    ["n(q1) + 1e9*sp(q2) - 1e9*sp(q2)"],
  ])("%s is Hermitian", (text) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([]);
  });

  test.each([
    ["sp(q1)", "1.00"],
    ["i*n(q1)", "2.00"],
    ["i", "2.00"],
    ["n(q1) + 1e-11i*n(q2)", "2.00e-11"],
    ["sp(q1)*sm(q2)", "1.00"],
    ["n(q1)*sx(q1)", "1.00"],
    ["sp(q1)*projector(ground)", "1.00"],
    ["1e9*n(q1) + 0.1*sp(q2)", "1.00e-10"],
  ])("%s is not", (text, defect) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([
      `hamiltonian: must be Hermitian to 1e-12 of its largest element, but H - dag(H) has an element of ${defect} times the largest`,
    ]);
  });

  test("of several entries the one to blame is named", () => {
    const [found] = messagesOf({ hamiltonian: "\n  - n(q1)\n  - sp(q2)\n" });
    expect(found).toMatch(/^hamiltonian\[2\]: must be Hermitian/);
    expect(messagesOf({ hamiltonian: "\n  - sp(q2)\n  - sm(q2)\n" })).toEqual([]);
  });

  test.each([
    ["n(q)", "must be an operator, but is a list of 3 operators; add it up with sum(...)"],
    ["ground", "must be an operator, but is a state; projector(...) makes one"],
    ["phi", "must be an operator, but is a list of 3 numbers; add it up with sum(...)"],
    ["hamiltonian", "must not use the hamiltonian here, but does"],
    ["{ a: n(q1) }", "must be an operator, but is a mapping"],
  ])("must be an operator: %s", (text, message) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([`hamiltonian: ${message}`]);
  });
});

describe("channels", () => {
  test("each gives one channel a member, with one rate or a list of rates", () => {
    const channels = (text: string) =>
      modelWith({ channels: text }).channels.map(({ name, rate }) => `${name} ${rate}`);
    expect(channels("{ d: { rate: k, each: sm(q) } }")).toEqual(["d1 0.1", "d2 0.1", "d3 0.1"]);
    expect(channels("{ d: { rate: phi, each: sm(q) } }")).toEqual(["d1 0", "d2 0.4", "d3 0.8"]);
    expect(channels("{ d: { rate: [1, 2*k, 0], each: sm(q) } }")).toEqual(["d1 1", "d2 0.2", "d3 0"]);
    expect(channels('{ d: { rate: 1, each: ["sm(q[1])", sz(q2)] } }')).toEqual(["d1 1", "d2 1"]);
    expect(channels('{ d: { rate: 1, each: "list(j, 1, 2, sm(q[j]))" } }')).toEqual(["d1 1", "d2 1"]);
    expect(channels('{ d: { rate: 1, each: "list(j, 1, 0, sm(q[j]))" } }')).toEqual([]);
    expect(channels("{ d: { rate: 0, operator: 1 } }")).toEqual(["d 0"]);
  });

  test.each([
    ["{ rate: -1, operator: sm(q1) }", ".rate: must be a real number >= 0, but is -1"],
    ["{ rate: -0.1*k, operator: sm(q1) }", ".rate: must be a real number >= 0, but is -0.010000000000000002"],
    ["{ rate: 1/0, operator: sm(q1) }", ".rate: must not divide by 0, but does"],
    ["{ rate: .inf, operator: sm(q1) }", ".rate: must be finite, but is .inf"],
    ["{ rate: .nan, operator: sm(q1) }", ".rate: must be finite, but is .nan"],
    ["{ rate: 1e999, operator: sm(q1) }", ".rate: must be finite, but is too large a number"],
    ["{ rate: 1i, operator: sm(q1) }", ".rate: must be a real number >= 0, but is 1i"],
    ["{ rate: n(q1), operator: sm(q1) }", ".rate: must be a real number >= 0, but is an operator"],
    ["{ rate: phi, operator: sm(q1) }", ".rate: must be a real number >= 0, but is a list of 3 numbers"],
    ["{ rate: [1], operator: sm(q1) }", ".rate: must be a real number >= 0, but is a list"],
    ["{ rate: , operator: sm(q1) }", ".rate: must be a real number >= 0, but is empty"],
    ["{ operator: sm(q1) }", ".rate: must be given, but is missing"],
    ["{ rate: 1 }", ": must have operator or each, but has neither"],
    ["{ rate: 1, operator: sm(q1), each: sm(q) }", ": must have operator or each, but has both"],
    [
      "{ rate: 1, operator: sm(q) }",
      ".operator: must be an operator, but is a list of 3 operators; add it up with sum(...)",
    ],
    [
      "{ rate: 1, operator: ground }",
      ".operator: must be an operator, but is a state; projector(...) makes one",
    ],
    ["{ rate: 1, operator: [sm(q1)] }", ".operator: must be an operator, but is a list; write a sum"],
    [
      "{ rate: 1, each: sm(q1) }",
      ".each: must be a list of operators, but is an operator; a single one stands behind operator:",
    ],
    ["{ rate: [1, 2], each: sm(q) }", ".rate: must have as many entries as each (3), but has 2"],
    ["{ rate: [1], each: sm(q) }", ".rate: must have as many entries as each (3), but has 1"],
    ["{ rate: [1, -2, 3], each: sm(q) }", ".rate: must be a real number >= 0, but is -2"],
    [
      "{ rate: 1, oprator: sm(q1) }",
      '.oprator: must be one of the keys rate, operator, each, waveguide, matrix, but is "oprator"; did you mean operator?',
    ],
    ["sm(q1)", ': must be a mapping with rate and operator (or each), but is "sm(q1)"'],
  ])("%s", (text, message) => {
    expect(messagesOf({ channels: `{ c: ${text} }` })).toEqual([`channels.c${message}`]);
  });

  test("generated names that clash are faults", () => {
    const channels = "{ c2: { rate: 1, operator: sm(q1) }, c: { rate: 1, each: sm(q) } }";
    expect(messagesOf({ channels })).toEqual(["channels.c: must make new names, but c2 is also made by c2"]);
  });
});
