import type { Complex } from "../base/complex.ts";
import { exp } from "../base/functions.ts";
import {
  name,
  namesIn,
  number,
  OperatorExpression,
  type Scalar,
  StateExpression,
} from "./builder-expressions.ts";
import type { AnySite, OneOrMany } from "./builder-sites.ts";
import type { Entry, MappingNode, Node, ScalarNode } from "./document.ts";
import { Faults } from "./faults.ts";
import { type ParsedModel, readModel } from "./file.ts";
import type { MeasureKind, Model, ParameterValue } from "./model.ts";
import { RESERVED } from "./names.ts";
import { Reader } from "./reader.ts";
import type { Expression } from "./syntax.ts";

export {
  OperatorExpression,
  product,
  type Scalar,
  StateExpression,
  sum,
  weightedSum,
} from "./builder-expressions.ts";
export * from "./builder-sites.ts";

/** What a model file says, with values in place of texts. */
export interface ModelDescription {
  readonly title?: string;
  /** Only kept with the results: expressions here use the program's own variables. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** In tensor order. */
  readonly sites: readonly OneOrMany<AnySite>[];
  /** H (hbar = 1), Hermitian; a list is added up; 0 if missing. */
  readonly hamiltonian?: OperatorExpression | readonly OperatorExpression[];
  readonly channels?: Readonly<Record<string, ChannelDescription>>;
  /** The state at t = 0, normalised for you, or a mixture; weights that do not add up to 1 are normalised. */
  readonly initial: StateExpression | readonly { readonly weight: number; readonly state: StateExpression }[];
  /** Ascending, >= 0, in the inverse of the unit of H and of the rates. */
  readonly times: TimeRange | readonly number[];
  /** A list gives one observable an entry: NAME1, NAME2, ... */
  readonly observables?: Readonly<Record<string, OperatorExpression | readonly OperatorExpression[]>>;
  readonly measures?: Readonly<Record<string, MeasureDescription>>;
  readonly ensemble?: {
    readonly trajectories?: number;
    /** Absolute standard error to reach in every observable at every time. */
    readonly tolerance?: number;
    readonly seed?: string | number;
  };
  readonly density?: Model["density"];
}

/**
 * Jump operators L with their GKSL rates, d rho/dt = ... + rate (L rho L^+ - {L^+ L, rho}/2): one (`operator`), or a
 * list that makes the channels NAME1, NAME2, ... (`each`); or a reservoir that makes several at once.
 */
export type ChannelDescription =
  | { readonly rate: number; readonly operator: OperatorExpression }
  | { readonly rate: number | readonly number[]; readonly each: readonly OperatorExpression[] }
  | WaveguideDescription
  | DecayMatrixDescription;

/**
 * Emitters along a waveguide: the channels NAME_R, o_R = sum_j exp(-i k x_j) s_j, and NAME_L, o_L = sum_j exp(i k x_j) s_j,
 * at the rates gamma_R and gamma_L, and the exchange in the Hamiltonian,
 *
 *     -(i/2) sum_{x_i > x_j} exp(i k (x_i - x_j)) (gamma_R s_i^+ s_j + gamma_L s_j^+ s_i) + h.c.
 *
 *     { waveguide: q, kx: [0, Math.PI / 2, Math.PI], rate: 1, chirality: 0.3 }
 */
export type WaveguideDescription = {
  /** Sites, for their lowering operators s_j, or operators; lists stand for their members. */
  readonly waveguide: Emitter | readonly (Emitter | readonly Emitter[])[];
} & (
  | { readonly kx: readonly number[] }
  /** Positions in any order and the wavenumber, >= 0. */
  | { readonly x: readonly number[]; readonly k: number }
) &
  (
    | {
        /** gamma_R + gamma_L */
        readonly rate: number;
        /** (gamma_R - gamma_L) / (gamma_R + gamma_L), -1 to 1; 0 if missing. */
        readonly chirality?: number;
      }
    | { readonly right: number; readonly left: number }
  );

/** A site stands for its lowering operator: sm, jm, a, or |0><1| of two named levels. */
export type Emitter = AnySite | OperatorExpression;

/**
 * sum_ij Gamma_ij (s_i rho s_j^+ - {s_j^+ s_i, rho}/2) with a Hermitian matrix without negative eigenvalues: a channel
 * NAME1, NAME2, ... for each of its modes of a rate > 0, largest rates first.
 */
export interface DecayMatrixDescription {
  /** Gamma by rows. */
  readonly matrix: readonly (readonly Scalar[])[];
  /** s_1, s_2, ... */
  readonly operators: readonly OperatorExpression[];
}

/** `points` evenly spaced times, both ends counted. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}
export const range = (from: number, to: number, points: number): TimeRange => ({ from, to, points });

/** A number that follows from the averaged density matrix. */
export class MeasureDescription {
  readonly text: string;
  constructor(kind: MeasureKind, sides: readonly OneOrMany<AnySite>[]) {
    const printed = sides.map((side) => (isList(side) ? `[${side.map(nameOf).join(", ")}]` : side.name));
    this.text = `${kind}(${printed.join(", ")})`;
  }
}
const isList = (side: OneOrMany<AnySite>): side is readonly AnySite[] => Array.isArray(side);
const nameOf = (site: AnySite): string => site.name;

/** E_N = log2 ||rho^(T_A)||_1 of rho reduced to the two sides, each a site or a list of sites. */
export const logNegativity = (left: OneOrMany<AnySite>, right: OneOrMany<AnySite>): MeasureDescription =>
  new MeasureDescription("logNegativity", [left, right]);

/** Wootters' concurrence of two qubits, 0 to 1. */
export const concurrence = (left: AnySite, right: AnySite): MeasureDescription =>
  new MeasureDescription("concurrence", [left, right]);

/** -tr rho log2 rho, in bits, of a part or of the whole system. */
export const entropy = (part?: OneOrMany<AnySite>): MeasureDescription =>
  new MeasureDescription("entropy", part === undefined ? [] : [part]);

/** tr rho^2 of a part or of the whole system. */
export const purity = (part?: OneOrMany<AnySite>): MeasureDescription =>
  new MeasureDescription("purity", part === undefined ? [] : [part]);

/** The imaginary unit. */
export const i: Complex = [0, 1];

/** exp(i phi) = cos phi + i sin phi, with the same bits on every machine. */
export const cis = (phi: number): Complex => exp([0, phi]);

/**
 * The plain model that the same words in a model file give: d rho/dt = -i[H, rho] + sum_c rate_c D[L_c] rho.
 *
 *     const [q1, q2] = qubits("q", 2);
 *     const pair = model({
 *       sites: [[q1, q2]],
 *       hamiltonian: sum(n(q1), n(q2)),
 *       channels: { common: { rate: 0.002, operator: sum(sm(q1), sm(q2)) } },
 *       initial: ket("10"),
 *       times: range(0, 5000, 201),
 *       observables: { dark: projector(sp(q1).minus(sp(q2)).times(ground)) },
 *     });
 *
 * @throws InputError with all faults, each with its place, such as `channels.common.rate`
 */
export const model = (description: ModelDescription): Model => buildModel(description).model;

/** The same with the remarks that commands print: weights that were normalised, modes that were dropped, ... */
export function buildModel(description: ModelDescription): ParsedModel {
  const faults = new Faults();
  const reader = new TreeReader(faults);
  const { sites, channels = {}, ...rest } = description;
  const entries = [
    ...entriesOf(rest),
    entry("channels", channelsNode(channels)),
    entry("sites", sitesNode(sites, faults)),
  ];
  const result = readModel({ kind: "mapping", entries, location: HERE }, [], reader);
  faults.throwIfAny();
  return { model: result, notes: reader.notes };
}

/** Reads values of a program where they stand in place of texts; all else is as in a file. */
class TreeReader extends Reader {
  override expression(scalar: ScalarNode, where: string): Expression | undefined {
    const tree = trees.get(scalar);
    return tree === undefined ? super.expression(scalar, where) : this.checked(tree, scalar, where, true);
  }

  /** A name that is not known can only be a site that the program has declared, but not given to the model. */
  override checked(expression: Expression, scalar: ScalarNode, where: string, lists: boolean) {
    const absent = trees.has(scalar) || measures.has(scalar) ? this.absentSites(expression) : [];
    if (absent.length === 0) return super.checked(expression, scalar, where, lists);
    const are = absent.length === 1 ? "is" : "are";
    const message = `must use sites of the model only, but ${absent.join(", ")} ${are} not in its list "sites": add`;
    return this.fault(scalar, where, `${message} ${absent.length === 1 ? "it" : "them"} there`);
  }

  private absentSites(expression: Expression): string[] {
    const isKnown = (name: string) => RESERVED.includes(name) || this.names.get(name) !== undefined;
    return [...namesIn(expression)].filter((name) => !isKnown(name) && !this.names.mayBeBroken(name));
  }
}

const HERE = { file: "model" } as const;
const trees = new WeakMap<ScalarNode, Expression>();
/** Texts of measures: they, too, name sites and nothing else. */
const measures = new WeakSet<ScalarNode>();

function scalar(text: string, tree?: Expression): ScalarNode {
  const node: ScalarNode = {
    kind: "scalar",
    text,
    quoted: true,
    empty: false,
    location: HERE,
    locate: () => HERE,
  };
  if (tree !== undefined) trees.set(node, tree);
  return node;
}

const sequence = (items: readonly Node[]): Node => ({ kind: "sequence", items, location: HERE });
const entry = (key: string, value: Node): Entry => ({ key, keyLocation: HERE, value });
const mapping = (...entries: Entry[]): MappingNode => ({ kind: "mapping", entries, location: HERE });

/** A value of the program as the node of a file. */
function nodeOf(value: unknown): Node {
  if (value instanceof OperatorExpression || value instanceof StateExpression)
    return scalar("...", value.tree);
  if (value instanceof MeasureDescription) {
    const node = scalar(value.text);
    measures.add(node);
    return node;
  }
  if (typeof value === "number") return scalar(String(value), number(value));
  if (Array.isArray(value)) return sequence(value.map(nodeOf));
  if (isSite(value)) return scalar(value.name, name(value.name));
  if (typeof value === "object" && value !== null) return mapping(...entriesOf(value));
  return scalar(String(value));
}

const entriesOf = (values: object): Entry[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => entry(key, nodeOf(value)));

const isSite = (value: unknown): value is AnySite =>
  typeof value === "object" && value !== null && "kind" in value && "name" in value;

/** The section `channels`; in a matrix, and nowhere else, a pair of numbers is a complex one. */
function channelsNode(channels: Readonly<Record<string, ChannelDescription>>): Node {
  return mapping(
    ...Object.entries(channels).map(([key, channel]) => {
      if (!("matrix" in channel)) return entry(key, nodeOf(channel));
      const { matrix, ...rest } = channel;
      const rows = matrix.map((row) => sequence(row.map((x) => scalar(String(x), number(x)))));
      return entry(key, mapping(entry("matrix", sequence(rows)), ...entriesOf(rest)));
    }),
  );
}

/** The section `sites`: a single site is an entry, an array is one with a count. */
function sitesNode(sites: readonly OneOrMany<AnySite>[], faults: Faults): Node {
  const lone = new Map<string, string>();
  const single = (site: AnySite): Entry => {
    if (site.array !== undefined && !lone.has(site.array)) lone.set(site.array, site.name);
    return entry(site.name, mapping(...sizeOf(site)));
  };
  const entries = sites.flatMap((item): Entry[] => {
    if (!isList(item)) return [single(item)];
    const [first] = item;
    const array = first?.array;
    const whole = item.every((site, index) => site.array === array && site.member === index + 1);
    if (first === undefined || array === undefined || !whole) return item.map(single);
    return [entry(array, mapping(...sizeOf(first), entry("count", nodeOf(item.length))))];
  });
  // One fault for an array, however many of its members stand alone.
  for (const [array, member] of lone) {
    const must = `must be given as a whole, sites: [${array}] with the array as an entry`;
    faults.add(HERE, `sites.${array}`, `${must}, but ${member} stands alone`);
  }
  return mapping(...entries);
}

function sizeOf(site: AnySite): Entry[] {
  if (site.kind === "qubit") return [entry("kind", scalar("qubit"))];
  if (site.kind === "levels") return [entry("levels", sequence(site.labels.map((label) => scalar(label))))];
  if (site.kind === "spin") return [entry("spin", nodeOf(site.j))];
  return [entry("fock", nodeOf(site.dimension))];
}
