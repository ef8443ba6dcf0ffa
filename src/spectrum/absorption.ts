import { at } from "../base/lists.ts";
import type { TwoWayMatrix } from "../compile/sparse.ts";
import { type ComplexVector, solveFixedPoint } from "./gmres.ts";
import { strongComponents } from "./graph.ts";
import { addRow, adjoint, adjointTimes, copy, type Matrix, multiply, zeros } from "./matrix.ts";
import type { Sector, System } from "./sectors.ts";
import type { Transient } from "./transient.ts";

/** Blocks of a matrix between sectors: key a * sectors + b holds rows of sector a and columns of sector b. */
export type Blocks = Map<number, Matrix>;

export const blockKey = ({ sectors }: System, a: number, b: number): number => a * sectors.length + b;

export const sectorsOfBlock = ({ sectors }: System, key: number): [a: number, b: number] => [
  Math.floor(key / sectors.length),
  key % sectors.length,
];

export interface Arrivals {
  readonly blocks: Blocks;
  /** Blocks that some jump leads to; the others are as they were at the start, at every frequency. */
  readonly fed: ReadonlySet<number>;
}

/**
 * Everything that ever arrives in each block, at one frequency w:
 * rho(0) + int_0^inf exp(i w s) sum_c J_c R(s) J_c^+ ds, R(s) the transient part of rho(s).
 *
 * The integral X of exp(i w s) R(s) solves -i H_eff X + i X H_eff^+ + i w X + sum_c J_c X J_c^+ = -R(0), a linear
 * equation: block by block where jumps lead onward only, by a Krylov method on a loop of blocks where they lead back.
 */
export function arrivals(
  system: System,
  transients: readonly Transient[],
  initial: Blocks,
  frequency: number,
): Arrivals {
  const flow = new Flow(system, transients, frequency);
  const total: Blocks = new Map([...initial].map(([key, block]) => [key, copy(block)]));
  const { keys, successors } = reachedBlocks(flow, initial);
  const place = new Map(keys.map((key, i) => [key, i]));
  const components = strongComponents(keys.length, (i) =>
    (successors[i] ?? []).map((key) => place.get(key) ?? 0),
  ).reverse();
  for (const component of components) {
    const blocks = component.map((i) => keys[i] as number);
    const [first] = component;
    const loop = blocks.length > 1 || (successors[first ?? 0] ?? []).includes(blocks[0] ?? -1);
    const inside = loop ? flow.solveLoop(blocks, total) : flow.solveBlocks(blocks, total);
    for (const [key, block] of inside) flow.jump(key, block, total);
  }
  return { blocks: total, fed: new Set(successors.flat()) };
}

/** Blocks that the initial ones lead to, with their successors. */
function reachedBlocks(
  flow: Flow,
  initial: Blocks,
): { readonly keys: readonly number[]; readonly successors: readonly (readonly number[])[] } {
  const keys = [...initial.keys()];
  const known = new Set(keys);
  const successors: number[][] = [];
  for (let k = 0; k < keys.length; k++) {
    const next = flow.targetsOf(keys[k] as number);
    successors.push(next);
    for (const key of next) {
      if (known.has(key)) continue;
      known.add(key);
      keys.push(key);
    }
  }
  return { keys, successors };
}

class Flow {
  readonly #system: System;
  readonly #transients: readonly Transient[];
  readonly #frequency: number;
  /** For each channel and sector: the sectors that it leads to. */
  readonly #targets = new Map<number, readonly (readonly number[])[]>();

  constructor(system: System, transients: readonly Transient[], frequency: number) {
    this.#system = system;
    this.#transients = transients;
    this.#frequency = frequency;
  }

  targetsOf(key: number): number[] {
    if (this.#transientsOf(key).some(({ t }) => t.rows === 0)) return [];
    const [a, b] = sectorsOfBlock(this.#system, key);
    const [left, right] = [this.#targetsOfSector(a), this.#targetsOfSector(b)];
    const found = new Set<number>();
    left.forEach((rows, c) => {
      for (const row of rows)
        for (const column of right[c] ?? []) found.add(blockKey(this.#system, row, column));
    });
    return [...found];
  }

  /** X of some blocks, from what arrives in each of them. */
  solveBlocks(keys: readonly number[], arriving: Blocks): Blocks {
    const solved: Blocks = new Map();
    for (const key of keys) {
      const block = arriving.get(key);
      if (block !== undefined) solved.set(key, this.#widen(key, this.#solve(key, this.#narrow(key, block))));
    }
    return solved;
  }

  /** X of blocks that feed each other: X - (solve after jump) X = solve(what arrives from outside). */
  solveLoop(keys: readonly number[], arriving: Blocks): Blocks {
    const sizes = keys.map((key) => {
      const [left, right] = this.#transientsOf(key);
      return [left.t.rows, right.t.rows] as const;
    });
    const pack = (blocks: Blocks): ComplexVector => {
      const vector = new Float64Array(2 * sizes.reduce((sum, [rows, columns]) => sum + rows * columns, 0));
      let place = 0;
      keys.forEach((key, k) => {
        const [rows, columns] = sizes[k] as readonly [number, number];
        const block = blocks.get(key);
        if (block !== undefined) {
          const { re, im } = this.#solve(key, this.#narrow(key, block));
          for (let e = 0; e < re.length; e++) {
            vector[place + 2 * e] = re[e] as number;
            vector[place + 2 * e + 1] = im[e] as number;
          }
        }
        place += 2 * rows * columns;
      });
      return vector;
    };
    const unpack = (vector: ComplexVector): Blocks => {
      const blocks: Blocks = new Map();
      let place = 0;
      keys.forEach((key, k) => {
        const [rows, columns] = sizes[k] as readonly [number, number];
        const block = zeros(rows, columns);
        for (let e = 0; e < block.re.length; e++) {
          block.re[e] = vector[place + 2 * e] as number;
          block.im[e] = vector[place + 2 * e + 1] as number;
        }
        place += 2 * rows * columns;
        blocks.set(key, this.#widen(key, block));
      });
      return blocks;
    };
    const again = (vector: ComplexVector): ComplexVector => {
      const arrived: Blocks = new Map();
      for (const [key, block] of unpack(vector)) this.jump(key, block, arrived);
      return pack(arrived);
    };
    return unpack(solveFixedPoint(again, pack(arriving)));
  }

  /** Adds J_c X J_c^+ of all channels, for the block X of `key`, to the blocks that they lead to. */
  jump(key: number, block: Matrix, to: Blocks): void {
    const { sectors, sectorOf, jumps } = this.#system;
    const [a, b] = sectorsOfBlock(this.#system, key);
    for (const matrix of jumps) {
      const left = applyColumns(matrix, at(sectors, a), block);
      if (left.rows.length === 0) continue;
      // (J X) J^+ = (J (J X)^+)^+
      const both = applyColumns(matrix, at(sectors, b), adjoint(left.values));
      both.rows.forEach((column, j) => {
        const t = at(sectors, sectorOf[column] as number);
        left.rows.forEach((row, i) => {
          const s = at(sectors, sectorOf[row] as number);
          const target = blockKey(this.#system, s.index, t.index);
          const sum = to.get(target) ?? zeros(s.dimension, t.dimension);
          if (!to.has(target)) to.set(target, sum);
          const place = (row - s.start) * t.dimension + column - t.start;
          const e = j * left.rows.length + i;
          sum.re[place] = (sum.re[place] as number) + (both.values.re[e] as number);
          sum.im[place] = (sum.im[place] as number) - (both.values.im[e] as number);
        });
      });
    }
  }

  /** T_a Y - Y T_b^+ - (w - E_a + E_b) Y = -i F in Schur coordinates, from the last row and column to the first. */
  #solve(key: number, f: Matrix): Matrix {
    const { sectors } = this.#system;
    const [a, b] = sectorsOfBlock(this.#system, key);
    const [{ t: left }, { t: right }] = this.#transientsOf(key);
    const shift = this.#frequency - at(sectors, a).relativeEnergy + at(sectors, b).relativeEnergy;
    const [m, n] = [left.rows, right.rows];
    const y = zeros(m, n);
    for (let i = m - 1; i >= 0; i--) {
      for (let j = 0; j < n; j++) {
        y.re[i * n + j] = f.im[i * n + j] as number;
        y.im[i * n + j] = -(f.re[i * n + j] as number);
      }
      for (let k = i + 1; k < m; k++)
        subtractRow(y, i, left.re[i * m + k] as number, left.im[i * m + k] as number, k);
      const [p, q] = [left.re[i * m + i] as number, left.im[i * m + i] as number];
      for (let j = n - 1; j >= 0; j--) solveElement(y, i, j, right, p - shift, q);
    }
    return y;
  }

  /** B_a^+ F B_b */
  #narrow(key: number, block: Matrix): Matrix {
    const [left, right] = this.#transientsOf(key);
    return multiply(adjointTimes(left.basis, block), right.basis);
  }

  /** B_a Y B_b^+ */
  #widen(key: number, block: Matrix): Matrix {
    const [left, right] = this.#transientsOf(key);
    return multiply(multiply(left.basis, block), adjoint(right.basis));
  }

  /** Those of the block's rows and of its columns. */
  #transientsOf(key: number): [Transient, Transient] {
    const [a, b] = sectorsOfBlock(this.#system, key);
    return [at(this.#transients, a), at(this.#transients, b)];
  }

  /** For each channel: the sectors that it leads to from this one. */
  #targetsOfSector(sector: number): readonly (readonly number[])[] {
    const known = this.#targets.get(sector);
    if (known !== undefined) return known;
    const { sectors, sectorOf, jumps } = this.#system;
    const { start, dimension } = at(sectors, sector);
    const found = jumps.map(({ columnStart, row: rows }) => {
      const [from, to] = [columnStart[start], columnStart[start + dimension]];
      return [...new Set(Array.from(rows.subarray(from, to), (row) => sectorOf[row] as number))];
    });
    this.#targets.set(sector, found);
    return found;
  }
}

/** y_i <- y_i - (re + i im) y_k */
function subtractRow(y: Matrix, i: number, re: number, im: number, k: number): void {
  if (re === 0 && im === 0) return;
  const n = y.columns;
  for (let j = 0; j < n; j++) {
    const [a, b] = [y.re[k * n + j] as number, y.im[k * n + j] as number];
    y.re[i * n + j] = (y.re[i * n + j] as number) - (re * a - im * b);
    y.im[i * n + j] = (y.im[i * n + j] as number) - (re * b + im * a);
  }
}

/** y_ij <- (y_ij + sum_{k > j} y_ik conj(T_jk)) / (p + i q - conj(T_jj)) */
function solveElement(y: Matrix, i: number, j: number, t: Matrix, p: number, q: number): void {
  const n = t.rows;
  let [a, b] = [y.re[i * n + j] as number, y.im[i * n + j] as number];
  for (let k = j + 1; k < n; k++) {
    const [c, d] = [y.re[i * n + k] as number, y.im[i * n + k] as number];
    const [x, z] = [t.re[j * n + k] as number, t.im[j * n + k] as number];
    a += c * x + d * z;
    b += d * x - c * z;
  }
  const [x, z] = [p - (t.re[j * n + j] as number), q + (t.im[j * n + j] as number)];
  const size = x * x + z * z;
  y.re[i * n + j] = (a * x + b * z) / size;
  y.im[i * n + j] = (b * x - a * z) / size;
}

/** J M for the columns of J that belong to a sector, M's rows; only the rows of the result that occur, by number. */
function applyColumns(
  matrix: TwoWayMatrix,
  { start }: Sector,
  m: Matrix,
): { readonly rows: readonly number[]; readonly values: Matrix } {
  const place = new Map<number, number>();
  const [from, to] = [matrix.columnStart[start], matrix.columnStart[start + m.rows]];
  for (const row of matrix.row.subarray(from, to)) if (!place.has(row)) place.set(row, place.size);
  const values = zeros(place.size, m.columns);
  for (let k = 0; k < m.rows; k++) {
    const end = matrix.columnStart[start + k + 1] as number;
    for (let c = matrix.columnStart[start + k] as number; c < end; c++) {
      const e = 2 * (matrix.place[c] as number);
      const [x, y] = [matrix.values[e] as number, matrix.values[e + 1] as number];
      addRow(values, place.get(matrix.row[c] as number) ?? 0, x, y, m, k);
    }
  }
  return { rows: [...place.keys()], values };
}
