import { InputError, NumericsError, SizeError } from "../base/errors.ts";
import type { Measure, Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";
import type { EnsembleRun } from "../trajectories/options.ts";
import type { Route, Skipped, SweepRow } from "./sweep.ts";
import type { PlannedPoint } from "./sweep-plan.ts";
import { judgeRow } from "./sweep-verdict.ts";

export interface RouteControl {
  readonly signal: AbortSignal;
  /** Part that is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** How the two routes are gone: in threads of their own, or wherever the caller wants. */
export interface SweepRoutes {
  readonly run?: (model: Model, control: RouteControl) => Promise<EnsembleRun>;
  readonly exact?: (model: Model, control: RouteControl) => Promise<Result>;
}

/** One point by the routes that there are. A route or quantity that cannot be computed is named with the reason. */
export async function computePoint(
  point: PlannedPoint,
  routes: SweepRoutes,
  falseAlarm: number,
  control: RouteControl,
): Promise<{ readonly row: SweepRow; readonly run: EnsembleRun | null }> {
  const done = { run: 0, exact: 0 };
  const taken = (["run", "exact"] as const).filter((route) => routes[route]);
  const controlOf = (route: Route): RouteControl => ({
    signal: control.signal,
    onProgress: (part) => {
      done[route] = part;
      control.onProgress((done.run + done.exact) / taken.length);
    },
  });
  const [run, exact] = await Promise.all([
    attempt("run", routes.run, point.model, controlOf("run")),
    attempt("exact", routes.exact, point.model, controlOf("exact")),
  ]);
  const { values, agree } = judgeRow(run.result, exact.result, point.closedForms, falseAlarm);
  const row: SweepRow = {
    places: point.places,
    parameters: point.parameters,
    time: point.model.times[0] ?? 0,
    trajectories: run.result?.result.trajectories ?? null,
    values,
    agree,
    skipped: [...point.unread, ...joinRoutes([...run.skipped, ...exact.skipped])],
  };
  return { row, run: run.result };
}

interface Attempt<T> {
  readonly result: T | null;
  readonly skipped: readonly Skipped[];
}

/**
 * The route, without what keeps it from being gone: quantities that it names itself, else measures, of which those of most
 * sites need most of the density matrix.
 */
async function attempt<T>(
  route: Route,
  go: ((model: Model, control: RouteControl) => Promise<T>) | undefined,
  model: Model,
  control: RouteControl,
): Promise<Attempt<T>> {
  if (go === undefined) return { result: null, skipped: [] };
  let left = model;
  const dropped: Skipped[] = [];
  for (;;) {
    try {
      return { result: await go(left, control), skipped: dropped };
    } catch (error) {
      if (control.signal.aborted || !(error instanceof NumericsError || error instanceof InputError))
        throw error;
      const named = namedQuantities(error);
      const culprits = named ?? widest(left.measures);
      const reason = reasonOf(error);
      if (culprits.length === 0) return { result: null, skipped: [{ route, quantity: null, reason }] };
      dropped.push(...culprits.map((quantity) => ({ route, quantity, reason })));
      left = without(left, culprits);
    }
  }
}

/** The observables and measures that all faults are about; undefined where one is about something else. */
function namedQuantities(error: InputError | NumericsError): string[] | undefined {
  const places =
    error instanceof InputError ? error.faults : error instanceof SizeError ? [error] : [{ where: "" }];
  const names = places.map(({ where }) => /^(?:observables|measures)\.(.*)$/.exec(where)?.[1]);
  return names.includes(undefined) ? undefined : [...new Set(names.flatMap((name) => name ?? []))];
}

function reasonOf(error: InputError | NumericsError): string {
  if (error instanceof InputError) return error.faults.map(({ message }) => message).join("; ");
  return error instanceof SizeError ? error.reason : error.message;
}

function widest(measures: readonly Measure[]): string[] {
  const width = ({ sides }: Measure) => sides.flat().length;
  const most = Math.max(0, ...measures.map(width));
  return measures.filter((measure) => width(measure) === most).map(({ name }) => name);
}

const without = (model: Model, names: readonly string[]): Model => ({
  ...model,
  observables: model.observables.filter(({ name }) => !names.includes(name)),
  measures: model.measures.filter(({ name }) => !names.includes(name)),
});

/** What both routes skip for the same reason is said once. */
function joinRoutes(skipped: readonly Skipped[]): Skipped[] {
  const same = (a: Skipped, b: Skipped) => a.quantity === b.quantity && a.reason === b.reason;
  return skipped.flatMap((one, index) => {
    if (skipped.findIndex((other) => same(one, other)) < index) return [];
    const twice = skipped.filter((other) => same(one, other)).length > 1;
    return [twice ? { ...one, route: "both" as const } : one];
  });
}
