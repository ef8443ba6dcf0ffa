import { describe, expect, test } from "vitest";
import { faultLines, faultsOf, modelText, parse } from "./support.js";

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
