import { describe, expect, test } from "vitest";
import { faultLines, faultsOf, messagesOf, modelText } from "./support.js";

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
