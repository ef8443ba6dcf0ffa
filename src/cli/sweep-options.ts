import { type Fault, InputError } from "../base/errors.ts";
import type { Setting } from "../model/file.ts";
import type { Route } from "../study/sweep.ts";
import { type Axis, readAxes } from "../study/sweep-axes.ts";
import { nameAndValue, namesIn, OptionValues } from "./option-values.ts";
import type { RawOptions } from "./options.ts";

/** The options of sweep as commander hands them over. */
export interface RawSweepOptions extends RawOptions {
  readonly over?: readonly string[];
  readonly route?: string;
  readonly at?: string;
  readonly only?: string;
  readonly closedForm?: readonly string[];
}

export interface SweepOptions {
  readonly axes: readonly Axis[];
  readonly routes: readonly Route[];
  readonly at: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly closedForms: readonly Setting[];
}

const ROUTES: ReadonlyMap<string, readonly Route[]> = new Map([
  ["both", ["run", "exact"]],
  ["run", ["run"]],
  ["exact", ["exact"]],
]);

/** What is special to sweep; `faults` receives everything that is wrong. */
export function readSweepOptions(raw: RawSweepOptions, faults: Fault[]): SweepOptions {
  const values = new OptionValues(faults);
  const { over = [], route = "both", at, closedForm = [] } = raw;
  if (over.length === 0) {
    values.refuse("--over", "must be given, such as --over N=2..20 or --over alpha=0:0.1:0.02, but is not");
  }
  return {
    axes: gatherAxes(over, faults),
    routes: values.read("--route", route, "run, exact or both", (name) => ROUTES.get(name)) ?? [],
    closedForms: closedForm.flatMap(
      (text) =>
        values.read("--closed-form", text, "name=expression such as energy=(N-1)/N", readClosedForm) ?? [],
    ),
    at,
    only: namesIn(raw.only),
  };
}

function readClosedForm(text: string): Setting | undefined {
  const form = nameAndValue(text);
  return form === undefined || form.value === "" ? undefined : { ...form, option: "--closed-form" };
}

function gatherAxes(over: readonly string[], faults: Fault[]): Axis[] {
  try {
    return readAxes(over);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(...error.faults);
    return [];
  }
}
