import { InputError } from "../base/errors.ts";
import { call, name, number, OperatorExpression, quoted, StateExpression } from "./builder-expressions.ts";
import { LIMITS } from "./limits.ts";
import type { Expression } from "./syntax.ts";

/** Sites, declared once, and what can be made of them: operators and kets. */
interface Declared {
  /** "B", or "q1" for a member of the array "q". */
  readonly name: string;
  /** The array that the site belongs to, and its place in it from 1. */
  readonly array?: string;
  readonly member?: number;
}

/** A two-level system: level 0 is the ground state, level 1 the excited one. */
export interface Qubit extends Declared {
  readonly kind: "qubit";
}

/** A qudit with named levels, lowest first. */
export interface Levels<Label extends string = string> extends Declared {
  readonly kind: "levels";
  readonly labels: readonly Label[];
}

/** A collective spin j with the levels m = -j ... j. */
export interface Spin extends Declared {
  readonly kind: "spin";
  readonly j: number;
}

/** An oscillator mode with the levels 0 ... dimension - 1. */
export interface Fock extends Declared {
  readonly kind: "fock";
  readonly dimension: number;
}

export type AnySite = Qubit | Levels | Spin | Fock;

/** A site, or an array of alike sites. */
export type OneOrMany<S extends AnySite> = S | readonly S[];

/** One operator for one site, a list of operators for an array. */
export type OnEach<S> = S extends readonly unknown[]
  ? { readonly [Member in keyof S]: OperatorExpression }
  : OperatorExpression;

/** The members of an array; where the program says how many, they can be taken apart: `const [q1, q2] = qubits("q", 2)`. */
export type Members<S, Count extends number> = number extends Count
  ? readonly S[]
  : `${Count}` extends Digit | `${Digit}${Digit}`
    ? Tuple<S, Count>
    : readonly S[];
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Tuple<S, Count extends number, Made extends readonly S[] = readonly []> = Made["length"] extends Count
  ? Made
  : Tuple<S, Count, readonly [...Made, S]>;

/** A qubit: operators sm sp sx sy sz n. */
export const qubit = (name: string): Qubit => ({ kind: "qubit", name });

/** An array of qubits NAME1, NAME2, ...: `const [q1, q2] = qubits("q", 2)`. */
export const qubits = <const Count extends number>(name: string, count: Count): Members<Qubit, Count> =>
  array(qubit(name), count);

/** A qudit with named levels, lowest first: `levels("A", ["g", "0", "1", "e"])`. Its operators are transitions. */
export const levels = <const Label extends string>(
  name: string,
  labels: readonly Label[],
): Levels<Label> => ({ kind: "levels", name, labels });

/** A collective spin j = 0, 1/2, 1, ...: operators jm jp jz, levels m = -j ... j. */
export const spin = (name: string, j: number): Spin => ({ kind: "spin", name, j });

/** An oscillator mode cut off at `dimension` levels, 0 to dimension - 1: operators a ad n. */
export const fock = (name: string, dimension: number): Fock => ({ kind: "fock", name, dimension });

/**
 * `count` sites like the given one, named NAME1, NAME2, ...: `array(spin("S", 3/2), 2)`.
 * @throws InputError where `count` is no whole number >= 1, or too large
 */
export function array<S extends AnySite, const Count extends number>(
  site: S,
  count: Count,
): Members<S, Count> {
  if (!Number.isInteger(count) || count < 1 || count > LIMITS.sites) {
    const message = `must be a whole number >= 1 and <= ${LIMITS.sites}, but is ${count}`;
    throw new InputError([{ file: "model", where: `sites.${site.name}.count`, message }]);
  }
  const members: readonly S[] = Array.from({ length: count }, (_, index) => ({
    ...site,
    name: `${site.name}${index + 1}`,
    array: site.name,
    member: index + 1,
  }));
  return members as Members<S, Count>;
}

/** A function of a model file that takes a site, as a function of a site or of every member of an array. */
const onSites =
  <Kind extends AnySite>(operator: string) =>
  <const S extends OneOrMany<Kind>>(sites: S): OnEach<S> =>
    forEach(sites, (site) => new OperatorExpression(call(operator, name(site.name))));

function forEach<S extends OneOrMany<AnySite>>(
  sites: S,
  on: (site: AnySite) => OperatorExpression,
): OnEach<S> {
  const result = isArray(sites) ? sites.map(on) : on(sites);
  return result as OnEach<S>;
}

const isArray = (sites: OneOrMany<AnySite>): sites is readonly AnySite[] => Array.isArray(sites);

/** Lowers a qubit: sm = |0><1|. */
export const sm = onSites<Qubit>("sm");
/** Raises a qubit: sp = |1><0|. */
export const sp = onSites<Qubit>("sp");
/** sx = |0><1| + |1><0| */
export const sx = onSites<Qubit>("sx");
/** sy = i |0><1| - i |1><0|, so that sp = (sx + i sy)/2. */
export const sy = onSites<Qubit>("sy");
/** sz = |1><1| - |0><0| */
export const sz = onSites<Qubit>("sz");
/** Excitation of a qubit, |1><1|, or number of quanta in a mode, ad a. */
export const n = onSites<Qubit | Fock>("n");
/** Lowers a spin: jm |m> = sqrt(j(j + 1) - m(m - 1)) |m - 1>. */
export const jm = onSites<Spin>("jm");
/** Raises a spin: jp |m> = sqrt(j(j + 1) - m(m + 1)) |m + 1>. */
export const jp = onSites<Spin>("jp");
/** jz |m> = m |m> */
export const jz = onSites<Spin>("jz");
/** Takes a quantum out of a mode: a |k> = sqrt(k) |k - 1>, cut off like the mode. */
export const a = onSites<Fock>("a");
/** Puts a quantum into a mode: ad |k> = sqrt(k + 1) |k + 1>, 0 for the highest level that is kept. */
export const ad = onSites<Fock>("ad");
/** The identity. */
export const id = onSites<AnySite>("id");

/** A label of a site: the name of a level; a number for a qubit (0, 1), a spin (m) and a mode. */
export type LabelOf<S extends AnySite> = S extends Levels<infer Label> ? Label : number;
type LabelOfEach<S extends OneOrMany<AnySite>> = S extends readonly (infer Member extends AnySite)[]
  ? LabelOf<Member>
  : S extends AnySite
    ? LabelOf<S>
    : never;

/** |to><from| on a site, or on every member of an array: `transition(A, "1", "e")`. */
export const transition = <const S extends OneOrMany<AnySite>>(
  sites: S,
  to: LabelOfEach<S>,
  from: LabelOfEach<S>,
): OnEach<S> =>
  forEach(
    sites,
    (site) => new OperatorExpression(call("transition", name(site.name), label(to), label(from))),
  );

/** |state><state|, the state normalised: its mean is the population of the state. */
export const projector = (state: StateExpression): OperatorExpression =>
  new OperatorExpression(call("projector", state.tree));

/** Every site in its lowest level. */
export const ground = new StateExpression(name("ground"));

/** The Hamiltonian of the model, for observables. */
export const hamiltonian = new OperatorExpression(name("hamiltonian"));

/**
 * A product ket: one label for each site in tensor order, `ket(1, 0, "e", -1/2)`, or one text with a character for each
 * site, `ket("100")`.
 */
export const ket = (...labels: readonly (string | number)[]): StateExpression =>
  new StateExpression(call("ket", ...labels.map(label)));

/** A label as in a file: a text in quotes, a number as it is. */
const label = (text: string | number): Expression => (typeof text === "number" ? number(text) : quoted(text));
