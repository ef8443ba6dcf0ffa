import { countArguments, MEASURE_NAMES } from "../check.ts";
import type { Entry, Node, ScalarNode } from "../document.ts";
import { didYouMean } from "../meant.ts";
import type { Measure, MeasureKind, Site } from "../model.ts";
import { GeneratedNames, type Reader } from "../reader.ts";
import { siteAt } from "../sites.ts";
import { type Expression, parseExpression } from "../syntax.ts";
import { ExpressionFault } from "../tokens.ts";
import { describe, type Value } from "../values.ts";

type CallNode = Extract<Expression, { kind: "call" }>;

const USAGE: Readonly<Record<MeasureKind, string>> = {
  logNegativity: "logNegativity(side, side)",
  concurrence: "concurrence(qubit, qubit)",
  purity: "purity(part) or purity()",
  entropy: "entropy(part) or entropy()",
};
const WHAT = `one of ${Object.values(USAGE).join(", ")}`;

/** Measures of the averaged density matrix. */
export function readMeasures(node: Node | undefined, reader: Reader): readonly Measure[] {
  const names = new GeneratedNames(reader, "measures");
  return reader.section(node, "measures", "a mapping from names to measures").flatMap((entry) => {
    names.check(entry);
    const measure = readMeasure(entry, reader);
    return measure === undefined ? [] : [measure];
  });
}

function readMeasure({ key, value }: Entry, reader: Reader): Measure | undefined {
  const where = `measures.${key}`;
  const scalar = reader.scalar(value, where, WHAT);
  if (scalar === undefined) return undefined;
  const call = reader.guard(scalar, where, () => parseMeasure(scalar.text));
  if (call === undefined) return undefined;
  const sides = call.args.map((arg) => readSide(arg, scalar, where, reader));
  const known = sides.filter((side) => side !== undefined);
  const { sites } = reader.names;
  if (!sites || known.length < sides.length) return undefined;
  const kind = call.name as MeasureKind;
  const wrong =
    overlap(known, call, sites) ?? (kind === "concurrence" ? notQubit(known, call, sites) : undefined);
  if (wrong !== undefined) {
    reader.faults.add(scalar.locate(wrong.index), where, wrong.message);
    return undefined;
  }
  return { name: key, kind, sides: known.length > 0 ? known : [sites.map((_, site) => site)] };
}

/** The call behind a measure, with as many arguments as it takes. Throws ExpressionFault for anything else. */
function parseMeasure(text: string): CallNode {
  const expression = parseExpression(text);
  if (expression.kind !== "call") {
    throw new ExpressionFault(`must be ${WHAT}, but is "${text}"`, expression.start);
  }
  const { name, args, start } = expression;
  if (!MEASURE_NAMES.includes(name)) {
    throw new ExpressionFault(`must be ${WHAT}, but is "${name}"${didYouMean(name, MEASURE_NAMES)}`, start);
  }
  const two = name === "logNegativity" || name === "concurrence";
  if (two ? args.length !== 2 : args.length > 1) {
    const hint = two ? "" : "; a part of several sites is a list [q1, q2]";
    throw new ExpressionFault(
      `must be ${USAGE[name as MeasureKind]}, but has ${countArguments(args.length)}${hint}`,
      start,
    );
  }
  return expression;
}

/** Site indices of a site, an array or a list of such, ascending. */
function readSide(
  arg: Expression,
  scalar: ScalarNode,
  where: string,
  reader: Reader,
): readonly number[] | undefined {
  const expression = reader.checked(arg, scalar, where, true);
  const value = expression === undefined ? undefined : reader.evaluate(expression, scalar, where);
  if (value === undefined) return undefined;
  const sites = sitesIn(value);
  if (sites === undefined || sites.length === 0) {
    const found = describe(value);
    reader.faults.add(
      scalar.locate(arg.start),
      where,
      `must be a site, an array or a list [q1, q2] of sites, but is ${found}`,
    );
    return undefined;
  }
  const repeated = sites.find((site, index) => sites.indexOf(site) !== index);
  if (repeated === undefined) return [...sites].sort((a, b) => a - b);
  const name = siteAt(reader.names.sites ?? [], repeated).name;
  reader.faults.add(scalar.locate(arg.start), where, `must name each site once, but has ${name} twice`);
  return undefined;
}

function sitesIn(value: Value): readonly number[] | undefined {
  if (value.kind === "site") return [value.site];
  if (value.kind !== "list") return undefined;
  const parts = value.items.map(sitesIn);
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function overlap(
  sides: readonly (readonly number[])[],
  call: CallNode,
  sites: readonly Site[],
): ExpressionFault | undefined {
  const [left, right] = sides;
  const shared = left?.find((site) => right?.includes(site));
  if (shared === undefined) return undefined;
  return new ExpressionFault(
    `must have two sides without a common site, but ${siteAt(sites, shared).name} is on both`,
    call.args[1]?.start ?? call.start,
  );
}

function notQubit(
  sides: readonly (readonly number[])[],
  call: CallNode,
  sites: readonly Site[],
): ExpressionFault | undefined {
  for (const [index, side] of sides.entries()) {
    const [only] = side;
    const at = call.args[index]?.start ?? call.start;
    if (only === undefined || side.length !== 1) {
      return new ExpressionFault(`must be a single qubit, but is ${side.length} sites`, at);
    }
    const { name, kind, dimension } = siteAt(sites, only);
    if (kind !== "qubit") {
      return new ExpressionFault(`must be a qubit, but ${name} is none (it has ${dimension} levels)`, at);
    }
  }
  return undefined;
}
