import { describe, expect, test } from "vitest";
import { InputError } from "#src/base/errors.js";
import { parseModel } from "#src/model/file.js";
import { faultLines, faultsOf, messagesOf, modelText, parse } from "./support.js";

const WHOLE = `title: everything wrong
parameters:
  N: 3
  kapa: 1e-3
  rate: -2*kappa
  bad: 1/0
  uses: 2*bad
sites:
  q: { kind: qubit, count: N }
  A: { levels: [g, e] }
hamiltonian:
  - omega*sum(n(q))
  - sp(q1)*A
channels:
  common: { rate: -1, operator: sum(sm(q)) }
  feed: { rat: 1, operator: "transition(A, x, g)" }
initial: ket(0, 2, 0, g)
times: { from: 5, to: 0, points: 2.5 }
obsevables:
  n: n(q4)
measures:
  C: concurrence(A, q1)
ensemble: { trajectories: 1.5 }
density: sometimes
`;

test("all faults are told at once, in the order of the text, each at its place", () => {
  expect(faultLines(WHOLE)).toEqual([
    '5:12 parameters.rate: must be a known name, but "kappa" is not; did you mean kapa?',
    "6:9 parameters.bad: must not divide by 0, but does",
    '12:5 hamiltonian[1]: must be a known name, but "omega" is not',
    "13:11 hamiltonian[2]: must be a number, an operator or a state, but is a site; write an operator of it, such as n(...)",
    "15:19 channels.common.rate: must be a real number >= 0, but is -1",
    '16:11 channels.feed.rat: must be one of the keys rate, operator, each, waveguide, matrix, but is "rat"; did you mean rate?',
    '16:44 channels.feed.operator: must be a level of A (g, e), but is "x"',
    "17:17 initial: must be a level of q2 (0, 1), but is 2",
    "18:23 times.to: must be >= from (5), but is 0",
    "18:34 times.points: must be a whole number >= 1 and <= 1000000, but is 2.5",
    "19:1 obsevables: must be one of the keys title, parameters, sites, hamiltonian, channels, initial, times, " +
      'observables, measures, ensemble, density, but is "obsevables"; did you mean observables?',
    '20:8 observables.n: must be a known name, but "q4" is not; did you mean q1?',
    "22:18 measures.C: must be a qubit, but A is none (it has 2 levels)",
    "23:27 ensemble.trajectories: must be a whole number >= 1, but is 1.5",
    '24:10 density: must be one of none, final, all, but is "sometimes"',
  ]);
});

test("they are printed as FILE:LINE:COLUMN: where: message", () => {
  const [line] = (() => {
    try {
      parseModel(modelText({ density: "most" }), { file: "dir/my model.yaml" });
    } catch (error) {
      if (error instanceof InputError) return error.message.split("\n");
      throw error;
    }
    return [];
  })();
  expect(line).toMatch(
    /^dir\/my model\.yaml:\d+:10: density: must be one of none, final, all, but is "most"$/,
  );
});

test("each is one line, however long or broken what it quotes", () => {
  const long = `"${"x".repeat(2000)}\\nsecond line"`;
  for (const fault of faultsOf(modelText({ density: long, [long]: "1", initial: `'ket(${long})'` }))) {
    expect(fault.message).not.toMatch(/\n/);
    expect(fault.message.length).toBeLessThan(500);
    expect(fault.where).not.toMatch(/\n/);
  }
});

describe("one cause is one fault", () => {
  test("a broken parameter is not mourned by what uses it", () => {
    const text = modelText({
      parameters: "{ N: 3, k: foo, phi: [0], m: 2*k, M: m + 1 }",
      channels: "{ c: { rate: k, operator: k*sum(sm(q)) }, d: { rate: M, each: sm(q) } }",
      times: "{ from: k, to: m, points: M }",
      observables: "{ o: k*n(q1) }",
    });
    expect(faultLines(text)).toEqual(['1:24 parameters.k: must be a known name, but "foo" is not']);
  });

  test("a broken size does not make members unknown", () => {
    const text = modelText({
      sites: "{ q: { kind: qubit, count: 2.5 }, B: qubit }",
      hamiltonian: "sum(n(q)) + n(q2) + n(B)",
      initial: "ket(0, 0, 0)",
      observables: "{ o: n(q7), p: 'projector(ket(1, 0))' }",
      measures: "{ m: purity(q1) }",
    });
    expect(faultLines(text)).toEqual([
      "2:35 sites.q.count: must be a whole number >= 1 and <= 10000, but is 2.5",
    ]);
  });

  test("but a misspelt parameter is told also where sites are broken", () => {
    const text = modelText({ sites: "{ q: { kind: qubit, count: 0 } }", hamiltonian: "kk*sum(n(q))" });
    expect(faultLines(text)).toEqual([
      "2:35 sites.q.count: must be a whole number >= 1 and <= 10000, but is 0",
      '5:14 hamiltonian: must be a known name, but "kk" is not; did you mean k?',
    ]);
  });

  test("a missing section of sites does not make all names unknown", () => {
    const text = modelText({ sites: null, hamiltonian: "sum(n(q))", observables: "{ o: n(q1) }" });
    expect(faultLines(text)).toEqual(["1:1 sites: must be given, but is missing"]);
    const list = modelText({
      parameters: "[1, 2]",
      hamiltonian: "k*sum(n(q))",
      sites: "{ q: { kind: qubit, count: 3 } }",
    });
    expect(faultLines(list)).toEqual([
      "1:13 parameters: must be a mapping from names to numbers, but is a list",
    ]);
  });

  test("a misspelt section is read as what was meant", () => {
    const text = modelText({
      sites: null,
      site: "{ q: { kind: qubit, count: 2 } }",
      hamiltonian: "n(q1) + n(q2)",
    });
    expect(faultLines(text)).toHaveLength(1);
    expect(faultLines(text)[0]).toMatch(
      /^5:1 site: must be one of the keys .*; did you mean sites\?$|^4:1 site: /,
    );
  });

  test("a broken Hamiltonian is not mourned by observables", () => {
    expect(messagesOf({ hamiltonian: "foo", observables: "{ e: hamiltonian, f: hamiltonian^2 }" })).toEqual([
      'hamiltonian: must be a known name, but "foo" is not',
    ]);
  });
});

describe("columns point into the expression", () => {
  test.each([
    ["plain", "hamiltonian: n(q1) + foo", "1:22"],
    ["over two lines", "hamiltonian: n(q1)\n  + foo", "2:5"],
    ["over four lines", "hamiltonian:\n  n(q1)\n\n  + n(q2)\n    + foo", "5:7"],
    ["in double quotes", 'hamiltonian: "n(q1) + foo"', "1:23"],
    ["in double quotes, with escapes", 'hamiltonian: "n(q1)\\u0020+ \\x66oo"', "1:28"],
    ["in double quotes, over two lines", 'hamiltonian: "n(q1) \\\n   + foo"', "2:6"],
    ["in single quotes", "hamiltonian: 'n(q1) + foo'", "1:23"],
    ["in a literal block", "hamiltonian: |\n  n(q1)\n    + foo\n", "3:7"],
    ["in a folded block", "hamiltonian: >-\n  n(q1)\n  + foo\n", "3:5"],
    ["in a list", "hamiltonian:\n  - n(q1)\n  - n(q1) + foo", "3:13"],
    ["in a flow list", "hamiltonian: [n(q1), n(q1) + foo]", "1:30"],
  ])("%s", (_, text, place) => {
    expect(faultLines(`${text}\n${modelText()}`)).toEqual([
      `${place} hamiltonian${text.includes("[") || text.includes("- ") ? "[2]" : ""}: must be a known name, but "foo" is not`,
    ]);
  });

  test("also behind a label in single quotes, and behind letters outside ASCII", () => {
    const label = "initial: 'ket(0, 0, 0, ''0'') + foo'";
    expect(faultLines(`${label}\n${modelText({ initial: null })}`)).toEqual([
      '1:33 initial: must be a known name, but "foo" is not',
    ]);
    expect(faultLines(`title: κ\nhamiltonian: "κ*n(q1)"\n${modelText()}`)).toEqual([
      '2:15 hamiltonian: must be a known name, but "κ" is not',
    ]);
  });

  test("an operator, an argument and a label are pointed at", () => {
    const at = (hamiltonian: string) =>
      faultLines(`hamiltonian: ${hamiltonian}\n${modelText()}`)[0]?.split(" ")[0];
    expect(at("n(q1) + phi*phi")).toBe("1:25");
    expect(at("n(q1) + (ground)*n(q2)")).toBe("1:30");
    expect(at("n(q1) + sin(n(q1))")).toBe("1:26");
    expect(at('"n(q1) + transition(A, g, x)"')).toBe("1:40");
    expect(at("n(q1) + n(q[5])")).toBe("1:26");
    expect(at("n(q1) + (n(q2)")).toBe("1:22");
    expect(at("n(q1) n(q2)")).toBe("1:20");
  });
});

describe("YAML", () => {
  test.each([
    ["", "1:1 : must hold a model, but is empty"],
    ["\n# nothing\n", "1:1 : must hold a model, but is empty"],
    ["null", "1:1 : must be a mapping with the keys of a model, but is empty"],
    ["- a\n- b", "1:1 : must be a mapping with the keys of a model, but is a list"],
    ["42", '1:1 : must be a mapping with the keys of a model, but is "42"'],
    ["a: 1\n---\nb: 2", "2:1 : must be one document, but holds several (---)"],
    ["sites:\n\tq: qubit", "2:1 : must be indented with spaces, but is indented with a tab"],
    ["a\u0000b", "1:2 : must be a text file in UTF-8, but holds U+0000"],
    ["a: b\nc: \u0007", "2:4 : must be a text file in UTF-8, but holds U+0007"],
    ["\u001f\u008b\ufffd", "1:1 : must be a text file in UTF-8, but holds U+001F"],
    ["x: \ufffd", "1:4 : must be a text file in UTF-8, but holds U+FFFD"],
  ])("%j", (text, line) => {
    expect(faultLines(text)).toEqual([line]);
  });

  test.each([
    ["sites: { q: qubit", "1:18"],
    ["title: a: b", "1:8"],
    ['title: "a', "1:10"],
    ["sites:\n  q: qubit\n r: qubit", "3:1"],
    ["title: @x", "1:8"],
    ["]", "1:1"],
  ])("broken: %j", (text, place) => {
    expect(faultLines(text)).toHaveLength(1);
    expect(faultLines(text)[0]).toMatch(new RegExp(`^${place} : must be YAML 1\\.2, but is not: `));
  });

  test("a key given twice is a fault, at any depth", () => {
    expect(faultLines(`${modelText()}initial: ground`)).toEqual([
      "7:1 initial: must be given once, but is given again",
    ]);
    expect(faultLines(modelText({ parameters: "{ N: 3, k: 1, k: 2 }" }))).toEqual([
      "1:27 parameters.k: must be given once, but is given again",
    ]);
  });

  test.each([
    ["&x n(q1)", "must not use YAML anchors, but has &x"],
    ["!!str n(q1)", "must not use YAML tags, but has tag:yaml.org,2002:str"],
    ["!foo n(q1)", "must not use YAML tags, but has !foo"],
  ])("neither anchors nor tags: %s", (text, message) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([`hamiltonian: ${message}`]);
  });

  test("no aliases, however they multiply", () => {
    const bomb = `title: &a [x, x]\nparameters: &b [*a, *a, *a]\n${modelText({ parameters: null })}`;
    const found = faultsOf(bomb).map(({ message }) => message);
    expect(found).toContain("must not use YAML anchors, but has &a");
    expect(messagesOf({ hamiltonian: "*x" })).toEqual([
      "hamiltonian: must not use YAML aliases (0 allowed), but does; quote a leading *",
    ]);
  });

  test("a byte order mark and lines that end in CR LF change no place", () => {
    const text = modelText({ hamiltonian: "n(q1)\n    + foo" });
    const lines = faultLines(text);
    expect(lines).toHaveLength(1);
    expect(faultLines(`\ufeff${text}`)).toEqual(lines);
    expect(faultLines(text.replaceAll("\n", "\r\n"))).toEqual(lines);
    expect(faultLines("\ufeffdensity: al")[0]).toMatch(/^1:1 /);
  });

  test("merge keys are keys like others", () => {
    expect(faultLines(`${modelText()}<<: { title: x }`)[0]).toMatch(/^7:1 <<: must be one of the keys/);
  });

  test("keys that are no texts", () => {
    expect(faultLines(`? [a]\n: 1\n${modelText()}`)).toEqual([
      "1:3 : must have texts as keys, but has something else",
    ]);
  });

  const QUOTE_IT = "inside { } or [ ] an expression with a comma or a bracket stands in quotes";
  test.each([
    ["{ c: { rate: 0.2, operator: transition(A, 1, e) } }", "transition(A"],
    ["{ c: { rate: 0.2, operator: sum(j, 1, N, k) } }", "sum(j"],
    ["{ c: { rate: [mod(1, 2), 1, 1], each: sm(q) } }", "mod(1"],
  ])("an expression that YAML has split: %s", (channels, piece) => {
    const found = messagesOf({ channels });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(
      `must be a whole expression, but YAML has split it into pieces such as "${piece}"`,
    );
    expect(found[0]).toContain(QUOTE_IT);
  });

  test("what stands beside a split expression is read all the same", () => {
    const found = messagesOf({
      channels: "{ c: { rate: mod(5, 2), operator: smm(q1) }, d: { rate: -1, operator: sm(q2) } }",
    });
    expect(found).toHaveLength(3);
    expect(found[0]).toContain('such as "mod(5"');
    expect(found[1]).toContain("smm");
    expect(found[2]).toContain("must be a real number >= 0, but is -1");
  });

  test.each([
    "{ c: { rate: 0.2, operator: sm(q[1]) } }",
    "{ c: { rate: 0.2, operator: sum(j, 1, N, sm(q[j])) } }",
    "[q[1], 3]",
  ])("an expression that YAML cannot even split: %s", (channels) => {
    const found = messagesOf({ channels });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("must be YAML 1.2, but is not");
    expect(found[0]).toContain(QUOTE_IT);
  });
});

describe("--set", () => {
  const set = (name: string, value: string) => ({ name, value });

  test("replaces a parameter before later expressions are evaluated", () => {
    const text = modelText({ parameters: "{ N: 3, k: 0.1, m: 2*k, phi: [0, k] }" });
    expect(parse(text, [set("k", "1")]).parameters).toEqual({ N: 3, k: 1, m: 2, phi: [0, 1] });
    expect(parse(text, [set("N", "5")]).sites).toHaveLength(6);
  });

  test("takes expressions in earlier parameters, complex numbers and lists", () => {
    const text = modelText({ parameters: "{ N: 3, k: 0.1, m: 2 }" });
    const parameters = (...settings: readonly [string, string][]) =>
      parse(
        text,
        settings.map(([name, value]) => set(name, value)),
      ).parameters;
    expect(parameters(["m", "N*k + 1i"])).toMatchObject({ m: [0.30000000000000004, 1] });
    expect(parameters(["m", "[1, k, 2i]"])).toMatchObject({ m: [1, 0.1, [0, 2]] });
    expect(parameters(["k", "1"], ["m", "k"])).toMatchObject({ k: 1, m: 1 });
    expect(parameters(["k", "1"], ["k", "2"])).toMatchObject({ k: 2 });
  });

  test("the expression that it replaces is not evaluated", () => {
    expect(parse(modelText({ parameters: "{ N: foo }" }), [set("N", "2")]).sites).toHaveLength(3);
  });

  test.each([
    [
      "kk",
      "1",
      'kk: must be a parameter of the file, but "kk" is not (the file has N, k, phi); did you mean k?',
    ],
    ["q", "1", 'q: must be a parameter of the file, but "q" is not (the file has N, k, phi)'],
    ["k", "foo", 'k: must be a known name, but "foo" is not'],
    ["k", "phi[1]", "k: must use parameters that stand above, but phi stands further down"],
    ["k", "", "k: must be a number or a list of numbers, but is empty"],
    ["k", "1 +", 'k: must have an operand after "+", but ends'],
    ["k", "1/0", "k: must not divide by 0, but does"],
  ])("%s=%s", (name, value, line) => {
    const [fault, ...others] = faultsOf(modelText(), [set(name, value)]);
    expect(`${fault?.where}: ${fault?.message}`).toBe(line);
    expect(fault).toMatchObject({ file: "--set" });
    expect(fault?.line).toBeUndefined();
    expect(others).toEqual([]);
  });

  test("without parameters in the file there is nothing to replace", () => {
    const text = modelText({ parameters: null, sites: "{ B: qubit }" });
    expect(faultLines(text, [set("k", "1")])).toEqual([
      '-:- k: must be a parameter of the file, but "k" is not (the file has no parameters)',
    ]);
  });

  test("a value that does not fit where it is used is told there", () => {
    expect(faultLines(modelText(), [set("N", "2.5")])).toEqual([
      "3:28 sites.q.count: must be a whole number >= 1 and <= 10000, but is 2.5",
    ]);
  });
});
