import { groupBy } from "../base/lists.ts";
import type { Factor, OperatorTerm } from "../model/model.ts";

/** A term whose every factor moves its site by one fixed number of levels, so that the whole term is one shift of kets. */
export interface ShiftTerm extends OperatorTerm {
  /** Equal for two terms exactly if they move kets alike; "" for a diagonal term, null if the term was not split. */
  readonly shift: string | null;
}

/** A product of many wide factors is left whole rather than split into more parts than this. */
const MAX_PARTS = 64;

/** sx = sm + sp, and so on, multiplied out: the sum of the parts is the term. */
export function splitByShift(term: OperatorTerm): ShiftTerm[] {
  if (term.coefficient[0] === 0 && term.coefficient[1] === 0) return [];
  const choices = term.factors.map(shiftParts);
  const count = choices.reduce((product, parts) => product * parts.length, 1);
  if (count > MAX_PARTS) return [{ ...term, shift: null }];
  let parts: ShiftTerm[] = [{ coefficient: term.coefficient, factors: [], shift: "" }];
  for (const choice of choices) {
    parts = parts.flatMap((part) =>
      choice.map(({ by, factor }) => ({
        coefficient: part.coefficient,
        factors: [...part.factors, factor],
        shift: by === 0 ? part.shift : `${part.shift};${factor.site}:${by}`,
      })),
    );
  }
  return parts;
}

function shiftParts(factor: Factor): { readonly by: number; readonly factor: Factor }[] {
  const nonZero = factor.elements.filter(([, , re, im]) => re !== 0 || im !== 0);
  const parts = groupBy(nonZero, ([row, column]) => row - column);
  return [...parts].map(([by, elements]) => ({ by, factor: { site: factor.site, elements } }));
}

/** A site whose level 0 the term sends to zero: only kets that excite it need to be looked at. -1 if there is none. */
export function triggerSite(term: OperatorTerm): number {
  const factor = term.factors.find(({ elements }) => elements.every(([, column]) => column !== 0));
  return factor === undefined ? -1 : factor.site;
}
