import type { Model } from "../model/model.ts";
import type { Layout } from "./blocks.ts";
import type { Place, Space } from "./space.ts";

/** The elements of rho(0) = sum of weight * psi psi^+; equal places come once a component. */
function forEachInitial(
  model: Model,
  space: Space,
  visit: (row: Place, column: Place, re: number, im: number) => void,
): void {
  for (const { weight, state } of model.initial) {
    const amplitudes = state.flatMap((term) => {
      const place = space.locate(term);
      return place === null ? [] : [{ place, re: term.amplitude[0], im: term.amplitude[1] }];
    });
    for (const a of amplitudes) {
      for (const b of amplitudes) {
        const re = weight * (a.re * b.re + a.im * b.im);
        const im = weight * (a.im * b.re - a.re * b.im);
        visit(a.place, b.place, re, im);
      }
    }
  }
}

export function isInitiallyReal(model: Model, space: Space): boolean {
  let real = true;
  forEachInitial(model, space, (_row, _column, _re, im) => {
    if (im !== 0) real = false;
  });
  return real;
}

/** x at t = 0, counters included. */
export function initialVector(
  model: Model,
  space: Space,
  layout: Layout,
  gap: number,
  size: number,
): Float64Array {
  const x = new Float64Array(size);
  forEachInitial(model, space, (row, column, re, im) => {
    if (row.sector > column.sector) return;
    const block = layout.find(row.sector, column.sector);
    if (block === null) return;
    const at = block.offset + row.index * block.columns + column.index;
    x[at] = (x[at] as number) + re;
    if (gap !== 0) x[at + gap] = (x[at + gap] as number) + im;
  });
  return x;
}
