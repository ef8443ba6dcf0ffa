import { describe, expect, test } from "vitest";
import { add, type Complex, conjugate, multiply, scale } from "#src/base/complex.js";
import type { Model } from "#src/model/model.js";
import { type Dense, dagger, element, matrix, product } from "../support/dense.js";
import { uniform } from "../support/uniform.js";
import { channel, dense, expectEqual, operators, withChannels } from "./reservoirs.js";
import { faultLines, messagesOf, modelText, notesOf, parse } from "./support.js";

describe("a decay matrix", () => {
  /** sum_m rate_m u_i conj(u_j), from the coefficients of s_1, s_2, s_3 in the channels. */
  const assembled = (model: Model): Dense =>
    matrix(3, (i, j) =>
      model.channels.reduce<Complex>(
        (sum, { rate, operator }) => {
          const weight = (site: number): Complex =>
            operator.terms.find(({ factors }) => factors[0]?.site === site)?.coefficient ?? [0, 0];
          return add(sum, scale(multiply(weight(i), conjugate(weight(j))), rate));
        },
        [0, 0],
      ),
    );

  test("rows may be written out, or each by rule", () => {
    const written = withChannels(
      "{ d: { matrix: [[1, 0.5*i, 0], [-0.5*i, 1, 0], [0, 0, 2]], operators: sm(q) } }",
    );
    const rows = '["list(j, 1, 3, 0.5*i^mod(j - 1, 2)*(3 - j))", [-0.5*i, 1, 0], [0, 0, 2]]';
    expect(withChannels(`{ d: { matrix: ${rows}, operators: sm(q) } }`)).toEqual(written);
    expect(written.channels.map(({ name }) => name)).toEqual(["d1", "d2", "d3"]);
  });

  test("is the sum of its channels, largest rates first", () => {
    const draw = uniform("decay matrix");
    for (let k = 0; k < 20; k++) {
      const root = matrix(3, () => [draw() - 0.5, draw() - 0.5]);
      const gamma = product(root, dagger(root));
      const rows = [0, 1, 2].map((row) =>
        [0, 1, 2].map((column) => element(gamma, row, column)).map(([re, im]) => `${re} + (${im})*i`),
      );
      const model = withChannels(`{ d: { matrix: ${JSON.stringify(rows)}, operators: sm(q) } }`);
      const rates = model.channels.map(({ rate }) => rate);
      expect([...rates].sort((a, b) => b - a)).toEqual(rates);
      expectEqual(assembled(model), gamma);
    }
  });

  test("a matrix by rule takes settings", () => {
    const text = modelText({
      parameters: "{ N: 3, d: 0.5 }",
      sites: "{ q: { kind: qubit, count: N } }",
      channels: '{ dd: { matrix: "list(l, 1, N, list(j, 1, N, cos(d*(l - j))))", operators: sm(q) } }',
    });
    expect(parse(text).channels.map(({ name }) => name)).toEqual(["dd1", "dd2"]);
    const wider = parse(text, [
      { name: "N", value: "6" },
      { name: "d", value: "0" },
    ]);
    expect(wider.channels.map(({ name, rate }) => [name, rate])).toEqual([["dd1", 6]]);
  });

  test("without coupling, each operator is a channel of its own", () => {
    const model = withChannels("{ d: { matrix: [[1, 0, 0], [0, 3, 0], [0, 0, 2]], operators: sm(q) } }");
    const own = withChannels("{ d: { rate: [3, 2, 1], each: [sm(q2), sm(q3), sm(q1)] } }");
    expect(model.channels).toEqual(own.channels);
  });

  test("of rank one is a single channel", () => {
    const model = withChannels('{ d: { matrix: "list(l, 1, 3, list(j, 1, 3, 2))", operators: sm(q) } }');
    expect(model.channels).toHaveLength(1);
    expect(Math.abs(channel(model, "d1").rate - 6)).toBeLessThan(1e-14);
    const [expected] = operators("sum(sm(q))/sqrt(3)");
    if (expected) expectEqual(dense(model, channel(model, "d1").operator), dense(model, expected));
  });

  test.each([
    ["[[1, 1], [1, 1]]", ["channels.d: 1 of the 2 modes of the matrix has rate 0 and makes no channel"]],
    ["[[0, 0], [0, 0]]", ["channels.d: 2 of the 2 modes of the matrix have rate 0 and make no channel"]],
    ["[[1, 0.5], [0.5, 1]]", []],
    ["[[1, 1e-13], [0, 1]]", []],
  ])("modes of rate 0 are noted: %s", (text, notes) => {
    const channels = `{ d: { matrix: ${text}, operators: [sm(q1), sm(q2)] } }`;
    expect(notesOf(modelText({ channels }))).toEqual(notes);
  });

  test.each([
    [
      "{ matrix: [[1, 2], [2, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix: must have no negative eigenvalue, but has -1",
    ],
    [
      "{ matrix: [[-1e-9]], operators: [sm(q1)] }",
      ".matrix: must have no negative eigenvalue, but has -1e-9",
    ],
    [
      "{ matrix: [[1, 0.5], [0.4, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix[1][2]: must be Hermitian, but has 0.4 at [2][1] and 0.5 here",
    ],
    [
      "{ matrix: [[1, i], [i, 1]], operators: [sm(q1), sm(q2)] }",
      ".matrix[1][2]: must be Hermitian, but has 1i at [2][1] and 1i here",
    ],
    ["{ matrix: [[1 + i]], operators: [sm(q1)] }", ".matrix[1][1]: must be Hermitian, but has 1+1i here"],
    ["{ matrix: [[1]], operators: sm(q) }", ".matrix: must have one row for each operator (3), but has 1"],
    [
      "{ matrix: [[1, 0], [0]], operators: [sm(q1), sm(q2)] }",
      ".matrix[2]: must have as many entries as there are rows (2), but has 1",
    ],
    [
      "{ matrix: [1, 2], operators: [sm(q1), sm(q2)] }",
      ".matrix[1]: must be a row (a list of numbers), but is a number",
      ".matrix[2]: must be a row (a list of numbers), but is a number",
    ],
    [
      "{ matrix: phi, operators: sm(q) }",
      ".matrix[1]: must be a row (a list of numbers), but is a number",
      ".matrix[2]: must be a row (a list of numbers), but is a number",
      ".matrix[3]: must be a row (a list of numbers), but is a number",
    ],
    [
      "{ matrix: 2, operators: [sm(q1)] }",
      ".matrix: must be the rows of a matrix (a list of lists of numbers), but is a number",
    ],
    [
      "{ matrix: , operators: [sm(q1)] }",
      ".matrix: must be the rows of a matrix (a list of lists of numbers), but is empty",
    ],
    [
      "{ matrix: [[n(q1)]], operators: [sm(q1)] }",
      ".matrix[1][1]: must be a finite number, but is an operator",
    ],
    [
      '{ matrix: "2*list(l, 1, 3, list(j, 1, 3, 1))", operators: sm(q) }',
      ".matrix: must list numbers, operators or states, but lists lists",
    ],
    [
      "{ matrix: [[1]], operators: sm(q1) }",
      ".operators: must be a list of operators, but is an operator; a single one is written [...]",
    ],
    ["{ matrix: [[1]], operators: [q1] }", ".operators: must be an operator, but is a site"],
    ["{ matrix: [[1]] }", ".operators: must be given, but is missing"],
    [
      "{ matrix: [[1]], operator: sm(q1) }",
      '.operator: must be one of the keys matrix, operators, but is "operator"; did you mean operators?',
      ".operators: must be a list of operators, but is an operator; a single one is written [...]",
    ],
    [
      "{ matrix: [[1]], operators: [sm(q1)], rate: 1 }",
      '.rate: must be one of the keys matrix, operators, but is "rate"',
    ],
    [
      "{ matrx: [[1]], operators: [sm(q1)] }",
      '.matrx: must be one of the keys matrix, operators, but is "matrx"; did you mean matrix?',
    ],
  ])("%s", (text, ...messages) => {
    expect(messagesOf({ channels: `{ d: ${text} }` })).toEqual(
      messages.map((message) => `channels.d${message}`),
    );
  });

  test("faults stand at the element", () => {
    expect(
      faultLines(
        modelText({
          channels: "\n  d:\n    matrix:\n      - [1, 2]\n      - [foo, 1]\n    operators: [sm(q1), sm(q2)]",
        }),
      ),
    ).toEqual(['11:10 channels.d.matrix[2][1]: must be a known name, but "foo" is not']);
    expect(
      faultLines(
        modelText({
          channels: "\n  d:\n    matrix:\n      - [1, 2]\n      - [3, 1]\n    operators: [sm(q1), sm(q2)]",
        }),
      )[0],
    ).toMatch(/^10:13 channels.d.matrix\[1\]\[2\]: must be Hermitian/);
  });

  test("names that clash are faults, more than 100 operators too", () => {
    expect(
      messagesOf({
        channels: "{ d1: { rate: 1, operator: sm(q1) }, d: { matrix: [[1]], operators: [sm(q2)] } }",
      }),
    ).toEqual(["channels.d: must make new names, but d1 is also made by d1"]);
    expect(
      messagesOf({ channels: '{ d: { matrix: [[1]], operators: "list(j, 1, 101, sm(q1))" } }' }),
    ).toEqual(["channels.d.operators: must be at most 100 operators, but is 101"]);
  });
});
