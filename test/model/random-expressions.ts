import fc from "fast-check";
import type { Complex } from "#src/base/complex.js";
import * as dense from "../support/dense.js";

/**
 * Random operator expressions as text, beside the dense matrix that they stand for and a bound of its norm
 * (rounding errors are proportional to the bound, not to the matrix, where terms cancel).
 */
export interface Sample {
  readonly text: string;
  readonly matrix: dense.Dense;
  readonly bound: number;
}

export const SITES = "\n  q: { kind: qubit, count: 2 }\n  S: { spin: 1 }\n  c: { fock: 3 }";
export const DIMENSIONS = [2, 2, 3, 3];
const SIZE = 36;

// Written out by hand: rows and columns from the lowest level up.
const QUBIT: Readonly<Record<string, dense.Dense>> = {
  sm: dense.fromText("0 1, 0 0"),
  sp: dense.fromText("0 0, 1 0"),
  sx: dense.fromText("0 1, 1 0"),
  sy: dense.fromText("0 i, -i 0"),
  sz: dense.fromText("-1 0, 0 1"),
  n: dense.fromText("0 0, 0 1"),
  id: dense.fromText("1 0, 0 1"),
};
const SPIN: Readonly<Record<string, dense.Dense>> = {
  jm: dense.fromText("0 √2 0, 0 0 √2, 0 0 0"),
  jp: dense.fromText("0 0 0, √2 0 0, 0 √2 0"),
  jz: dense.fromText("-1 0 0, 0 0 0, 0 0 1"),
};
const MODE: Readonly<Record<string, dense.Dense>> = {
  a: dense.fromText("0 1 0, 0 0 √2, 0 0 0"),
  ad: dense.fromText("0 0 0, 1 0 0, 0 √2 0"),
  n: dense.fromText("0 0 0, 0 1 0, 0 0 2"),
};

/** How tightly a text binds: it stands in brackets where something tighter is wanted. */
type Node = Sample & { readonly level: "sum" | "sign" | "product" | "power" | "atom" };
const LEVELS = ["sum", "sign", "product", "power", "atom"];

const bracketed = (node: Node, level: Node["level"]): string =>
  LEVELS.indexOf(node.level) >= LEVELS.indexOf(level) ? node.text : `(${node.text})`;

const on = (site: number, name: string, table: Readonly<Record<string, dense.Dense>>, text: string): Node => {
  const matrix = dense.onSite(table[name] as dense.Dense, site, DIMENSIONS);
  return { text, matrix, bound: 3, level: "atom" };
};

const number = (text: string, value: Complex): Node => ({
  text,
  matrix: dense.scaled(dense.identity(SIZE), value),
  bound: 3,
  level: "atom",
});

/** The sum over both qubits, written with a counter or by the list. */
const collective = (name: string, text: string): Node => {
  const both = [0, 1].map((site) => dense.onSite(QUBIT[name] as dense.Dense, site, DIMENSIONS));
  return {
    text,
    matrix: dense.sum(both[0] as dense.Dense, both[1] as dense.Dense),
    bound: 3,
    level: "atom",
  };
};

const transitionOnSpin = dense.onSite(dense.fromText("0 0 0, 0 0 0, 1 0 0"), 2, DIMENSIONS);

const ATOMS: readonly Node[] = [
  ...Object.keys(QUBIT).flatMap((name) => [
    on(0, name, QUBIT, `${name}(q1)`),
    on(1, name, QUBIT, `${name}(q[2])`),
    collective(name, `sum(${name}(q))`),
    collective(name, `sum(j, 1, 2, ${name}(q[j]))`),
  ]),
  ...Object.keys(SPIN).map((name) => on(2, name, SPIN, `${name}(S)`)),
  ...Object.keys(MODE).map((name) => on(3, name, MODE, `${name}(c)`)),
  { text: "transition(S, 1, -1)", matrix: transitionOnSpin, bound: 3, level: "atom" },
  number("2", [2, 0]),
  number(".5", [0.5, 0]),
  number("i", [0, 1]),
  number("1.5i", [0, 1.5]),
  {
    // |1, 0, -1, 0><1, 0, -1, 0|: the 18th ket in tensor order
    text: "projector(ket(1, 0, -1, 0))",
    matrix: dense.matrix(SIZE, (row, column) => (row === 18 && column === 18 ? [1, 0] : [0, 0])),
    bound: 3,
    level: "atom",
  },
];

const binary = (operator: "+" | "-" | "*", a: Node, b: Node): Node => {
  if (operator === "*") {
    return {
      text: `${bracketed(a, "product")}*${bracketed(b, "power")}`,
      matrix: dense.product(a.matrix, b.matrix),
      bound: a.bound * b.bound,
      level: "product",
    };
  }
  return {
    text: `${bracketed(a, "sum")} ${operator} ${bracketed(b, "sign")}`,
    matrix: dense.sum(a.matrix, dense.scaled(b.matrix, [operator === "+" ? 1 : -1, 0])),
    bound: a.bound + b.bound,
    level: "sum",
  };
};

const negative = (a: Node): Node => ({
  text: `-${bracketed(a, "power")}`,
  matrix: dense.scaled(a.matrix, [-1, 0]),
  bound: a.bound,
  level: "sign",
});

const half = (a: Node): Node => ({
  text: `${bracketed(a, "product")}/2i`,
  matrix: dense.scaled(a.matrix, [0, -0.5]),
  bound: a.bound,
  level: "product",
});

const power = (a: Node, exponent: number): Node => ({
  text: `${bracketed(a, "atom")}^${exponent}`,
  matrix: Array.from({ length: exponent }, () => a.matrix).reduce(dense.product, dense.identity(SIZE)),
  bound: a.bound ** exponent,
  level: "power",
});

const adjoint = (a: Node): Node => ({
  text: `dag(${a.text})`,
  matrix: dense.dagger(a.matrix),
  bound: a.bound,
  level: "atom",
});

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...ATOMS),
    fc
      .tuple(fc.constantFrom<"+" | "-" | "*">("+", "-", "*"), tie("node"), tie("node"))
      .map((args) => binary(...args)),
    tie("node").map(negative),
    tie("node").map(half),
    fc.tuple(tie("node"), fc.integer({ min: 0, max: 3 })).map((args) => power(...args)),
    tie("node").map(adjoint),
  ),
}));

export const operatorExpression: fc.Arbitrary<Sample> = node;
