import { LIMITS } from "./limits.ts";

/** A fault at a place of an expression: 0-based index into its text. */
export class ExpressionFault extends Error {
  readonly index: number;
  /** This one and those that were found with it. */
  readonly all: readonly ExpressionFault[];
  constructor(message: string, index: number, others: readonly ExpressionFault[] = []) {
    super(message);
    this.name = "ExpressionFault";
    this.index = index;
    this.all = [this, ...others];
  }
}

/** f of every item; throws the faults of all of them together. */
export function mapAll<T, R>(items: readonly T[], f: (item: T, index: number) => R): R[] {
  const faults: ExpressionFault[] = [];
  const results = items.flatMap((item, index) => {
    try {
      return [f(item, index)];
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      faults.push(...error.all);
      return [];
    }
  });
  const [first, ...others] = faults;
  if (first !== undefined) throw new ExpressionFault(first.message, first.index, others);
  return results;
}

/** Evaluation met something whose own fault is reported already: say nothing more. */
export class Suppressed extends Error {}

export type TokenKind = "number" | "text" | "name" | "operator" | "open" | "close" | "comma";

export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /[ \t\r\n]+/y;
// A dot before * belongs to the operator: `2.*phi` is `2 .* phi`.
const NUMBER = /(?:[0-9]+(?:\.(?!\*)[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:i(?![\p{L}\p{N}_]))?/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const TEXT = /"[^"]*"|'[^']*'/y;
const OPERATOR = /\.\*|[-+*/^]/y;

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["number", NUMBER],
  ["name", NAME],
  ["text", TEXT],
  ["operator", OPERATOR],
  ["open", /[([]/y],
  ["close", /[)\]]/y],
  ["comma", /,/y],
];

/** Whether a text can stand in an expression as a name. */
export const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);

function tokenAt(text: string, start: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) return { kind, text: match[0], start, end: start + match[0].length };
  }
  throw new ExpressionFault(unexpectedCharacter(text, start), start);
}

function unexpectedCharacter(text: string, index: number): string {
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
  if (character === '"' || character === "'")
    return `must close every quote, but ${character} has no partner`;
  if (character === ".") {
    return 'must use "." only in numbers and in .*, but has it elsewhere (there is no property access)';
  }
  const quoted = character === "=" ? "; a label with it stands in quotes" : "";
  return `must be made of numbers, names, ( ) [ ] , and + - * / ^ .*, but holds "${character}"${quoted}`;
}

function split(text: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  for (;;) {
    SPACE.lastIndex = index;
    index += SPACE.exec(text)?.[0].length ?? 0;
    if (index >= text.length) return tokens;
    const token = tokenAt(text, index);
    tokens.push(token);
    index = token.end;
  }
}

/** An open bracket: what it means decides where commas may stand. */
interface Bracket {
  readonly token: Token;
  readonly role: "group" | "call" | "index" | "list";
  /** Signs and powers that wait for their operand, each one level of depth. */
  pending: number;
}

/** Walks along the tokens and says what is wrong with their order. */
class Grammar {
  private readonly text: string;
  private readonly brackets: Bracket[] = [];
  private pending = 0;
  private depth = 0;
  private previous: Token | undefined;
  private wantsOperand = true;

  constructor(text: string) {
    this.text = text;
  }

  accept(token: Token): void {
    if (token.kind === "operator") this.operator(token);
    else if (token.kind === "open") this.open(token);
    else if (token.kind === "close") this.close(token);
    else if (token.kind === "comma") this.comma(token);
    else this.operand(token);
    this.previous = token;
  }

  finish(): void {
    const open = this.brackets.at(-1);
    if (open !== undefined) {
      throw new ExpressionFault(
        `must close every bracket, but "${open.token.text}" is not closed`,
        open.token.start,
      );
    }
    if (this.previous === undefined) throw new ExpressionFault("must be an expression, but is empty", 0);
    if (this.wantsOperand) {
      throw new ExpressionFault(
        `must have an operand after "${this.previous.text}", but ends`,
        this.previous.start,
      );
    }
  }

  private operand(token: Token): void {
    this.needOperatorBefore(token);
    this.wantsOperand = false;
  }

  private needOperatorBefore(token: Token): void {
    if (this.wantsOperand) return;
    throw new ExpressionFault(
      `must have an operator between "${this.previous?.text}" and "${token.text}", but has none (nothing multiplies without *)`,
      token.start,
    );
  }

  private operator(token: Token): void {
    const sign = token.text === "+" || token.text === "-";
    if (this.wantsOperand && !sign) this.missingOperand(token);
    if (this.wantsOperand || token.text === "^") this.nest(token);
    else this.flatten();
    this.wantsOperand = true;
  }

  private missingOperand(token: Token): never {
    throw new ExpressionFault(`must have an operand before "${token.text}", but has none`, token.start);
  }

  private nest(token: Token): void {
    this.pending++;
    this.deeper(token);
  }

  private deeper(token: Token): void {
    this.depth++;
    if (this.depth > LIMITS.depth) {
      throw new ExpressionFault(
        `must be nested at most ${LIMITS.depth} deep, but is nested deeper`,
        token.start,
      );
    }
  }

  private flatten(): void {
    this.depth -= this.pending;
    this.pending = 0;
  }

  private open(token: Token): void {
    this.brackets.push({ token, role: this.roleOf(token), pending: this.pending });
    this.pending = 0;
    this.deeper(token);
    this.wantsOperand = true;
  }

  private roleOf(token: Token): Bracket["role"] {
    if (this.wantsOperand) return token.text === "(" ? "group" : "list";
    const before = this.previous?.kind;
    if (token.text === "(" && before === "name") return "call";
    if (token.text === "[" && (before === "name" || before === "close")) return "index";
    this.needOperatorBefore(token);
    return "group";
  }

  private close(token: Token): void {
    const bracket = this.brackets.pop();
    if (bracket === undefined || (bracket.token.text === "(") !== (token.text === ")")) {
      throw new ExpressionFault(`must open every bracket, but "${token.text}" has no partner`, token.start);
    }
    const empty = this.previous === bracket.token && (bracket.role === "call" || bracket.role === "list");
    if (this.wantsOperand && !empty) this.missingOperand(token);
    this.flatten();
    this.pending = bracket.pending;
    this.depth--;
    this.wantsOperand = false;
  }

  private comma(token: Token): void {
    const role = this.brackets.at(-1)?.role;
    if (role !== "call" && role !== "list") {
      throw new ExpressionFault(
        `must have commas only between the arguments of a function or in a list, but has one elsewhere${this.hint()}`,
        token.start,
      );
    }
    if (this.wantsOperand) this.missingOperand(token);
    this.flatten();
    this.wantsOperand = true;
  }

  private hint(): string {
    return /^[0-9]+,[0-9]/.test(this.text) ? " (a decimal point is a dot)" : "";
  }
}

/**
 * The words of an expression, and everything about their order that can be said before parsing: brackets match,
 * operands and operators alternate, nothing is nested too deep. The parser behind it is more liberal (it takes
 * `a b`, `f(a b)`, `a;`, property access, ...), so whatever it may see is decided here.
 *
 * Throws an ExpressionFault at the first word that cannot stand where it does.
 */
export function tokenize(text: string): readonly Token[] {
  const grammar = new Grammar(text);
  const tokens = split(text);
  for (const token of tokens) grammar.accept(token);
  grammar.finish();
  return tokens;
}
