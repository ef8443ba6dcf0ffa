import type { ParameterValue } from "../model/model.ts";

/**
 * What a model's observables and measures are at one time, against parameters of its file, by up to three routes: the JSON
 * file of `mcwf sweep` is this object as it stands.
 */
export interface Sweep {
  readonly format: "mcwf-sweep/1";
  readonly kind: "sweep";
  readonly title: string;
  /** The swept parameters, the first one slowest. */
  readonly axes: readonly SweepAxis[];
  /** In the order of the file: observables, then measures. NAME_im is the imaginary part of an observable. */
  readonly quantities: readonly SweepQuantity[];
  /** One a point; fewer than `points` where the sweep was cut short. */
  readonly rows: readonly SweepRow[];
  readonly points: number;
  /** null where nothing could be compared. */
  readonly agree: boolean | null;
  /** Probability, at most, that one of all these comparisons calls a right model wrong. */
  readonly falseAlarm: number;
  /** null where no trajectories were asked for. */
  readonly seed: string | null;
  /** With these, the same command gives the same numbers. */
  readonly source: {
    readonly version: string;
    /** Text of the model file. */
    readonly model: string;
    readonly set: readonly string[];
    readonly over: readonly string[];
    readonly closedForms: readonly string[];
    readonly at: string | null;
  };
  readonly notes: readonly string[];
}

export interface SweepAxis {
  readonly name: string;
  /** An expression of another swept parameter, such as N/2, as its text. */
  readonly values: readonly (ParameterValue | string)[];
}

export interface SweepQuantity {
  readonly name: string;
  readonly kind: "observable" | "measure";
  /** It is the Hamiltonian itself, so it has the unit of a frequency. */
  readonly energy: boolean;
}

export interface SweepRow {
  /** Of each axis: which of its values, from 0, and what it is here. */
  readonly places: readonly number[];
  readonly parameters: readonly ParameterValue[];
  readonly time: number;
  /** null where the route was not taken. */
  readonly trajectories: number | null;
  /** By name of the quantity. */
  readonly values: Readonly<Record<string, SweepValue>>;
  readonly agree: boolean | null;
  readonly skipped: readonly Skipped[];
}

/** One quantity at one point. What was not computed is absent. */
export interface SweepValue {
  readonly mean?: number;
  /** null where it cannot be known. */
  readonly standardError?: number | null;
  readonly exact?: number;
  readonly closedForm?: number;
  /** (mean - reference) / error, as in a comparison; null where another test decides. Reference: exact, else closed form. */
  readonly z?: number | null;
  /** Whether everything that is there agrees. */
  readonly agree?: boolean;
}

/** What a point does not have, and why. */
export interface Skipped {
  readonly route: Route | "both";
  /** null: the whole route. */
  readonly quantity: string | null;
  readonly reason: string;
}

export type Route = "run" | "exact";
