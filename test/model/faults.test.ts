import { describe, expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import { printedIn } from "../support/faults.js";
import { faultLines, faultsOf, messagesOf, modelText } from "./support.js";

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
  const [line] = printedIn(() => parseModel(modelText({ density: "most" }), { file: "dir/my model.yaml" }));
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
