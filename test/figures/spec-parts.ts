/** What tests look at in a specification, whose own type is a union of hundreds of shapes. */
export interface Encoding {
  readonly field?: string;
  readonly title?: string | readonly string[] | null;
  readonly scale?: {
    readonly domain?: readonly number[];
    readonly type?: string;
    readonly range?: readonly string[];
  };
  readonly axis?: {
    readonly labelExpr?: string;
    readonly values?: readonly number[];
    readonly labelAngle?: number;
  };
}
export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly title?: { readonly text: string };
  readonly data?: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly mark?: { readonly type: string; readonly text?: string; readonly size?: number };
  readonly encoding?: Readonly<Record<string, Encoding>>;
  readonly layer?: readonly View[];
  readonly concat?: readonly View[];
  readonly columns?: number;
}
interface Sheet {
  readonly title?: { readonly text: readonly string[]; readonly subtitle: readonly string[] };
  readonly vconcat: readonly View[];
}

export const sheetOf = (spec: unknown): Sheet => spec as Sheet;

/** All views without parts of their own, from top to bottom. */
export function viewsOf(spec: unknown): View[] {
  const leaves = (view: View): View[] => {
    const parts = [...(view.layer ?? []), ...(view.concat ?? [])];
    return parts.length === 0 ? [view] : parts.flatMap(leaves);
  };
  return sheetOf(spec).vconcat.flatMap(leaves);
}

/** The rows of data of all views with this mark, legends included. */
export const rowsOf = (spec: unknown, mark: string): Readonly<Record<string, unknown>>[] =>
  viewsOf(spec).flatMap((view) => (view.mark?.type === mark ? [...(view.data?.values ?? [])] : []));

/** The last view, or layer of views, of the sheet: below all legends. */
export function lastPart(spec: unknown): View {
  const last = sheetOf(spec).vconcat.at(-1);
  if (last === undefined) throw new Error("the specification has no part");
  return last;
}

/** Labels in all legend strips, in order. */
export const legendLabels = (spec: unknown): string[] =>
  sheetOf(spec)
    .vconcat.filter(({ width, layer }) => width !== undefined && layer !== undefined)
    .flatMap(({ data }) =>
      (data?.values ?? []).flatMap(({ label }) => (typeof label === "string" ? [label] : [])),
    );
