import { describe, expect, test } from "vitest";
import { messagesOf, modelWith } from "./support.js";

describe("observables", () => {
  test("a list gives one observable a member, also as a YAML list", () => {
    const names = (observables: string) =>
      modelWith({ observables }).observables.map(({ name, hermitian }) => `${name}${hermitian ? "" : "*"}`);
    expect(names("{ n: n(q), s: [sm(q1), sx(q2)], w: phi }")).toEqual([
      "n1",
      "n2",
      "n3",
      "s1*",
      "s2",
      "w1",
      "w2",
      "w3",
    ]);
    expect(names("{ one: 1, c: sp(q1)*sm(q2) }")).toEqual(["one", "c*"]);
  });

  test("generated names that clash are faults", () => {
    expect(messagesOf({ observables: "{ n: n(q), n2: sz(q2) }" })).toEqual([
      "observables.n2: must make new names, but n2 is also made by n",
    ]);
  });

  test.each([
    ["{ x: { a: 1 } }", "observables.x: must be an operator or a list of operators, but is a mapping"],
    [
      "{ x: [n(q)] }",
      "observables.x[1]: must be an operator or a list of operators, but is a list of 3 operators in a list",
    ],
    ["{ x: }", "observables.x: must be an operator or a list of operators, but is empty"],
    ['{ "": 1 }', 'observables.: must be a name, but is ""'],
    ["{ __proto__: 1 }", 'observables.__proto__: must be a name, but is "__proto__"'],
    ["[n(q1)]", "observables: must be a mapping from names to operators, but is a list"],
    [
      "{ x: 1e200*(1e200*n(q1)) }",
      "observables.x: must be finite, but has an element that is infinite or no number",
    ],
  ])("%s", (observables, message) => {
    expect(messagesOf({ observables })).toEqual([message]);
  });
});

describe("measures", () => {
  test.each<[string, string, readonly (readonly number[])[]]>([
    ["logNegativity(q, A)", "logNegativity", [[0, 1, 2], [3]]],
    ["logNegativity([q1, q2], A)", "logNegativity", [[0, 1], [3]]],
    ["logNegativity([q3, q1], q[2])", "logNegativity", [[0, 2], [1]]],
    ["logNegativity([q, A], B)", "logNegativity", [[0, 1, 2, 3], [4]]],
    ["logNegativity(list(j, 1, 2, q[j]), A)", "logNegativity", [[0, 1], [3]]],
    ["concurrence(q3, q1)", "concurrence", [[2], [0]]],
    ["concurrence(q[1], B)", "concurrence", [[0], [4]]],
    ["purity(q)", "purity", [[0, 1, 2]]],
    ["purity([A])", "purity", [[3]]],
    ["purity()", "purity", [[0, 1, 2, 3, 4]]],
    ["entropy()", "entropy", [[0, 1, 2, 3, 4]]],
    ["entropy(q1)", "entropy", [[0]]],
  ])("%s", (text, kind, sides) => {
    const sites = "{ q: { kind: qubit, count: N }, A: { levels: [g, e] }, B: qubit }";
    expect(modelWith({ sites, measures: `{ m: "${text}" }` }).measures).toEqual([{ name: "m", kind, sides }]);
  });

  test.each([
    ["concurrence(A, q1)", "must be a qubit, but A is none (it has 4 levels)"],
    ["concurrence(q, A)", "must be a single qubit, but is 3 sites"],
    ["concurrence(q1)", "must be concurrence(qubit, qubit), but has 1 argument"],
    ["logNegativity(q, q1)", "must have two sides without a common site, but q1 is on both"],
    ["logNegativity(A, A)", "must have two sides without a common site, but A is on both"],
    ["logNegativity([q1, q1], A)", "must name each site once, but has q1 twice"],
    ["logNegativity(q)", "must be logNegativity(side, side), but has 1 argument"],
    ["logNegativity(q1, q2, q3)", "must be logNegativity(side, side), but has 3 arguments"],
    ["logNegativity(q1, 3)", "must be a site, an array or a list [q1, q2] of sites, but is a number"],
    ["logNegativity(q1, n(q2))", "must be a site, an array or a list [q1, q2] of sites, but is an operator"],
    ["logNegativity(q1, [])", "must be a site, an array or a list [q1, q2] of sites, but is an empty list"],
    [
      "purity(q1, q2)",
      "must be purity(part) or purity(), but has 2 arguments; a part of several sites is a list [q1, q2]",
    ],
    ["purity(q9)", 'must be a known name, but "q9" is not; did you mean q1?'],
    ["purity(q[9])", "must be an index from 1 to 3, but is 9"],
  ])("%s", (text, message) => {
    expect(messagesOf({ measures: `{ m: "${text}" }` })).toEqual([`measures.m: ${message}`]);
  });

  test.each(["n(q1)", "1 + purity(q1)", "purity", "3", "2*entropy()"])("%s is no measure", (text) => {
    expect(messagesOf({ measures: `{ m: ${text} }` })[0]).toMatch(
      /^measures\.m: must be one of logNegativity\(side, side\), .*, but is "/,
    );
  });

  test("a misspelt one is guessed", () => {
    expect(messagesOf({ measures: "{ m: entropi(q1) }" })[0]).toMatch(/; did you mean entropy\?$/);
  });
});
