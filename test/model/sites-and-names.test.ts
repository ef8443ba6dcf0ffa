import { describe, expect, test } from "vitest";
import { messagesOf, modelWith } from "./support.js";

describe("sites", () => {
  test("count goes with any kind, and an array of one is an array", () => {
    const sites =
      "{ A: { levels: [g, e], count: 2 }, S: { spin: 1/2, count: 1 }, c: { fock: 2^2, count: N - 1 } }";
    expect(modelWith({ sites }).sites.map(({ name, dimension }) => `${name} ${dimension}`)).toEqual([
      "A1 2",
      "A2 2",
      "S1 2",
      "c1 4",
      "c2 4",
    ]);
  });

  test.each([
    ["{ kind: qubit, count: 2.5 }", ".count: must be a whole number >= 1 and <= 10000, but is 2.5"],
    ["{ kind: qubit, count: 0 }", ".count: must be a whole number >= 1 and <= 10000, but is 0"],
    ["{ kind: qubit, count: -1 }", ".count: must be a whole number >= 1 and <= 10000, but is -1"],
    ["{ kind: qubit, count: i }", ".count: must be a whole number >= 1 and <= 10000, but is 1i"],
    [
      "{ kind: qubit, count: phi }",
      ".count: must be a whole number >= 1 and <= 10000, but is a list of 3 numbers",
    ],
    ["{ kind: qubit, count: }", ".count: must be a whole number >= 1 and <= 10000, but is empty"],
    ["{ kind: qubit, count: 10001 }", ".count: must be a whole number >= 1 and <= 10000, but is 10001"],
    [
      "{ kind: qubit, count: 1e12 }",
      ".count: must be a whole number >= 1 and <= 10000, but is 1000000000000",
    ],
    [
      "{ fock: 10000, count: 21 }",
      ": must leave at most 200000 levels of all sites together, but makes 210000",
    ],
    ["{ spin: 1/3 }", ".spin: must be a half-integer (0, 1/2, 1, ...), but is 0.3333333333333333"],
    ["{ spin: -1/2 }", ".spin: must be a real number >= 0 and <= 4999.5, but is -0.5"],
    ["{ fock: 0 }", ".fock: must be a whole number >= 1 and <= 10000, but is 0"],
    ["{ fock: 1.5 }", ".fock: must be a whole number >= 1 and <= 10000, but is 1.5"],
    ["{ fock: 1e7 }", ".fock: must be a whole number >= 1 and <= 10000, but is 10000000"],
    ["{ levels: [] }", ".levels: must be a list of labels, lowest first, but is an empty list"],
    ["{ levels: 3 }", '.levels: must be a list of labels, lowest first, but is "3"'],
    ["{ levels: [g, g] }", '.levels[2]: must be a new label, but "g" is given twice'],
    ["{ levels: [g, [e]] }", ".levels[2]: must be a label, but is a list"],
    [
      "{ kind: spin }",
      '.kind: must be qubit (other sites are { levels: [...] }, { spin: j }, { fock: levels }), but is "spin"',
    ],
    ["{ count: 2 }", ": must have one of kind, levels, spin, fock, but has none"],
    ["{ spin: 1, fock: 2 }", ": must have one of kind, levels, spin, fock, but has spin and fock"],
    [
      "{ kind: qubit, colour: red }",
      '.colour: must be one of the keys kind, levels, spin, fock, count, but is "colour"',
    ],
    [
      "qbit",
      ': must be qubit, or a mapping such as { kind: qubit }, { levels: [g, e] }, { spin: 1/2 } or { fock: 12 }, but is "qbit"; did you mean qubit?',
    ],
    [
      "",
      ": must be qubit, or a mapping such as { kind: qubit }, { levels: [g, e] }, { spin: 1/2 } or { fock: 12 }, but is empty",
    ],
  ])("%s", (text, message) => {
    expect(messagesOf({ sites: `{ x: ${text} }` })).toEqual([`sites.x${message}`]);
  });

  test("are 10000 at most in all", () => {
    expect(
      messagesOf({ sites: "{ q: { kind: qubit, count: 9999 }, r: { kind: qubit, count: 2 } }" }),
    ).toEqual(["sites.r: must leave at most 10000 sites in all, but makes 10001"]);
  });

  test("must be there", () => {
    expect(messagesOf({ sites: "{}" })).toEqual(["sites: must have at least one site, but has none"]);
    expect(messagesOf({ sites: "[qubit]" })).toEqual([
      "sites: must be a mapping from names to sites, but is a list",
    ]);
  });
});

describe("one common set of names", () => {
  test.each([
    [
      "{ q: { kind: qubit, count: 2 }, q2: qubit }",
      "sites.q: must make new names for its members, but q2 is taken by another site",
    ],
    [
      "{ q2: qubit, q: { kind: qubit, count: 2 } }",
      "sites.q: must make new names for its members, but q2 is taken by another site",
    ],
    ["{ k: qubit }", "sites.k: must be a new name, but a parameter is called k"],
    [
      "{ ground: qubit }",
      'sites.ground: must not be one of the reserved names i, pi, ground, hamiltonian, but is "ground"',
    ],
    [
      "{ hamiltonian: qubit }",
      'sites.hamiltonian: must not be one of the reserved names i, pi, ground, hamiltonian, but is "hamiltonian"',
    ],
    ["{ 1a: qubit }", 'sites.1a: must be a name (letters, digits and _, not a digit first), but is "1a"'],
    ["{ a b: qubit }", 'sites.a b: must be a name (letters, digits and _, not a digit first), but is "a b"'],
  ])("%s", (sites, message) => {
    expect(messagesOf({ sites })).toEqual([message]);
  });

  test("a member and a parameter cannot share a name", () => {
    expect(messagesOf({ parameters: "{ N: 3, q2: 1 }" })).toEqual([
      "sites.q: must make new names for its members, but q2 is taken by another name: a parameter",
    ]);
  });

  test.each(["i", "pi", "ground", "hamiltonian"])("no parameter is called %s", (name) => {
    expect(messagesOf({ parameters: `{ N: 3, k: 1, ${name}: 1 }` })).toEqual([
      `parameters.${name}: must not be one of the reserved names i, pi, ground, hamiltonian, but is "${name}"`,
    ]);
  });

  test("channels, observables and measures are named apart", () => {
    const model = modelWith({
      channels: "{ q1: { rate: k, operator: sm(q1) } }",
      observables: "{ q1: n(q1), k: n(q2) }",
      measures: "{ q1: purity(q1) }",
    });
    expect([model.channels[0]?.name, model.observables[0]?.name, model.measures[0]?.name]).toEqual([
      "q1",
      "q1",
      "q1",
    ]);
  });
});
