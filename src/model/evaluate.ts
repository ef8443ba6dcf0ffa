import { addValues, combine, memberwise, negate, type Place, powerOf } from "./arithmetic.ts";
import type { Budget } from "./budget.ts";
import { applyFunction, FUNCTIONS } from "./functions.ts";
import { levelOf, namedLevel } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import type { Site } from "./model.ts";
import type { Names } from "./names.ts";
import { dimensionsOf, siteAt, transition } from "./sites.ts";
import { GROUND, productKet } from "./states.ts";
import type { Expression } from "./syntax.ts";
import { ExpressionFault, mapAll, Suppressed } from "./tokens.ts";
import {
  describe,
  formatComplex,
  listValue,
  numberValue,
  operatorValue,
  realPart,
  stateValue,
  type Value,
} from "./values.ts";

type CallNode = Extract<Expression, { kind: "call" }>;

/** The value of an expression whose names were checked. Throws an ExpressionFault, or Suppressed. */
export function evaluate(expression: Expression, names: Names, budget: Budget): Value {
  return new Evaluator(names, budget).value(expression);
}

/** Like `evaluate`; the value may also be a list of lists, the rows of a matrix. */
export function evaluateRows(expression: Expression, names: Names, budget: Budget): Value {
  return new Evaluator(names, budget).rows(expression);
}

class Evaluator {
  private readonly names: Names;
  private readonly budget: Budget;
  private readonly dimensions: readonly number[];
  /** Counters of the sums around the place of evaluation. */
  private readonly counters = new Map<string, Value>();
  /** Terms that sums have expanded to. */
  private expanded = 0;

  constructor(names: Names, budget: Budget) {
    this.names = names;
    this.budget = budget;
    this.dimensions = dimensionsOf(names.sites ?? []);
  }

  value(node: Expression): Value {
    this.budget.spend(1, node.start);
    switch (node.kind) {
      case "number":
        return numberValue(node.value);
      case "text":
        return { kind: "text", text: node.text };
      case "name":
        return this.name(node.name, node.start);
      case "call":
        return this.call(node);
      case "index":
        return this.entry(node.target, node.index);
      case "list":
        return listValue(node.items.map((item) => this.value(item)));
      case "negate":
        return negate(this.value(node.operand), this.place(node.start));
      case "power":
        return powerOf(this.value(node.base), this.value(node.exponent), this.place(node.start));
      case "chain":
        return this.chain(node);
    }
  }

  /** Only list(...) itself makes rows, and nothing else can be done with them. */
  rows(node: Expression): Value {
    return node.kind === "call" && node.name === "list" ? this.loop(node, true) : this.value(node);
  }

  private place(at: number): Place {
    return { budget: this.budget, dimensions: this.dimensions, at };
  }

  private sites(at: number): readonly Site[] {
    const { sites } = this.names;
    if (sites === null) throw new Suppressed();
    if (sites === undefined) throw new ExpressionFault("must use parameters only, but uses the sites", at);
    return sites;
  }

  private name(name: string, at: number): Value {
    const counter = this.counters.get(name);
    if (counter !== undefined) return counter;
    if (name === "i") return numberValue([0, 1]);
    if (name === "pi") return numberValue([Math.PI, 0]);
    if (name === "ground") {
      this.sites(at);
      return stateValue(GROUND);
    }
    if (name === "hamiltonian") return this.hamiltonian(at);
    const binding = this.names.get(name);
    if (binding?.kind === "parameter") return binding.value;
    if (binding?.kind === "site") return { kind: "site", site: binding.site };
    if (binding?.kind === "array") {
      return listValue(binding.sites.map((site): Value => ({ kind: "site", site })));
    }
    throw new Suppressed();
  }

  private hamiltonian(at: number): Value {
    const { hamiltonian } = this.names;
    if (hamiltonian === null) throw new Suppressed();
    if (hamiltonian === undefined) {
      throw new ExpressionFault("must not use the hamiltonian here, but does", at);
    }
    return operatorValue(hamiltonian);
  }

  /** From left to right; a run of additions is added up at once, so that long sums stay linear. */
  private chain(node: Extract<Expression, { kind: "chain" }>): Value {
    const additive = node.rest.every(({ operator }) => operator === "+" || operator === "-");
    let result = this.value(node.first);
    if (!additive || node.rest.length === 1) {
      for (const { operator, operand, at } of node.rest) {
        result = combine(operator, result, this.value(operand), this.place(at));
      }
      return result;
    }
    const values = node.rest.map(({ operator, operand, at }) => {
      const value = this.value(operand);
      return { at, value: operator === "-" ? negate(value, this.place(at)) : value };
    });
    const all = [result, ...values.map(({ value }) => value)];
    if (alike(all)) return addValues(all, this.place(node.start));
    for (const { value, at } of values) result = combine("+", result, value, this.place(at));
    return result;
  }

  private entry(targetNode: Expression, indexNode: Expression): Value {
    const target = this.value(targetNode);
    if (target.kind !== "list") {
      throw new ExpressionFault(`must be a list or an array, but is ${describe(target)}`, targetNode.start);
    }
    const index = this.wholeNumber(indexNode);
    const item = target.items[index - 1];
    if (item !== undefined) return item;
    throw new ExpressionFault(
      `must be an index from 1 to ${target.items.length}, but is ${index}`,
      indexNode.start,
    );
  }

  private wholeNumber(node: Expression): number {
    const value = this.value(node);
    if (value.kind !== "number") {
      throw new ExpressionFault(`must be a whole number, but is ${describe(value)}`, node.start);
    }
    const real = realPart(value.value);
    if (real !== undefined && Number.isSafeInteger(real)) return real;
    throw new ExpressionFault(`must be a whole number, but is ${formatComplex(value.value)}`, node.start);
  }

  private call(node: CallNode): Value {
    if (node.name === "sum" && node.args.length === 1) return this.sumOfList(node);
    if (node.name === "sum" || node.name === "prod" || node.name === "list") return this.loop(node);
    if (node.name === "ket") return this.ket(node);
    if (node.name === "transition") return this.transition(node);
    const entry = FUNCTIONS.get(node.name);
    if (entry === undefined) throw new Suppressed();
    const args = node.args.map((arg) => this.value(arg));
    const needsSites = args.some((arg) => arg.kind === "site" || arg.kind === "list");
    return applyFunction(entry, args, {
      ...this.place(node.start),
      name: node.name,
      sites: needsSites ? (this.names.sites ?? []) : [],
      argAt: node.args.map((arg) => arg.start),
    });
  }

  private sumOfList(node: CallNode): Value {
    const [arg] = node.args;
    const list = arg === undefined ? undefined : this.value(arg);
    if (list?.kind !== "list") {
      throw new ExpressionFault(
        `must be a list, but is ${list === undefined ? "missing" : describe(list)}`,
        arg?.start ?? node.start,
      );
    }
    return this.addUp(list.items, node.start);
  }

  private addUp(values: readonly Value[], at: number): Value {
    if (values.some((value) => value.kind === "list")) {
      return values.reduce((sum, value) => combine("+", sum, value, this.place(at)));
    }
    return addValues(values, this.place(at));
  }

  /** sum, prod and list over a counter. */
  private loop(node: CallNode, rows = false): Value {
    const [counter, from, to, term] = node.args;
    if (counter?.kind !== "name" || from === undefined || to === undefined || term === undefined) {
      throw new Suppressed();
    }
    const first = this.wholeNumber(from);
    const last = this.wholeNumber(to);
    if (last - first >= LIMITS.terms) {
      throw new ExpressionFault(
        `must have at most ${LIMITS.terms} terms, but has ${last - first + 1}`,
        node.start,
      );
    }
    const values = this.terms(counter.name, first, last, term);
    if (node.name === "sum") return this.addUp(values, node.start);
    if (node.name === "prod") return this.product(values, node.start);
    if (!rows && values.some((value) => value.kind === "list")) {
      throw new ExpressionFault("must list numbers, operators or states, but lists lists", term.start);
    }
    return listValue(values);
  }

  /** In halves, so that a product over many sites does not copy its factors once for each. */
  private product(values: readonly Value[], at: number): Value {
    const [first] = values;
    if (first === undefined) return numberValue([1, 0]);
    if (values.length === 1) return first;
    const middle = Math.floor(values.length / 2);
    return combine(
      "*",
      this.product(values.slice(0, middle), at),
      this.product(values.slice(middle), at),
      this.place(at),
    );
  }

  private terms(counter: string, first: number, last: number, term: Expression): Value[] {
    const values: Value[] = [];
    for (let j = first; j <= last; j++) {
      const before = this.expanded;
      this.counters.set(counter, numberValue([j, 0]));
      values.push(this.value(term));
      // Sums inside have counted their own terms.
      if (this.expanded === before) this.expanded++;
      this.budget.terms(this.expanded, term.start);
    }
    this.counters.delete(counter);
    return values;
  }

  private ket(node: CallNode): Value {
    const sites = this.sites(node.start);
    const [only] = node.args;
    if (only?.kind === "text" && node.args.length === 1 && sites.length > 1) {
      return stateValue(productKet(levelsOfText(sites, only.text, only.start)));
    }
    if (node.args.length !== sites.length) {
      throw new ExpressionFault(
        `ket must have one label for each of the ${sites.length} sites, but has ${node.args.length}` +
          (sites.length > 1 ? ` (or one quoted text of ${sites.length} characters)` : ""),
        node.start,
      );
    }
    const levels = mapAll(node.args, (label, site) =>
      levelOf(siteAt(sites, site), label, (expression) => this.value(expression)),
    );
    return stateValue(productKet(levels));
  }

  private transition(node: CallNode): Value {
    const [where, to, from] = node.args;
    if (where === undefined || to === undefined || from === undefined) throw new Suppressed();
    const sites = this.sites(node.start);
    return memberwise([this.value(where)], this.place(node.start), ([target]) => {
      if (target?.kind !== "site") {
        const found = target === undefined ? "missing" : describe(target);
        throw new ExpressionFault(`must be a site or an array, but is ${found}`, where.start);
      }
      const site = siteAt(sites, target.site);
      const level = (label: Expression): number =>
        levelOf(site, label, (expression) => this.value(expression));
      return operatorValue(transition(target.site, level(to), level(from)));
    });
  }
}

/** Whether values can be added in one go without a fault: all states, or numbers and operators. */
const alike = (values: readonly Value[]): boolean =>
  values.every(({ kind }) => kind === "number" || kind === "operator") ||
  values.every(({ kind }) => kind === "state");

/** ket("100"): one character a member. */
function levelsOfText(sites: readonly Site[], text: string, at: number): number[] {
  const labels = [...text];
  if (labels.length !== sites.length) {
    throw new ExpressionFault(
      `must have one character for each of the ${sites.length} sites, but "${text}" has ${labels.length}`,
      at,
    );
  }
  return mapAll(labels, (label, index) => namedLevel(siteAt(sites, index), label, at + 1 + index));
}
