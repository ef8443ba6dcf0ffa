import { describe, expect, test } from "vitest";
import { difference, element, fromText } from "../support/dense.js";
import { dimensionsOf, fullMatrix } from "../support/full-space.js";
import { messagesOf, modelWith, operatorOf } from "./support.js";

/** One site of each kind, and what its operators are by the textbook: rows and columns from the lowest level. */
const ONE_SITE: readonly (readonly [string, string, string])[] = [
  ["qubit", "sm(x)", "0 1, 0 0"],
  ["qubit", "sp(x)", "0 0, 1 0"],
  ["qubit", "sx(x)", "0 1, 1 0"],
  ["qubit", "sy(x)", "0 i, -i 0"],
  ["qubit", "sz(x)", "-1 0, 0 1"],
  ["qubit", "n(x)", "0 0, 0 1"],
  ["qubit", "id(x)", "1 0, 0 1"],
  ["qubit", "transition(x, 1, 0)", "0 0, 1 0"],
  ["{ spin: 1/2 }", "jp(x)", "0 0, 1 0"],
  ["{ spin: 1/2 }", "jz(x)", "-0.5 0, 0 0.5"],
  ["{ spin: 1 }", "jm(x)", "0 √2 0, 0 0 √2, 0 0 0"],
  ["{ spin: 3/2 }", "jp(x)", "0 0 0 0, √3 0 0 0, 0 2 0 0, 0 0 √3 0"],
  ["{ spin: 1 }", "jz(x)", "-1 0 0, 0 0 0, 0 0 1"],
  ["{ spin: 1 }", "transition(x, 1, -1)", "0 0 0, 0 0 0, 1 0 0"],
  ["{ spin: 0 }", "jz(x) + id(x)", "1"],
  ["{ fock: 3 }", "a(x)", "0 1 0, 0 0 √2, 0 0 0"],
  ["{ fock: 3 }", "ad(x)", "0 0 0, 1 0 0, 0 √2 0"],
  ["{ fock: 3 }", "n(x)", "0 0 0, 0 1 0, 0 0 2"],
  // Cut-off matrices: a ad loses the last level.
  ["{ fock: 3 }", "a(x)*ad(x)", "1 0 0, 0 2 0, 0 0 0"],
  ["{ levels: [g, m, e] }", "transition(x, e, g)", "0 0 0, 0 0 0, 1 0 0"],
  ["{ levels: [g, e] }", "id(x) - transition(x, g, g)", "0 0, 0 1"],
  ["qubit", "2", "2 0, 0 2"],
  ["qubit", "n(x) - 1/2", "-0.5 0, 0 0.5"],
  ["qubit", "dag(sm(x))", "0 0, 1 0"],
  ["qubit", "(sx(x) + i*sy(x))/2", "0 0, 1 0"],
  ["qubit", "sx(x)^0", "1 0, 0 1"],
  ["qubit", "sx(x)^2", "1 0, 0 1"],
  ["qubit", "sx(x)^3", "0 1, 1 0"],
  ["qubit", "sp(x)^2 + 0*n(x)", "0 0, 0 0"],
  ["qubit", "projector(ground)", "1 0, 0 0"],
  ["qubit", "projector(3*ket(0) + 3*ket(1))", "0.5 0.5, 0.5 0.5"],
  ["qubit", "projector(ket(0) + i*ket(1))", "0.5 -0.5i, 0.5i 0.5"],
  ["qubit", "sp(x)*projector(ground)*n(x) + projector(ground)*sm(x)", "0 1, 0 0"],
];

test.each(ONE_SITE)("on %s, %s is %s", (kind, expression, rows) => {
  const wanted = fromText(rows);
  const found = fullMatrix(operatorOf(expression, { sites: `{ x: ${kind} }` }), [wanted.n]);
  expect(difference(found, wanted)).toBeLessThanOrEqual(4 * Number.EPSILON);
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
  const x = fullMatrix(model.observables[2]?.operator ?? { terms: [], dyads: [] }, dimensionsOf(model));
  expect(element(x, 1, 1)).toEqual([3, 0]);
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
      "must not write a list as [ ] within an expression, but does; a list is YAML's own (without quotes), a parameter, or list(j, from, to, term)",
    ],
    [
      "sm(q) .* [[1], [2]]",
      "must not write a list as [ ] within an expression, but does; a list is YAML's own (without quotes), a parameter, or list(j, from, to, term)",
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
