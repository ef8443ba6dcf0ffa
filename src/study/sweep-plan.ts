import { type Fault, formatFault, InputError } from "../base/errors.ts";
import { type ParsedFile, parseModel, type Setting } from "../model/file.ts";
import { didYouMean } from "../model/meant.ts";
import type { Model, ParameterValue } from "../model/model.ts";
import type { Skipped, SweepAxis, SweepQuantity } from "./sweep.ts";
import { type Axis, gridOf, settingsAt } from "./sweep-axes.ts";

export interface SweepRequest {
  readonly text: string;
  /** The model file's name, for messages. */
  readonly file: string;
  readonly axes: readonly Axis[];
  readonly set: readonly Setting[];
  /** Expressions in the parameters, by the name of an observable or measure. */
  readonly closedForms: readonly Setting[];
  /** Expression for the time; absent: the last one of the model. */
  readonly at?: string | undefined;
  /** Observables and measures; absent: all. */
  readonly only?: readonly string[] | undefined;
}

export interface SweepPlan {
  readonly title: string;
  readonly axes: readonly SweepAxis[];
  readonly quantities: readonly SweepQuantity[];
  readonly points: readonly PlannedPoint[];
  readonly notes: readonly string[];
}

export interface PlannedPoint {
  /** Of each axis: which of its values, and what it is here. */
  readonly places: readonly number[];
  readonly parameters: readonly ParameterValue[];
  /** With one time only. */
  readonly model: Model;
  readonly closedForms: Readonly<Record<string, number>>;
  /** Quantities that cannot be read here, though they can elsewhere. */
  readonly unread: readonly Skipped[];
}

const AT = "--at";

/**
 * Reads the model at every point, so that all faults are told before work starts. An observable or measure that can be
 * read at some points only (a superposition too large, a site that is not there) is left out at the others.
 * @throws InputError
 */
export function planSweep(request: SweepRequest): SweepPlan {
  const places = gridOf(request.axes);
  const grid = places.map((own) => settingsAt(request.axes, own));
  const doubled = request.axes.filter(({ name }) => request.set.some((setting) => setting.name === name));
  if (doubled.length > 0) {
    throw new InputError(
      doubled.map(({ name }) => fault("--set", name, "must be set or swept, but is both")),
    );
  }
  const read = grid.map((settings) => readPoint(request, settings));
  throwFaults(read, grid);
  const parsed = read.flatMap(({ parsed }) => parsed ?? []);
  const known = unite(parsed.map(({ model }) => quantitiesOf(model)));
  checkNames(request, known, parsed[0]?.model);
  const quantities = known.filter(({ name }) => isChosen(name, request.only));
  if (quantities.length === 0) {
    throw new InputError([
      fault(request.file, "", "must have observables or measures to sweep, but has none"),
    ]);
  }
  const points = read.flatMap(({ parsed: file, unread }, index) =>
    file ? [plannedPoint(request, file, unread, places[index] ?? [])] : [],
  );
  return {
    title: parsed[0]?.model.title ?? "",
    axes: request.axes.map((axis, index) => evaluatedAxis(axis, index, points)),
    quantities,
    points,
    notes: [...new Set(parsed.flatMap(({ notes }) => notes))],
  };
}

/** A value that is the same at all points as a number, any other as its text. */
function evaluatedAxis({ name, values }: Axis, axis: number, points: readonly PlannedPoint[]): SweepAxis {
  return {
    name,
    values: values.map((text, place) => {
      const own = points.flatMap(({ places, parameters }) =>
        places[axis] === place ? [parameters[axis] ?? Number.NaN] : [],
      );
      const [first = Number.NaN] = own;
      return own.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : text;
    }),
  };
}

interface ReadPoint {
  readonly parsed?: ParsedFile;
  /** Faults of the point as a whole. */
  readonly faults: readonly Fault[];
  /** Faults of single observables and measures. */
  readonly unread: readonly Fault[];
}

function readPoint(request: SweepRequest, settings: readonly Setting[]): ReadPoint {
  const { text, file, at, only } = request;
  const time = at === undefined ? [] : [{ name: "", value: at, option: AT }];
  const parse = (unread: readonly Fault[]) =>
    parseModel(text, {
      file,
      set: [...request.set, ...settings],
      evaluate: [...request.closedForms, ...time],
      leaveOut: (place) => unread.some(({ where }) => isWithin(where, place)) || !isAsked(place, only),
    });
  let unread: readonly Fault[] = [];
  for (;;) {
    try {
      return { parsed: parse(unread), faults: [], unread };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { faults } = error;
      if (!faults.every(({ where }) => /^(observables|measures)\./.test(where)))
        return { faults, unread: [] };
      unread = [...unread, ...faults];
    }
  }
}

/** "measures.C" holds "measures.C" and "measures.C[1]". */
const isWithin = (where: string, place: string): boolean =>
  where === place || where.startsWith(`${place}[`) || where.startsWith(`${place}.`);

/** Whether an entry of the file can make one of the names: itself, n1 of n, or x_im of x. */
function isAsked(place: string, only: readonly string[] | undefined): boolean {
  if (only === undefined || !/^(observables|measures)\./.test(place)) return true;
  const key = place.slice(place.indexOf(".") + 1);
  return only.some((name) => name.startsWith(key) && /^\d*(_im)?$/.test(name.slice(key.length)));
}

/** Faults of all points at once, each with the point unless it is the same everywhere. */
function throwFaults(read: readonly ReadPoint[], grid: readonly (readonly Setting[])[]): void {
  const everywhere = (text: string, of: (point: ReadPoint) => readonly Fault[]) =>
    read.every((point) => of(point).some((one) => formatFault(one) === text));
  const told = new Map<string, Fault>();
  read.forEach((point, index) => {
    const settings = (grid[index] ?? []).map(({ name, value }) => `${name} = ${value}`).join(", ");
    for (const one of point.faults) {
      const text = formatFault(one);
      const same = everywhere(text, ({ faults }) => faults);
      if (!told.has(text))
        told.set(text, same ? one : { ...one, message: `${one.message} (at ${settings})` });
    }
    for (const one of point.unread) {
      const text = formatFault(one);
      const never = read.every(({ unread }) => unread.some(({ where }) => where === one.where));
      if (never && index === 0) told.set(text, one);
    }
  });
  if (told.size > 0) throw new InputError([...told.values()]);
}

function plannedPoint(
  { axes, at, only, closedForms }: SweepRequest,
  { model, values }: ParsedFile,
  unread: readonly Fault[],
  places: readonly number[],
): PlannedPoint {
  const time = at === undefined ? model.times.at(-1) : values[""];
  if (at !== undefined && !(time !== undefined && time >= 0)) {
    throw new InputError([fault(AT, "", `must be a time >= 0, but is ${time}`)]);
  }
  return {
    places,
    parameters: axes.map(({ name }) => model.parameters[name] ?? Number.NaN),
    model: {
      ...model,
      times: time === undefined ? [] : [time],
      observables: model.observables.filter(
        ({ name }) => isChosen(name, only) || isChosen(`${name}_im`, only),
      ),
      measures: model.measures.filter(({ name }) => isChosen(name, only)),
      density: "none",
    },
    closedForms: Object.fromEntries(closedForms.map(({ name }) => [name, values[name] ?? Number.NaN])),
    unread: unread.map(({ where, message }) => ({
      route: "both",
      quantity: where.replace(/^\w+\./, ""),
      reason: message,
    })),
  };
}

/** Asked for by its name, or by that of its list. */
const isChosen = (name: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.includes(name) || only.includes(name.replace(/\d+(_im)?$/, ""));

function quantitiesOf({ observables, measures }: Model): SweepQuantity[] {
  return [
    ...observables.flatMap(({ name, hermitian, isHamiltonian: energy = false }): SweepQuantity[] => {
      const real = { name, kind: "observable", energy } as const;
      return hermitian ? [real] : [real, { ...real, name: `${name}_im` }];
    }),
    ...measures.map(({ name }) => ({ name, kind: "measure", energy: false }) as const),
  ];
}

/** All that occur, in the order of the largest model that has them. */
function unite(lists: readonly (readonly SweepQuantity[])[]): SweepQuantity[] {
  const found = new Map<string, SweepQuantity>();
  const longestFirst = [...lists].sort((a, b) => b.length - a.length);
  for (const list of longestFirst) {
    for (const quantity of list) {
      if (!found.has(quantity.name)) found.set(quantity.name, quantity);
    }
  }
  return [...found.values()];
}

function checkNames(
  { closedForms, only, file }: SweepRequest,
  known: readonly SweepQuantity[],
  model: Model | undefined,
): void {
  const names = known.map(({ name }) => name);
  const twice = model?.measures.find(({ name }) => model.observables.some((one) => one.name === name));
  if (twice !== undefined) {
    const message = "must have another name than the observable, because a sweep has one column for both";
    throw new InputError([fault(file, `measures.${twice.name}`, message)]);
  }
  const asked = [
    ...closedForms.map(({ name }) => ({ option: "--closed-form", name })),
    ...(only ?? []).map((name) => ({ option: "--only", name })),
  ];
  const wrong = asked.filter(({ option, name }) =>
    option === "--only" ? !names.some((one) => isChosen(one, [name])) : !names.includes(name),
  );
  if (wrong.length === 0) return;
  throw new InputError(
    wrong.map(({ option, name }) => {
      const guess = didYouMean(name, names);
      return fault(
        option,
        name,
        `must name an observable or measure of the file (${names.join(", ")}), but names none${guess}`,
      );
    }),
  );
}

const fault = (file: string, where: string, message: string): Fault => ({ file, where, message });
