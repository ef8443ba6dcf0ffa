import type { Complex } from "../base/complex.ts";

/**
 * The plain object that a model file and the typed builder both give, and the only thing that the compiler and
 * the exact solver know of a model. Plain data: JSON.parse(JSON.stringify(model)) is the same model.
 *
 * Conventions: hbar = 1; d rho/dt = -i[H, rho] + sum_c rate_c (L_c rho L_c^+ - {L_c^+ L_c, rho}/2).
 * Level 0 of every site is its lowest one (qubit: ground, spin: m = -j, mode: vacuum, named levels: the first).
 */
export interface Model {
  readonly title: string;
  /** Parameters after `--set`, evaluated; for provenance, nothing below reads them. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Members in tensor order, arrays expanded. */
  readonly sites: readonly Site[];
  /** Hermitian to 1e-12 of its largest element. The exchange through waveguides is part of it. */
  readonly hamiltonian: Operator;
  /** Expanded: one entry a jump operator. */
  readonly channels: readonly Channel[];
  /** A statistical mixture; weights are > 0 and add up to 1. */
  readonly initial: readonly InitialComponent[];
  /** Strictly ascending, >= 0. The initial state holds at t = 0. */
  readonly times: readonly number[];
  readonly observables: readonly Observable[];
  readonly measures: readonly Measure[];
  readonly ensemble: EnsembleOptions;
  readonly density: "none" | "final" | "all";
}

export type ParameterValue = number | Complex | readonly (number | Complex)[];

export type SiteKind = "qubit" | "levels" | "spin" | "fock";

export interface Site {
  /** Unique: "B", or "q1" for a member of the array "q". */
  readonly name: string;
  /** The array that the site belongs to, and its 1-based place in it. */
  readonly array?: string;
  readonly member?: number;
  readonly kind: SiteKind;
  readonly dimension: number;
  /** As printed in a ket, lowest first: qubit "0" "1"; spin "-1/2" "1/2" or "-2" ... "2"; mode "0" ... */
  readonly labels: readonly string[];
}

/** sum of terms + sum of dyads, acting on the whole tensor product. */
export interface Operator {
  readonly terms: readonly OperatorTerm[];
  readonly dyads: readonly Dyad[];
}

/** coefficient * product of one-site matrices; sites that are not named carry the identity. */
export interface OperatorTerm {
  readonly coefficient: Complex;
  /** Ascending in `site`, one factor a site at most. */
  readonly factors: readonly Factor[];
}

export interface Factor {
  readonly site: number;
  /** Non-zero elements <row|M|column>, sorted by row, then column. */
  readonly elements: readonly MatrixElement[];
}

export type MatrixElement = readonly [row: number, column: number, re: number, im: number];

/** coefficient * |ket><bra| */
export interface Dyad {
  readonly coefficient: Complex;
  readonly ket: State;
  readonly bra: State;
}

/** A superposition of product kets; nothing says that it is normalised except where stated. */
export type State = readonly KetTerm[];

export interface KetTerm {
  readonly amplitude: Complex;
  /** The sites that are not in level 0: [site, level], ascending in site. The ground ket is []. */
  readonly levels: readonly (readonly [site: number, level: number])[];
}

export interface Channel {
  readonly name: string;
  /** GKSL rate, >= 0 and finite. */
  readonly rate: number;
  readonly operator: Operator;
}

export interface InitialComponent {
  readonly weight: number;
  /** Normalised. */
  readonly state: State;
}

export interface Observable {
  readonly name: string;
  /** Need not be Hermitian: the mean is then complex. */
  readonly operator: Operator;
  readonly hermitian: boolean;
  /** It is written as `hamiltonian` and nothing else: an energy, in units of frequency. */
  readonly isHamiltonian?: true;
}

export type MeasureKind = "logNegativity" | "concurrence" | "purity" | "entropy";

export interface Measure {
  readonly name: string;
  readonly kind: MeasureKind;
  /** Site indices, ascending: two sides for logNegativity and concurrence, one for purity and entropy. */
  readonly sides: readonly (readonly number[])[];
}

export interface EnsembleOptions {
  readonly trajectories?: number;
  /** Absolute standard error to reach in every observable at every time. */
  readonly tolerance?: number;
  readonly seed?: string;
}
