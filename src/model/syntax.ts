import jsep from "jsep";
import type { Complex } from "../base/complex.ts";
import { ExpressionFault, type Token, tokenize } from "./tokens.ts";

/** An expression as a tree. Chains of + - and of * / .* are flat: a sum of 1000 written terms is one node. */
export type Expression = { readonly start: number; readonly end: number } & (
  | { readonly kind: "number"; readonly value: Complex; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "index"; readonly target: Expression; readonly index: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "negate"; readonly operand: Expression }
  | { readonly kind: "power"; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: "chain"; readonly first: Expression; readonly rest: readonly Link[] }
);

export type BinaryOperator = "+" | "-" | "*" | "/" | ".*";

/** The next operand of a chain, and where its operator stands. */
export interface Link {
  readonly operator: BinaryOperator;
  readonly at: number;
  readonly operand: Expression;
}

/** Stands for `.*`, which the parser would read as property access; as long as it, so that places stay right. */
const DOT_STAR = " @";

/** What the hooks below know of the text that is being parsed. */
interface Run {
  readonly tokens: ReadonlyMap<number, Token>;
  /** Where the operands that are being parsed begin. */
  readonly starts: number[];
}
let run: Run = { tokens: new Map(), starts: [] };

jsep.removeAllUnaryOps();
jsep.removeAllBinaryOps();
jsep.removeAllLiterals();
for (const operator of ["+", "-"]) jsep.addBinaryOp(operator, 1);
for (const operator of ["*", "/", "@"]) jsep.addBinaryOp(operator, 2);

/** Numbers (with `2i` as one), texts and signs are read here; names, brackets and calls by the parser itself. */
jsep.hooks.add("gobble-token", function readOperand(env) {
  run.starts.push(this.index);
  const token = run.tokens.get(this.index);
  if (token === undefined) return;
  if (token.kind === "number" || token.kind === "text") {
    this.index = token.end;
    env.node = { type: "Literal", value: token.text, raw: token.text };
  } else if (token.kind === "operator") {
    this.index = token.end;
    const argument = this.gobbleToken();
    env.node = { type: "UnaryExpression", operator: token.text, argument, prefix: true };
  }
});

/** `^` binds tighter than a sign before it and groups to the right, so its right operand is read at once. */
jsep.hooks.add("after-token", function readPower(env) {
  const start = run.starts.pop() ?? 0;
  if (!env.node) return;
  markPlace(env.node, start, this.index);
  this.gobbleSpaces();
  if (this.char !== "^") return;
  this.index++;
  const right = this.gobbleToken();
  env.node = { type: "BinaryExpression", operator: "^", left: env.node, right };
  markPlace(env.node, start, this.index);
});

function markPlace(node: jsep.Expression, start: number, end: number): void {
  node.start = start;
  node.end = end;
}

/** Throws an ExpressionFault where the text is not an expression. */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let masked = "";
  for (const token of tokens) {
    masked = masked.padEnd(token.start) + (token.text === ".*" ? DOT_STAR : token.text);
  }
  run = { tokens: new Map(tokens.map((token) => [token.start, token])), starts: [] };
  return convert(jsep(masked), masked);
}

function convert(node: jsep.Expression, text: string): Expression {
  switch (node.type) {
    case "BinaryExpression":
      return convertBinary(node as jsep.BinaryExpression, text);
    case "UnaryExpression":
      return convertSign(node as jsep.UnaryExpression, text);
    case "ArrayExpression": {
      const { elements } = node as jsep.ArrayExpression;
      const items = elements.filter((item) => item !== null).map((item) => convert(item, text));
      return { kind: "list", items, ...placeOf(node, text) };
    }
    case "CallExpression":
      return convertCall(node as jsep.CallExpression, text);
    case "MemberExpression": {
      const { object, property } = node as jsep.MemberExpression;
      const target = convert(object, text);
      return {
        kind: "index",
        target,
        index: convert(property, text),
        ...placeOf(node, text, target.start),
      };
    }
    case "Identifier":
      return { kind: "name", name: (node as jsep.Identifier).name, ...placeOf(node, text) };
    case "ThisExpression":
      return { kind: "name", name: "this", ...placeOf(node, text) };
    case "Literal":
      return convertLiteral(node as jsep.Literal, text);
    default:
      throw new ExpressionFault("must be one expression, but is not", placeOf(node, text).start);
  }
}

/** 2^-1022: smaller ones have lost digits, and at last all of them. */
const SMALLEST = 2.2250738585072014e-308;

function convertLiteral(node: jsep.Literal, text: string): Expression {
  const place = placeOf(node, text);
  if (/^["']/.test(node.raw)) return { kind: "text", text: node.raw.slice(1, -1), ...place };
  const imaginary = node.raw.endsWith("i");
  const size = Number(imaginary ? node.raw.slice(0, -1) : node.raw);
  if (!Number.isFinite(size)) {
    throw new ExpressionFault("must be finite, but is too large a number", place.start);
  }
  if (size < SMALLEST && /^[0.]*[1-9]/.test(node.raw)) {
    throw new ExpressionFault(`must be 0 or at least ${SMALLEST}, but is too small a number`, place.start);
  }
  return { kind: "number", value: imaginary ? [0, size] : [size, 0], text: node.raw, ...place };
}

function convertSign(node: jsep.UnaryExpression, text: string): Expression {
  const operand = convert(node.argument, text);
  const place = placeOf(node, text);
  return node.operator === "-" ? { kind: "negate", operand, ...place } : { ...operand, ...place };
}

function convertCall(node: jsep.CallExpression, text: string): Expression {
  const name = node.callee.type === "ThisExpression" ? "this" : (node.callee as jsep.Identifier).name;
  return {
    kind: "call",
    name,
    args: node.arguments.map((arg) => convert(arg, text)),
    ...placeOf(node, text),
  };
}

const precedence = (operator: string): number => (operator === "+" || operator === "-" ? 1 : 2);

/** Walks down the left side of a chain without recursion: a written sum may have thousands of terms. */
function convertBinary(node: jsep.BinaryExpression, text: string): Expression {
  if (node.operator === "^") {
    const base = convert(node.left, text);
    return { kind: "power", base, exponent: convert(node.right, text), ...placeOf(node, text) };
  }
  const level = precedence(node.operator);
  const links: { operator: string; right: jsep.Expression }[] = [];
  let left: jsep.Expression = node;
  while (isLinkOf(left, level) && (left === node || left.start === undefined)) {
    links.push({ operator: left.operator, right: left.right });
    left = left.left;
  }
  const first = convert(left, text);
  let end = first.end;
  const rest = links.reverse().map(({ operator, right }): Link => {
    const at = skipSpace(text, end);
    const operand = convert(right, text);
    end = operand.end;
    return { operator: operator === "@" ? ".*" : (operator as BinaryOperator), at, operand };
  });
  return { kind: "chain", first, rest, ...placeOf(node, text, first.start, end) };
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (/\s/.test(text.charAt(index))) index++;
  return index;
}

function isLinkOf(node: jsep.Expression, level: number): node is jsep.BinaryExpression {
  if (node.type !== "BinaryExpression") return false;
  const { operator } = node as jsep.BinaryExpression;
  return operator !== "^" && precedence(operator) === level;
}

/** Places were marked on operands; chains without brackets begin and end with theirs. */
function placeOf(
  node: jsep.Expression,
  text: string,
  start = 0,
  end = text.length,
): { start: number; end: number } {
  return {
    start: typeof node.start === "number" ? node.start : start,
    end: typeof node.end === "number" ? node.end : end,
  };
}
