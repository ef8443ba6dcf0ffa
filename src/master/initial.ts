import type { KetTerm, Model } from "../model/model.ts";
import type { Generator } from "./generator.ts";
import type { Place } from "./space.ts";

/** The elements of a matrix one after the other, in any order; those of equal places add up. */
export type Elements<P> = (visit: (row: P, column: P, re: number, im: number) => void) => void;

/** rho(0) = sum of weight * psi psi^+, once a component; `locate` says where a product ket is, or null to leave it out. */
export function initialElements<P>({ initial }: Model, locate: (ket: KetTerm) => P | null): Elements<P> {
  return (visit) => {
    for (const { weight, state } of initial) {
      const amplitudes = state.flatMap((term) => {
        const place = locate(term);
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
  };
}

export function isReal<P>(elements: Elements<P>): boolean {
  let real = true;
  elements((_row, _column, _re, im) => {
    if (im !== 0) real = false;
  });
  return real;
}

/** x of a density matrix, counters at zero. */
export function initialVector(elements: Elements<Place>, { layout, gap, size }: Generator): Float64Array {
  const x = new Float64Array(size);
  elements((row, column, re, im) => {
    if (row.sector > column.sector) return;
    const block = layout.find(row.sector, column.sector);
    if (block === null) return;
    const at = block.offset + row.index * block.columns + column.index;
    x[at] = (x[at] as number) + re;
    if (gap !== 0) x[at + gap] = (x[at + gap] as number) + im;
  });
  return x;
}
