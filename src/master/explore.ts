import { SizeError } from "../base/errors.ts";
import { pushTo } from "../base/lists.ts";
import type { Channel, Model, Operator } from "../model/model.ts";
import { type Action, actionOf } from "./action.ts";
import { KetTable } from "./kets.ts";
import { compareLevels, type JumpBlock, type Place, type Sector, type Space } from "./space.ts";
import { CANCELLATION, SparseSum, type SparseVector, sparseMatrix } from "./sparse.ts";

/** More kets than that cannot end in density blocks that fit. */
const MAX_KETS = 1 << 20;

/** @throws SizeError when a sector is larger than `maxSector`: its density block could not be stored. */
export function exploreSpace(model: Model, maxSector: number): Space {
  return new Explorer(model, maxSector).space();
}

class Explorer {
  readonly #model: Model;
  readonly #maxSector: number;
  readonly #kets: KetTable;
  readonly #channels: readonly { channel: Channel; forth: Action; back: Action }[];
  readonly #hamiltonian: Action;
  readonly #generatorSum = new SparseSum();
  readonly #columnSum = new SparseSum();
  /** By ket number: columns of H, of each L, and of each L^+ as far as asked for. */
  readonly #h: SparseVector[] = [];
  readonly #energyNoise: number[] = [];
  readonly #forth: SparseVector[][];
  readonly #back: SparseVector[][];
  /** Reached kets in the order of discovery; union-find over them. */
  readonly #queue: number[] = [];
  readonly #parent = new Map<number, number>();
  readonly #size = new Map<number, number>();

  constructor(model: Model, maxSector: number) {
    this.#model = model;
    this.#maxSector = maxSector;
    this.#kets = new KetTable(model.sites);
    this.#hamiltonian = actionOf(model.hamiltonian, this.#kets);
    this.#channels = model.channels
      .filter((channel) => channel.rate > 0)
      .map((channel) => ({
        channel,
        forth: actionOf(channel.operator, this.#kets),
        back: actionOf(channel.operator, this.#kets, true),
      }));
    this.#forth = this.#channels.map(() => []);
    this.#back = this.#channels.map(() => []);
  }

  space(): Space {
    for (const { state } of this.#model.initial) {
      for (const term of state) this.#reach(this.#kets.intern(this.#kets.levelsOf(term)));
    }
    for (let next = 0; next < this.#queue.length; next++) this.#expand(this.#queue[next] as number);
    return this.#assemble();
  }

  #reach(ket: number): void {
    if (this.#parent.has(ket)) return;
    this.#parent.set(ket, ket);
    this.#size.set(ket, 1);
    this.#queue.push(ket);
    if (this.#queue.length > MAX_KETS) {
      throw new SizeError(
        "sites",
        `must reach at most ${MAX_KETS} kets for the exact solver, but reach at least ${this.#queue.length}`,
      );
    }
  }

  #expand(ket: number): void {
    const levels = this.#kets.levels(ket);
    const h = this.#column(this.#hamiltonian, levels, (magnitude) => {
      this.#energyNoise[ket] = CANCELLATION * magnitude(ket);
    });
    this.#h[ket] = h;
    this.#channels.forEach(({ forth }, c) => {
      const column = this.#column(forth, levels);
      (this.#forth[c] as SparseVector[])[ket] = column;
      for (const target of column.index) this.#reach(target);
    });
    for (const other of this.#generatorColumn(ket).index) {
      this.#reach(other);
      this.#unite(ket, other);
    }
  }

  /** A|ket>; cancellation between H and the decay is what makes a chiral cascade run one way. */
  #generatorColumn(ket: number): SparseVector {
    const h = this.#h[ket] as SparseVector;
    for (let e = 0; e < h.index.length; e++) {
      this.#generatorSum.add(h.index[e] as number, h.im[e] as number, -(h.re[e] as number));
    }
    for (let c = 0; c < this.#channels.length; c++) this.#addDecay(c, ket);
    return this.#generatorSum.drain();
  }

  /** -(1/2) rate L^+ L |ket> */
  #addDecay(c: number, ket: number): void {
    const factor = -0.5 * (this.#channels[c]?.channel.rate ?? 0);
    const forth = (this.#forth[c] as SparseVector[])[ket] as SparseVector;
    for (let i = 0; i < forth.index.length; i++) {
      const x = factor * (forth.re[i] as number);
      const y = factor * (forth.im[i] as number);
      const back = this.#adjointColumn(c, forth.index[i] as number);
      for (let j = 0; j < back.index.length; j++) {
        const u = back.re[j] as number;
        const v = back.im[j] as number;
        this.#generatorSum.add(back.index[j] as number, x * u - y * v, x * v + y * u);
      }
    }
  }

  #adjointColumn(c: number, ket: number): SparseVector {
    const known = (this.#back[c] as SparseVector[])[ket];
    if (known !== undefined) return known;
    const column = this.#column(this.#channels[c]?.back as Action, this.#kets.levels(ket));
    (this.#back[c] as SparseVector[])[ket] = column;
    return column;
  }

  #column(
    action: Action,
    levels: Uint16Array,
    inspect?: (magnitude: (ket: number) => number) => void,
  ): SparseVector {
    action(levels, (image, re, im) => this.#columnSum.add(this.#kets.intern(image), re, im));
    inspect?.((ket) => this.#columnSum.magnitude(ket));
    return this.#columnSum.drain();
  }

  #root(ket: number): number {
    let root = ket;
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root)) {
      this.#parent.set(root, this.#parent.get(up) ?? up);
      root = up;
    }
    return root;
  }

  #unite(a: number, b: number): void {
    const x = this.#root(a);
    const y = this.#root(b);
    if (x === y) return;
    const size = (this.#size.get(x) ?? 1) + (this.#size.get(y) ?? 1);
    this.#parent.set(y, x);
    this.#size.set(x, size);
    if (size > this.#maxSector) {
      throw new SizeError(
        "sites",
        `must make blocks of the density matrix of at most ${this.#maxSector} x ${this.#maxSector} elements for the ` +
          `exact solver, but make one of at least ${size} x ${size}`,
      );
    }
  }

  #assemble(): Space {
    const order = [...this.#queue].sort((a, b) => compareLevels(this.#kets.levels(a), this.#kets.levels(b)));
    const places = new Map<number, Place>();
    const members: number[][] = [];
    const sectorOfRoot = new Map<number, number>();
    for (const ket of order) {
      const root = this.#root(ket);
      let sector = sectorOfRoot.get(root);
      if (sector === undefined) {
        sector = members.length;
        sectorOfRoot.set(root, sector);
        members.push([]);
      }
      const list = members[sector] as number[];
      places.set(ket, { sector, index: list.length });
      list.push(ket);
    }
    const kets = this.#kets;
    const locate = (levels: Uint16Array): Place | null => places.get(kets.find(levels)) ?? null;
    const sectors = members.map((list) => this.#sector(list, places));
    return {
      sectors,
      channels: this.#channels.map(({ channel }, c) => ({
        name: channel.name,
        rate: channel.rate,
        jumps: members.map((list) => jumpBlocks(list, this.#forth[c] as SparseVector[], places, members)),
      })),
      locate: (ket) => locate(kets.levelsOf(ket)),
      forEachElement: (operator, visit) => {
        forEachElement(operator, kets, sectors, locate, visit);
      },
    };
  }

  #sector(members: readonly number[], places: ReadonlyMap<number, Place>): Sector {
    const energies = members.map((ket) => diagonalOf(this.#h[ket] as SparseVector, ket));
    const energy =
      energies.reduce((a, b) => Math.max(a, b)) / 2 + energies.reduce((a, b) => Math.min(a, b)) / 2;
    const energyNoise = members.reduce((noise, ket) => Math.max(noise, this.#energyNoise[ket] ?? 0), 0);
    const sector = places.get(members[0] as number)?.sector;
    const elements = members.flatMap((ket, column) => {
      const h = this.#h[ket] as SparseVector;
      const found = h.index.flatMap((other, e) => {
        const place = places.get(other);
        if (other === ket || place === undefined || place.sector !== sector) return [];
        return [{ row: place.index, column, re: h.re[e] as number, im: h.im[e] as number }];
      });
      const shifted = (energies[column] as number) - energy;
      if (Math.abs(shifted) > energyNoise) found.push({ row: column, column, re: shifted, im: 0 });
      return found;
    });
    return {
      dimension: members.length,
      kets: members.map((ket) => this.#kets.levels(ket)),
      energy,
      energyNoise,
      hamiltonian: sparseMatrix(members.length, members.length, elements),
    };
  }
}

function diagonalOf(column: SparseVector, ket: number): number {
  const place = column.index.indexOf(ket);
  return place < 0 ? 0 : (column.re[place] as number);
}

function jumpBlocks(
  members: readonly number[],
  columns: readonly SparseVector[],
  places: ReadonlyMap<number, Place>,
  sectors: readonly (readonly number[])[],
): JumpBlock[] {
  const byTarget = new Map<number, { row: number; column: number; re: number; im: number }[]>();
  members.forEach((ket, column) => {
    const jump = columns[ket] as SparseVector;
    jump.index.forEach((image, e) => {
      const place = places.get(image) as Place;
      const [re, im] = [jump.re[e] as number, jump.im[e] as number];
      pushTo(byTarget, place.sector, { row: place.index, column, re, im });
    });
  });
  return [...byTarget.entries()]
    .sort(([a], [b]) => a - b)
    .map(([target, elements]) => ({
      target,
      matrix: sparseMatrix(sectors[target]?.length ?? 0, members.length, elements),
    }));
}

function forEachElement(
  operator: Operator,
  kets: KetTable,
  sectors: readonly Sector[],
  locate: (levels: Uint16Array) => Place | null,
  visit: (row: Place, column: Place, re: number, im: number) => void,
): void {
  const action = actionOf(operator, kets);
  sectors.forEach((sector, s) => {
    sector.kets.forEach((levels, index) => {
      const column = { sector: s, index };
      action(levels, (image, re, im) => {
        const row = locate(image);
        if (row !== null) visit(row, column, re, im);
      });
    });
  });
}
