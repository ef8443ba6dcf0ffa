import { NumericsError } from "../base/errors.ts";
import { at } from "../base/lists.ts";
import type { TwoWayMatrix } from "../compile/sparse.ts";
import type { Decomposition } from "./dark.ts";
import { strongComponents } from "./graph.ts";
import {
  adjoint,
  adjointTimes,
  beside,
  columnsOf,
  combine,
  frobenius,
  type Matrix,
  multiply,
  zeros,
} from "./matrix.ts";
import type { OpenSolution } from "./open.ts";
import { type Schur, schur } from "./schur.ts";
import type { System } from "./sectors.ts";
import { Split } from "./split.ts";

/** A sector as far as it has been solved. */
export interface SolvedSector {
  readonly parts: Decomposition;
  readonly open: OpenSolution;
}

/** States of a sector that end in a dark or stable state of some sector for certain, H_eff = basis T basis^+ on them. */
export interface Transient {
  /** n x t, orthonormal */
  readonly basis: Matrix;
  readonly t: Matrix;
}

export interface TransientParts {
  /** One a sector. */
  readonly sectors: readonly Transient[];
  /** Nothing can go on emitting for ever. */
  readonly complete: boolean;
}

/** Kets of all sectors together where jumps lead back. */
const MOST_KETS_WITH_FEEDBACK = 1024;
/** Amplitudes below this fraction of a channel's or of H_eff's size lead nowhere. */
const NEGLIGIBLE = 1e-10;

/**
 * The transient part of each sector. Without feedback it is everything open. Else it is what the dark and stable states
 * can be reached from: the smallest subspace that holds them and is closed under all J_c^+ and H_eff^+, less themselves.
 * The rest is closed under J_c and H_eff and stays for ever where it is.
 */
export function findTransients(system: System, solved: readonly SolvedSector[]): TransientParts {
  if (!hasFeedback(system)) {
    const sectors = solved.map(({ parts, open }) => inKets(parts.open, open.schur));
    return { sectors, complete: true };
  }
  if (system.dimension > MOST_KETS_WITH_FEEDBACK) {
    throw new NumericsError(
      `where jumps lead back, at most ${MOST_KETS_WITH_FEEDBACK} basis states fit, but ${system.dimension} are reached`,
    );
  }
  const splits = closeBackwards(system, solved);
  let complete = true;
  const sectors = solved.map(({ parts, open }, s): Transient => {
    const split = at(splits, s);
    const silent = parts.dark.columns + parts.stable.columns;
    if (split.rank === split.basis.rows) return inKets(parts.open, open.schur);
    complete = false;
    const basis = columnsOf(split.basis, silent, split.rank);
    return inKets(basis, schur(adjointTimes(basis, multiply(effective(parts), basis))));
  });
  return { sectors, complete };
}

const inKets = (basis: Matrix, { t, u }: Schur): Transient => ({ basis: multiply(basis, u), t });

/** H - (i/2) R */
const effective = ({ hamiltonian, rates }: Decomposition): Matrix =>
  combine([1, 0], hamiltonian, [0, -1 / 2], rates);

/** Whether some sequence of jumps leads back to a sector. */
function hasFeedback({ targets }: System): boolean {
  const components = strongComponents(targets.length, (s) => targets[s] ?? []);
  return components.some(
    ([first, second]) => second !== undefined || targets[first ?? 0]?.includes(first ?? 0),
  );
}

function closeBackwards(system: System, solved: readonly SolvedSector[]): Split[] {
  const splits = solved.map(({ parts }) => {
    const split = new Split(parts.hamiltonian.rows);
    const silent = beside([parts.dark, parts.stable], parts.hamiltonian.rows);
    split.absorb(adjoint(silent), 1 / 2, 1);
    return split;
  });
  const effectives = solved.map(({ parts }) => effective(parts));
  const done = splits.map(() => 0);
  for (let changed = true; changed; ) {
    changed = false;
    splits.forEach((split, s) => {
      const from = at(done, s);
      if (split.rank === from) return;
      changed = true;
      const rows = adjoint(columnsOf(split.basis, from, split.rank));
      done[s] = split.rank;
      const h = at(effectives, s);
      const size = frobenius(h);
      // Both are needed only together: the smallest subspace closed under H_eff^+ takes in y^+ H_eff.
      if (size > 0) split.absorb(multiply(rows, h), NEGLIGIBLE * size, size);
      for (const matrix of system.jumps) absorbSources(system, splits, matrix, s, rows);
    });
  }
  return splits;
}

/** Absorbs J^+ y, for the y whose adjoints are the given rows over sector `target`, in every sector that J comes from. */
function absorbSources(
  { sectors, sectorOf }: System,
  splits: readonly Split[],
  matrix: TwoWayMatrix,
  target: number,
  rows: Matrix,
): void {
  const { start, dimension } = at(sectors, target);
  const images = new Map<number, Matrix>();
  let largest = 0;
  for (let r = start; r < start + dimension; r++) {
    for (let e = matrix.rowStart[r] as number; e < (matrix.rowStart[r + 1] as number); e++) {
      const column = matrix.column[e] as number;
      const source = sectorOf[column] as number;
      const sector = at(sectors, source);
      const image = images.get(source) ?? zeros(rows.rows, sector.dimension);
      images.set(source, image);
      const [x, y] = [matrix.values[2 * e] as number, matrix.values[2 * e + 1] as number];
      largest += x * x + y * y;
      for (let i = 0; i < rows.rows; i++) {
        const from = i * rows.columns + r - start;
        const to = i * image.columns + column - sector.start;
        const [a, b] = [rows.re[from] as number, rows.im[from] as number];
        image.re[to] = (image.re[to] as number) + a * x - b * y;
        image.im[to] = (image.im[to] as number) + a * y + b * x;
      }
    }
  }
  const size = Math.sqrt(largest);
  for (const [source, image] of images) at(splits, source).absorb(image, NEGLIGIBLE * size, size);
}
