import { FUNCTIONS } from "./functions.ts";
import { didYouMean } from "./meant.ts";
import type { SiteKind } from "./model.ts";
import { type Names, nameFault, RESERVED } from "./names.ts";
import type { Expression } from "./syntax.ts";
import { ExpressionFault } from "./tokens.ts";

type CallNode = Extract<Expression, { kind: "call" }>;
type ListNode = Extract<Expression, { kind: "list" }>;

/** Functions that read their arguments themselves. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ["sum", "sum(list) or sum(j, from, to, term)"],
  ["prod", "prod(j, from, to, term)"],
  ["list", "list(j, from, to, term)"],
  ["ket", "ket(label, ...)"],
  ["transition", "transition(site, to, from)"],
]);

export const MEASURE_NAMES: readonly string[] = ["logNegativity", "concurrence", "purity", "entropy"];

/** All faults of names and argument counts in an expression; `suppressed` where it uses something that is broken. */
export interface Check {
  readonly faults: readonly ExpressionFault[];
  readonly suppressed: boolean;
}

/**
 * Checks every name of an expression before it is evaluated, so that all unknown ones are told at once.
 * @param lists whether `[a, b]` may stand in it
 */
export function checkExpression(expression: Expression, names: Names, lists = false): Check {
  const checker = new Checker(names, lists);
  checker.walk(expression);
  return checker;
}

class Checker implements Check {
  readonly faults: ExpressionFault[] = [];
  suppressed = false;
  private readonly names: Names;
  private readonly lists: boolean;
  private readonly counters: string[] = [];
  /** One fault for a list of lists. */
  private inList = false;

  constructor(names: Names, lists: boolean) {
    this.names = names;
    this.lists = lists;
  }

  walk(node: Expression): void {
    switch (node.kind) {
      case "number":
        return;
      case "text":
        this.fault(
          "must have quoted text only as a label of ket or transition, but has it elsewhere",
          node.start,
        );
        return;
      case "name":
        this.name(node.name, node.start);
        return;
      case "call":
        this.call(node);
        return;
      case "index":
        this.walk(node.target);
        this.walk(node.index);
        return;
      case "list":
        this.list(node);
        return;
      case "negate":
        this.walk(node.operand);
        return;
      case "power":
        this.walk(node.base);
        this.walk(node.exponent);
        return;
      case "chain":
        this.walk(node.first);
        for (const { operand } of node.rest) this.walk(operand);
    }
  }

  private list(node: ListNode): void {
    if (!this.lists && !this.inList) {
      this.fault(
        "must not write a list as [ ] within an expression, but does; a list is YAML's own (without quotes), a parameter, or list(j, from, to, term)",
        node.start,
      );
    }
    const outside = this.inList;
    this.inList = true;
    for (const item of node.items) this.walk(item);
    this.inList = outside;
  }

  private fault(message: string, at: number): void {
    this.faults.push(new ExpressionFault(message, at));
  }

  private name(name: string, at: number): void {
    if (this.counters.includes(name) || RESERVED.includes(name)) return;
    const binding = this.names.get(name);
    if (binding?.kind === "broken") this.suppressed = true;
    else if (binding?.kind === "unsized") this.unsized(name, at);
    else if (binding?.kind === "later") {
      this.fault(`must use parameters that stand above, but ${name} stands further down`, at);
    } else if (binding === undefined) this.unknownName(name, at);
  }

  private unsized(name: string, at: number): void {
    if (this.names.sites === null) this.suppressed = true;
    else this.fault(`must use parameters only, but ${name} is a site`, at);
  }

  private unknownName(name: string, at: number): void {
    if (this.names.mayBeBroken(name)) {
      this.suppressed = true;
    } else if (isFunction(name)) {
      this.fault(`must be a value, but ${name} is a function: write ${usageOf(name)}`, at);
    } else {
      const known = [...this.counters, ...this.names.known(), ...RESERVED];
      this.fault(`must be a known name, but "${name}" is not${didYouMean(name, known)}`, at);
    }
  }

  private call(node: CallNode): void {
    if (!isFunction(node.name)) {
      this.unknownFunction(node);
      return;
    }
    if (!this.countFits(node)) {
      this.fault(`must be ${usageOf(node.name)}, but has ${countArguments(node.args.length)}`, node.start);
    } else if (node.name === "ket") this.ket(node);
    else if (node.name === "transition") this.transition(node);
    else if (SPECIAL.has(node.name) && node.args.length === 4) this.loop(node);
    else for (const arg of node.args) this.walk(arg);
  }

  private unknownFunction({ name, args, start }: CallNode): void {
    if (this.names.get(name) !== undefined || RESERVED.includes(name) || this.counters.includes(name)) {
      this.fault(
        `must be a function before "(", but ${name} is a name (nothing multiplies without *)`,
        start,
      );
    } else if (MEASURE_NAMES.includes(name)) {
      this.fault(
        `must be a function of states or operators, but ${name} is a measure: it stands in measures`,
        start,
      );
    } else {
      const known = [...SPECIAL.keys(), ...FUNCTIONS.keys()];
      this.fault(`must be a known function, but "${name}" is not${didYouMean(name, known)}`, start);
    }
    for (const arg of args) this.walk(arg);
  }

  private countFits({ name, args }: CallNode): boolean {
    if (name === "ket") return args.length > 0;
    if (name === "transition") return args.length === 3;
    if (name === "sum") return args.length === 1 || args.length === 4;
    if (name === "prod" || name === "list") return args.length === 4;
    return args.length === FUNCTIONS.get(name)?.arguments;
  }

  private loop({ args }: CallNode): void {
    const [counter, from, to, term] = args as [Expression, Expression, Expression, Expression];
    this.walk(from);
    this.walk(to);
    if (counter.kind !== "name") {
      this.fault("must be a new name for the counter, but is an expression", counter.start);
      return;
    }
    const { name, start } = counter;
    const taken = this.counters.includes(name) || this.names.get(name) !== undefined;
    const wrong = nameFault(name) ?? (taken ? `must be a new name, but ${name} is taken` : undefined);
    if (wrong !== undefined) this.fault(wrong, start);
    this.counters.push(name);
    this.walk(term);
    this.counters.pop();
  }

  private ket({ args }: CallNode): void {
    const { sites } = this.names;
    // With another number of labels, or with the sites unknown, nobody can say which texts are labels.
    if (!sites || sites.length !== args.length) return;
    args.forEach((label, site) => {
      this.label(label, sites[site]?.kind);
    });
  }

  private transition({ args }: CallNode): void {
    const [where, to, from] = args as [Expression, Expression, Expression];
    this.walk(where);
    const kind = this.kindOf(where);
    this.label(to, kind);
    this.label(from, kind);
  }

  private label(label: Expression, kind: SiteKind | undefined): void {
    if (kind !== undefined && kind !== "levels" && label.kind !== "text") this.walk(label);
  }

  private kindOf(where: Expression): SiteKind | undefined {
    const target = where.kind === "index" ? where.target : where;
    const binding = target.kind === "name" ? this.names.get(target.name) : undefined;
    const site =
      binding?.kind === "site" ? binding.site : binding?.kind === "array" ? binding.sites[0] : undefined;
    return site === undefined ? undefined : this.names.sites?.[site]?.kind;
  }
}

const isFunction = (name: string): boolean => SPECIAL.has(name) || FUNCTIONS.has(name);

const usageOf = (name: string): string => SPECIAL.get(name) ?? FUNCTIONS.get(name)?.usage ?? `${name}(...)`;

export const countArguments = (count: number): string =>
  count === 0 ? "no arguments" : count === 1 ? "1 argument" : `${count} arguments`;
