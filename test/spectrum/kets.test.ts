import { expect, test } from "vitest";
import { describeState, simpleBasis } from "#src/spectrum/kets.js";
import { multiply, zeros } from "#src/spectrum/matrix.js";
import { schur } from "#src/spectrum/schur.js";
import { uniform } from "../support/uniform.ts";
import { randomMatrix, real, skewness } from "./support.ts";

/** Kets 001, 010, 100, ... in ascending order, as in a sector. */
const text = (re: readonly number[], im: readonly number[] = []): string => {
  const norm = Math.sqrt([...re, ...im].reduce((sum, x) => sum + x * x, 0));
  const vector = zeros(re.length, 1);
  re.forEach((x, i) => {
    vector.re[i] = x / norm;
    vector.im[i] = (im[i] ?? 0) / norm;
  });
  return describeState(vector, 0, (i) => `${"0".repeat(re.length - 1 - i)}1${"0".repeat(i)}`).text;
};

test.each([
  [[0, 1], [], "|10>"],
  [[-1, 1], [], "(|10> - |01>)/sqrt2"],
  [[1, -1], [], "(|10> - |01>)/sqrt2"],
  [[-1, -1, 2], [], "(2|100> - |010> - |001>)/sqrt6"],
  [[Math.sqrt(2), 1], [], "(|10> + sqrt2|01>)/sqrt3"],
  [[1, 1, 1, -1], [], "(|1000> - |0100> - |0010> - |0001>)/2"],
  [[0, 1], [1, 0], "(|10> + i|01>)/sqrt2"],
  [[0, 1], [-2, 0], "(|10> - 2i|01>)/sqrt5"],
  [[0.3, Math.PI / 3], [], "0.9613|10> + 0.2754|01>"],
  // times the phase (3 - 4i)/5 of the first amplitude: (1 + 2i)(3 - 4i)/5 = (11 + 2i)/5 beside 5
  [[1, 3], [2, 4], "0.9129|10> + (0.4017 + 0.07303i)|01>"],
] as [number[], number[], string][])("%j + i %j is %s", (re, im, expected) => {
  expect(text(re, im)).toBe(expected);
});

test("long states are cut and say how long they are", () => {
  expect(text(Array.from({ length: 40 }, () => 1))).toMatch(
    /^\(\|10{39}> \+ \|010{38}> \+ \.\.\. \(40 kets\)\)\/sqrt40$/,
  );
});

test("a degenerate level gets the paper's states: sum zero over three kets", () => {
  const { u } = schur(randomMatrix(2, 2, uniform("basis")));
  const orthonormal = multiply(
    real([
      [1 / Math.sqrt(2), 1 / Math.sqrt(6)],
      [-1 / Math.sqrt(2), 1 / Math.sqrt(6)],
      [0, -2 / Math.sqrt(6)],
    ]),
    u,
  );
  const simple = simpleBasis(orthonormal);
  expect(skewness(simple)).toBeLessThan(1e-14);
  const ket = (i: number): string => ["001", "010", "100"][i] ?? "";
  expect(describeState(simple, 0, ket).text).toBe("(2|100> - |010> - |001>)/sqrt6");
  expect(describeState(simple, 1, ket).text).toBe("(|010> - |001>)/sqrt2");
});
