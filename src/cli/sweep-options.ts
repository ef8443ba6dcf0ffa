import { type Fault, InputError } from "../base/errors.ts";
import type { Setting } from "../model/file.ts";
import type { Route } from "../study/sweep.ts";
import { type Axis, readAxes } from "../study/sweep-axes.ts";
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
  readonly at?: string;
  readonly only?: readonly string[];
  readonly closedForms: readonly Setting[];
}

const ROUTES: Readonly<Record<string, readonly Route[]>> = {
  both: ["run", "exact"],
  run: ["run"],
  exact: ["exact"],
};

/** What is special to sweep; `faults` receives everything that is wrong. */
export function readSweepOptions(raw: RawSweepOptions, faults: Fault[]): SweepOptions {
  const refuse = (file: string, message: string) => faults.push({ file, where: "", message });
  const { over = [], route = "both", at, closedForm = [] } = raw;
  if (over.length === 0)
    refuse("--over", "must be given, such as --over N=2..20 or --over alpha=0:0.1:0.02, but is not");
  const axes = gatherAxes(over, faults);
  const routes = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  if (routes === undefined) refuse("--route", `must be run, exact or both, but is ${JSON.stringify(route)}`);
  const closedForms = closedForm.flatMap((text): Setting[] => {
    const equals = text.indexOf("=");
    const [name, value] = [text.slice(0, Math.max(0, equals)).trim(), text.slice(equals + 1).trim()];
    if (name !== "" && value !== "") return [{ name, value, option: "--closed-form" }];
    refuse("--closed-form", `must be name=expression such as energy=(N-1)/N, but is ${JSON.stringify(text)}`);
    return [];
  });
  const only = raw.only?.split(",").map((name) => name.trim());
  return {
    axes,
    routes: routes ?? [],
    closedForms,
    ...(at !== undefined && { at }),
    ...(only !== undefined && { only }),
  };
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
