import { describe, expect, test } from "vitest";
import { faultLines, messagesOf, modelText, modelWith, operatorOf, stateOf } from "./support.js";

describe("64 kB of text", () => {
  const padded = (bytes: number): string => {
    const text = modelText();
    return `${text}# ${"x".repeat(bytes - text.length - 2)}`;
  };

  test("65536 bytes are read, one more is refused with its number", () => {
    expect(faultLines(padded(65536))).toEqual([]);
    expect(faultLines(padded(65537))).toEqual([
      "1:1 : must be at most 64 kB (65536 bytes), but has 65537 bytes",
    ]);
  });

  test("bytes are counted, not characters", () => {
    expect(faultLines(`# ${"κ".repeat(40_000)}`)[0]).toMatch(/but has 80002 bytes$/);
  });
});

describe("depth 200", () => {
  const nested: readonly (readonly [string, (depth: number) => string])[] = [
    ["brackets", (depth) => `${"(".repeat(depth)}1${")".repeat(depth)}`],
    ["signs", (depth) => `${"-".repeat(depth)}1`],
    ["powers", (depth) => `${"1^".repeat(depth)}1`],
    ["functions", (depth) => `${"sin(".repeat(depth)}1${")".repeat(depth)}`],
    ["indices", (depth) => `${"phi[".repeat(depth)}1${"]".repeat(depth)}`],
    ["signs in brackets", (depth) => `${"-(".repeat(depth / 2)}1${")".repeat(depth / 2)}`],
  ];

  test.each(nested)("%s", (kind, text) => {
    const found = (depth: number) =>
      messagesOf({ parameters: `{ N: 3, phi: [1, 1, 1], x: ${JSON.stringify(text(depth))} }` });
    if (kind !== "indices") expect(found(200)).toEqual([]);
    const refusal = ["parameters.x: must be nested at most 200 deep, but is nested deeper"];
    expect(found(202)).toEqual(refusal);
    expect(found(12_000)).toEqual(refusal);
  });

  test("long sums and products are not deep", () => {
    const many = (operator: string) => Array.from({ length: 5000 }, () => "1").join(operator);
    expect(modelWith({ parameters: `{ N: 3, x: ${many("+")} }` }).parameters.x).toBe(5000);
    expect(modelWith({ parameters: `{ N: 3, x: ${many("*")} }` }).parameters.x).toBe(1);
  });

  test("YAML nested by the thousand is refused too", () => {
    const found = faultLines("[".repeat(30_000));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("must be YAML 1.2, but is nested too deep");
  });
});

describe("10^4 terms", () => {
  const sites = "{ q: { kind: qubit, count: 200 } }";
  const observable = (text: string) => messagesOf({ sites, observables: `{ o: ${JSON.stringify(text)} }` });

  test.each([
    ["sum(j, 1, 10001, 1)", "must have at most 10000 terms, but has 10001"],
    ["prod(j, 1, 1e15, 1)", "must have at most 10000 terms, but has 1000000000000000"],
    ["list(j, 1, 20000, sm(q1))", "must have at most 10000 terms, but has 20000"],
    ["sum(j, 1, 101, sum(l, 1, 100, 1))", "must expand to at most 10000 terms, but expands to 10001"],
    [
      "sum(a, 1, 9999, sum(b, 1, 9999, sum(c, 1, 9999, 1)))",
      "must expand to at most 10000 terms, but expands to 10001",
    ],
    ["sum(n(q))^2", "must expand to at most 10000 terms, but expands to 20100"],
    ["sum(sm(q))*sum(sp(q))*sum(sz(q))", "must expand to at most 10000 terms, but expands to"],
    ["prod(j, 1, 200, sm(q[j]) + sp(q[mod(j, 200) + 1]))", "must expand to at most 10000 terms"],
    ["sum(sx(q))^1000000", "must expand to at most 10000 terms, but expands to"],
  ])("%s", (text, message) => {
    const found = observable(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});

describe("work is bounded", () => {
  test("huge powers of small matrices are no work", () => {
    expect(operatorOf("sz(q1)^9007199254740990 + sz(q1)^9007199254740991")).toEqual(operatorOf("1 + sz(q1)"));
  });

  test("a product of superposed qubits has at most 10^5 kets", () => {
    const plus = (n: number) => `prod(j, 1, ${n}, 1 + sp(q[j]))*ground`;
    const sites = "{ q: { kind: qubit, count: 40 } }";
    expect(stateOf(plus(12), { sites })).toHaveLength(4096);
    expect(messagesOf({ sites, initial: `"${plus(40)}"` })).toEqual([
      "initial: must be a superposition of at most 100000 kets, but would have 1099511627776",
    ]);
  });
});

describe("large models within the limits", () => {
  test("one excitation in 400 qubits", () => {
    const sites = "{ q: { kind: qubit, count: 400 } }";
    const model = modelWith({ sites, hamiltonian: "sum(n(q))", initial: "sp(q1)*ground" });
    expect(model.hamiltonian.terms).toHaveLength(400);
  });

  test("a W state of 1000 qubits, also as a projector", () => {
    const sites = "{ q: { kind: qubit, count: 1000 } }";
    const w = "sum(sp(q))*ground";
    expect(stateOf(w, { sites })).toHaveLength(1000);
    expect(operatorOf(`projector(${w})`, { sites }).dyads[0]?.ket).toHaveLength(1000);
  });

  test("half of 1000 qubits excited", () => {
    const sites = "{ q: { kind: qubit, count: 1000 } }";
    const text = "prod(j, 1, 500, sp(q[j]))*ground";
    expect(stateOf(text, { sites })[0]?.levels).toHaveLength(500);
  });

  test("a parity of 400 qubits is one term, and Hermitian", () => {
    const sites = "{ q: { kind: qubit, count: 400 } }";
    const model = modelWith({ sites, observables: "{ p: 'prod(j, 1, 400, sz(q[j]))' }" });
    expect(model.observables[0]?.hermitian).toBe(true);
    expect(model.observables[0]?.operator.terms).toHaveLength(1);
  });
});
