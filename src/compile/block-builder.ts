import { Accumulator } from "./accumulator.ts";
import { BlockAssembler, normalised, type Patch } from "./block-assembler.ts";
import type { FlatElement } from "./flat-terms.ts";
import { Uint32List } from "./growable.ts";
import { MAX_KETS } from "./limits.ts";
import type { BlockMatrix, SparseMatrix } from "./program.ts";
import { SparseBuilder, sortedPlaces } from "./sparse.ts";
import type { Stretches, TailSets } from "./stretches.ts";

/** What becomes of an element of the operator in the matrix. */
export type Turn = (re: number, im: number) => readonly [number, number];

interface SharedPatch {
  /** Null where nothing but the diagonal is left. */
  readonly patch: Patch | null;
  readonly elements: number;
  /** Row of the first element. */
  readonly first: number;
  /** Row, re, im of what lies on the diagonal of the matrix. */
  readonly diagonal: readonly (readonly [number, number, number])[];
}

/**
 * Matrices of one operator between spaces in stretches, straight from its elements: which of them act is seen from the first
 * half of the sites once for a whole stretch, and what they do to the second half is worked out once for all stretches that
 * hold the same kets there. The time goes with the number of stretches, not of matrix elements.
 */
export class BlockBuilder {
  readonly #elements: readonly FlatElement[];
  readonly #tailMask: number;
  readonly #tailSets: TailSets;
  /** Elements of the operator below 1e-14 of it are zero. */
  readonly #largest: number;
  readonly #turn: Turn;
  /** Sets of elements by their number: key (number of the set without its last element, that element). */
  readonly #setNumbers = new Map<number, number>();
  readonly #sets: (readonly number[])[] = [[]];
  /** For each set of elements: key (tails in the source, in the target, whether the diagonal is apart). */
  readonly #patches: Map<number, SharedPatch>[] = [];
  readonly #builder = new SparseBuilder();

  constructor(elements: readonly FlatElement[], tailSets: TailSets, largest: number, turn: Turn) {
    this.#elements = elements;
    this.#tailMask = tailSets.mask;
    this.#tailSets = tailSets;
    this.#largest = largest;
    this.#turn = turn;
  }

  /** The square matrix without its diagonal; null where parts do not pay. */
  offDiagonal(stretches: Stretches): BlockMatrix | null {
    const matrix = this.build(stretches, stretches);
    return matrix === null ? null : { ...matrix, diagonal: new Float64Array(0) };
  }

  /** The matrix from one space into another, or the same; null where parts do not pay. */
  build(source: Stretches, target: Stretches): BlockMatrix | null {
    const [row, column] = [new Uint32List(), new Uint32List()];
    const patches: SharedPatch[] = [];
    const images = new Map<number, number>();
    for (let c = 0; c < source.head.length; c++) {
      this.#imagesOf(source.head[c] as number, images);
      for (const [head, set] of images) {
        for (const r of target.byHead.get(head) ?? []) {
          const from = source.tails[c] as number;
          const patch = this.#patchFor(set, from, target.tails[r] as number, source === target && r === c);
          if (patch.elements === 0 && patch.diagonal.length === 0) continue;
          row.push(r);
          column.push(c);
          patches.push(patch);
        }
      }
    }
    return this.#assemble(source, target, row.toArray(), column.toArray(), patches);
  }

  /** images: for each head that the kets of this head are moved to, the elements that do it. */
  #imagesOf(head: number, images: Map<number, number>): void {
    images.clear();
    const headMask = ~this.#tailMask;
    this.#elements.forEach(({ mask, pattern, flip }, e) => {
      if ((head & mask & headMask) !== (pattern & headMask)) return;
      const image = (head ^ (flip & headMask)) >>> 0;
      images.set(image, this.#setWith(images.get(image) ?? 0, e));
    });
  }

  #setWith(set: number, element: number): number {
    const key = set * this.#elements.length + element;
    const known = this.#setNumbers.get(key);
    if (known !== undefined) return known;
    const number = this.#sets.push([...(this.#sets[set] ?? []), element]) - 1;
    this.#setNumbers.set(key, number);
    return number;
  }

  #patchFor(set: number, from: number, to: number, diagonal: boolean): SharedPatch {
    this.#patches[set] ??= new Map();
    const patches = this.#patches[set];
    // No more sets of tails than kets.
    const key = (from * MAX_KETS + to) * 2 + (diagonal ? 1 : 0);
    let patch = patches.get(key);
    if (patch === undefined) {
      patch = this.#workOut(this.#sets[set] ?? [], from, to, diagonal);
      patches.set(key, patch);
    }
    return patch;
  }

  #workOut(set: readonly number[], from: number, to: number, diagonalApart: boolean): SharedPatch {
    const tails = this.#tailSets.tails(from);
    const rows = this.#tailSets.tails(to).length;
    const sum = new Accumulator(rows);
    const builder = this.#builder;
    const diagonal: [number, number, number][] = [];
    builder.clear();
    tails.forEach((tail, j) => {
      sum.clear();
      for (const e of set) {
        const { mask, pattern, flip, re, im } = this.#elements[e] as FlatElement;
        if ((tail & mask & this.#tailMask) !== (pattern & this.#tailMask)) continue;
        const i = this.#tailSets.find(to, (tail ^ (flip & this.#tailMask)) >>> 0);
        if (i >= 0) sum.add(i, re, im);
      }
      sum.forEachKept(this.#largest, (i, a, b) => {
        const [re, im] = this.#turn(a, b);
        if (diagonalApart && i === j) diagonal.push([i, re, im]);
        else builder.push(i, j, re, im);
      });
    });
    const matrix = builder.toRows(rows, tails.length);
    const elements = matrix.column.length;
    if (elements === 0) return { patch: null, elements, first: 0, diagonal };
    return { patch: normalised(matrix), elements, first: firstRow(matrix), diagonal };
  }

  #assemble(
    source: Stretches,
    target: Stretches,
    row: Uint32Array,
    column: Uint32Array,
    patches: readonly SharedPatch[],
  ): BlockMatrix | null {
    const assembler = new BlockAssembler(target.start, source.start);
    const order = sortedPlaces(row, row.length, target.head.length, null);
    // In the order in which a list of the elements, row by row, would meet them.
    const byFirst = (a: number, b: number): number =>
      (patches[a] as SharedPatch).first - (patches[b] as SharedPatch).first ||
      (column[a] as number) - (column[b] as number);
    for (let r = 0, p = 0; r < target.head.length; r++) {
      const first = p;
      while (p < order.length && row[order[p] as number] === r) p++;
      const parts = order.subarray(first, p);
      if (parts.length > 1) parts.sort(byFirst);
      for (const k of parts) {
        const { patch, elements, diagonal } = patches[k] as SharedPatch;
        if (patch !== null) assembler.add(column[k] as number, patch, elements);
        for (const [i, re, im] of diagonal) assembler.setDiagonal((target.start[r] as number) + i, re, im);
      }
      assembler.endStretch();
    }
    return assembler.result();
  }
}

function firstRow({ rowStart }: SparseMatrix): number {
  let row = 0;
  while (rowStart[row + 1] === 0) row++;
  return row;
}
