import type { KetTerm, Site } from "../model/model.ts";

/** Product kets by number, numbered in the order in which they were first seen. */
export class KetTable {
  readonly sites: number;
  readonly #strides: Float64Array | null;
  readonly #numbers = new Map<number | string, number>();
  readonly #levels: Uint16Array[] = [];

  constructor(sites: readonly Site[]) {
    this.sites = sites.length;
    this.#strides = stridesOf(sites);
  }

  get size(): number {
    return this.#levels.length;
  }

  /** The number of a ket; a new one when it has not been seen. `levels` is copied. */
  intern(levels: Uint16Array): number {
    const key = this.#key(levels);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#levels.length);
    this.#levels.push(levels.slice());
    return this.#levels.length - 1;
  }

  /** The number of a ket, or -1 when it has not been seen. */
  find(levels: Uint16Array): number {
    return this.#numbers.get(this.#key(levels)) ?? -1;
  }

  /** Level of every site. Not to be changed. */
  levels(ket: number): Uint16Array {
    const levels = this.#levels[ket];
    if (levels === undefined) throw new RangeError(`ket ${ket} of ${this.size}`);
    return levels;
  }

  levelsOf(term: KetTerm): Uint16Array {
    const levels = new Uint16Array(this.sites);
    for (const [site, level] of term.levels) levels[site] = level;
    return levels;
  }

  /** A number where the whole product space can be numbered exactly, else the sites that are not in level 0. */
  #key(levels: Uint16Array): number | string {
    const strides = this.#strides;
    if (strides !== null) {
      let key = 0;
      for (let site = 0; site < levels.length; site++)
        key += (levels[site] as number) * (strides[site] as number);
      return key;
    }
    let key = "";
    for (let site = 0; site < levels.length; site++) {
      const level = levels[site] as number;
      if (level !== 0) key += String.fromCharCode(site, level);
    }
    return key;
  }
}

function stridesOf(sites: readonly Site[]): Float64Array | null {
  const strides = new Float64Array(sites.length);
  let dimension = 1;
  for (let site = sites.length - 1; site >= 0; site--) {
    strides[site] = dimension;
    dimension *= sites[site]?.dimension ?? 1;
    if (dimension > Number.MAX_SAFE_INTEGER) return null;
  }
  return strides;
}
