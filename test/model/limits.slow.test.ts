import { describe, expect, test } from "vitest";
import { messagesOf, modelWith, operatorOf } from "./support.js";

/** The largest operators that are taken, and the smallest that are not. */

describe("10^4 terms", () => {
  const sites = "{ q: { kind: qubit, count: 200 } }";

  test("10000 are taken", () => {
    const text = "sum(j, 1, 100, sum(l, 101, 200, sp(q[j])*sm(q[l])))";
    expect(operatorOf(text, { sites }).terms).toHaveLength(10_000);
    expect(messagesOf({ sites, observables: `{ o: "sum(j, 1, 10000, 1)" }` })).toEqual([]);
  });

  test("a sum over a list of expressions is counted as a whole", () => {
    const part = "  - sum(j, 1, 100, sum(l, 101, 170, sx(q[j])*sx(q[l])))\n";
    const other = part.replaceAll("sx", "sz");
    expect(messagesOf({ sites, hamiltonian: `\n${part}${other}` })).toEqual([
      "hamiltonian: must have at most 10000 terms, but has 14000",
    ]);
  });
});

test("300 emitters of a waveguide may exchange, more are refused with the number of terms", () => {
  const chain = (count: number) => ({
    sites: `{ q: { kind: qubit, count: ${count} } }`,
    channels: `{ g: { waveguide: q, kx: "list(j, 1, ${count}, j)", rate: 1 } }`,
  });
  expect(modelWith(chain(300)).hamiltonian.terms).toHaveLength(300 * 299);
  expect(messagesOf(chain(301))).toEqual([
    "channels.g.waveguide: must make at most 90000 terms of exchange between emitters, but makes 90300",
  ]);
});
