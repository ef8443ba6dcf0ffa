import { describe, expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import { messagesOf, modelText, modelWith } from "./support.js";

describe("initial", () => {
  const mixture = (text: string) => modelWith({ initial: text }).initial.map(({ weight }) => weight);

  test("a mixture's weights are normalised, with a note", () => {
    const text = modelText({
      initial: "[{ weight: 3, state: ground }, { weight: N - 2, state: sp(q1)*ground }]",
    });
    const { model, notes } = parseModel(text, { file: "m.yaml" });
    expect(model.initial.map(({ weight }) => weight)).toEqual([0.75, 0.25]);
    expect(notes).toEqual(["initial: the weights add up to 4 and were divided by that"]);
  });

  test("weights that add up to 1 need no note", () => {
    const text = modelText({
      initial: "[{ weight: 0.1, state: ground }, { weight: 0.9, state: sp(q1)*ground }]",
    });
    expect(parseModel(text, { file: "m.yaml" }).notes).toEqual([]);
  });

  test("a weight may be 0, and drops its state", () => {
    expect(mixture("[{ weight: 0, state: ground }, { weight: 1, state: sp(q1)*ground }]")).toEqual([1]);
  });

  test("weights may be as large or small as numbers go", () => {
    expect(mixture("[{ weight: 1e308, state: ground }, { weight: 1e308, state: sp(q1)*ground }]")).toEqual([
      0.5, 0.5,
    ]);
    expect(mixture("[{ weight: 1e-300, state: ground }]")).toEqual([1]);
  });

  test.each([
    ["[{ weight: 0, state: ground }]", ": must have a weight > 0, but all weights are 0"],
    ["[]", ": must be a state or a list of { weight, state }, but is an empty list"],
    ["[{ weight: -1, state: ground }]", "[1].weight: must be a real number >= 0, but is -1"],
    ["[{ weight: i, state: ground }]", "[1].weight: must be a real number >= 0, but is 1i"],
    ["[{ weight: 1, state: 0*ground }]", "[1].state: must be a state other than zero, but is zero"],
    ["[{ weight: 0, state: 0*ground }]", "[1].state: must be a state other than zero, but is zero"],
    ["[{ weight: 1 }]", "[1].state: must be given, but is missing"],
    ["[{ state: ground }]", "[1].weight: must be given, but is missing"],
    ["[ground]", '[1]: must be a mapping { weight, state }, but is "ground"'],
    ["{ weight: 1, state: ground }", ": must be a state, but is a mapping"],
    ["[{ weight: 1, state: [ground] }]", "[1].state: must be a state, but is a list"],
  ])("%s", (initial, message) => {
    expect(messagesOf({ initial })).toEqual([`initial${message}`]);
  });
});

describe("times", () => {
  test.each<[string, readonly number[]]>([
    ["{ from: 0, to: 1, points: 5 }", [0, 0.25, 0.5, 0.75, 1]],
    ["{ from: k, to: N, points: 2 }", [0.1, 3]],
    ["{ from: 2, to: 2, points: 1 }", [2]],
    ["[0]", [0]],
    ["[0, k, 1/2, N]", [0, 0.1, 0.5, 3]],
    ["phi", [0, 0.4, 0.8]],
    ["list(j, 1, 3, j^2)", [1, 4, 9]],
  ])("%s", (times, values) => {
    expect(modelWith({ times }).times).toEqual(values);
  });

  test("a single point before the end is said", () => {
    const text = modelText({ times: "{ from: 0, to: 5, points: 1 }" });
    const { model, notes } = parseModel(text, { file: "m.yaml" });
    expect(model.times).toEqual([0]);
    expect(notes).toEqual(["times: points is 1, so only t = 0 is output"]);
  });

  test("the last point is the end, to the bit", () => {
    for (const points of [3, 7, 49, 101, 1001]) {
      const { times } = modelWith({ times: `{ from: 0.1, to: 0.7, points: ${points} }` });
      expect(times).toHaveLength(points);
      expect(times.at(-1)).toBe(0.7);
    }
  });

  test.each([
    ["{ from: 1, to: 0, points: 3 }", ".to: must be >= from (1), but is 0"],
    ["{ from: 1, to: 1, points: 3 }", ".to: must be > from (1) for 3 points, but is 1"],
    ["{ from: -1, to: 1, points: 3 }", ".from: must be a real number >= 0, but is -1"],
    ["{ from: 0, to: 1, points: 0 }", ".points: must be a whole number >= 1 and <= 1000000, but is 0"],
    ["{ from: 0, to: 1, points: 2.5 }", ".points: must be a whole number >= 1 and <= 1000000, but is 2.5"],
    [
      "{ from: 0, to: 1, points: 1e9 }",
      ".points: must be a whole number >= 1 and <= 1000000, but is 1000000000",
    ],
    ["{ from: 0, to: 1/0, points: 3 }", ".to: must not divide by 0, but does"],
    ["{ from: 0, to: i, points: 3 }", ".to: must be a real number, but is 1i"],
    ["{ from: 0, to: 1 }", ".points: must be given, but is missing"],
    [
      "{ frm: 0, to: 1, points: 2 }",
      '.frm: must be one of the keys from, to, points, but is "frm"; did you mean from?',
    ],
    [
      "{ from: 1, to: 1.0000000000000002, points: 9 }",
      ": must have points that differ, but 9 do not fit between 1 and 1.0000000000000002",
    ],
    ["[]", ": must be { from, to, points } or a list of ascending times, but is an empty list"],
    ["5", ": must be { from, to, points } or a list of ascending times, but is a number"],
    ["[0, 2, 1]", "[3]: must be later than the time before it (2), but is 1"],
    ["[0, 1, 1]", "[3]: must be later than the time before it (1), but is 1"],
    ["[-1, 1]", "[1]: must be a real number >= 0, but is -1"],
    ["[0, [1]]", "[2]: must be { from, to, points } or a list of ascending times, but is a list in a list"],
  ])("%s", (times, message) => {
    expect(messagesOf({ times })[0]).toBe(`times${message}`);
  });
});
