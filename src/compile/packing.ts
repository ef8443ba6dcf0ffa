import type { Site } from "../model/model.ts";

/**
 * Where a packed ket keeps the level of each site: some bits of one 32-bit word, the first site in the highest bits,
 * so that the order of packed kets (word by word, unsigned) is the order of the tensor product.
 */
export interface Packing {
  /** Words a ket, at least 1. */
  readonly words: number;
  /** Bits of the last word that are in use, from the highest one down. */
  readonly bits: number;
  /** One entry a site. */
  readonly word: Uint32Array;
  readonly shift: Uint32Array;
  /** 2^bits - 1; 0 for a site with a single level. */
  readonly mask: Uint32Array;
  /** siteAt[32 * w + b] is the site that owns bit b of word w, counted from the highest bit. */
  readonly siteAt: Uint32Array;
}

function bitsFor(dimension: number): number {
  let bits = 0;
  for (let levels = 1; levels < dimension; levels *= 2) bits++;
  return bits;
}

/** ceil(log2 d) bits a site; no site straddles two words. */
export function createPacking(sites: readonly Site[]): Packing {
  const word = new Uint32Array(sites.length);
  const shift = new Uint32Array(sites.length);
  const mask = new Uint32Array(sites.length);
  const owners: number[] = [];
  let w = 0;
  let free = 32;
  sites.forEach((site, s) => {
    const bits = bitsFor(site.dimension);
    if (bits > free) {
      w++;
      free = 32;
    }
    free -= bits;
    word[s] = w;
    shift[s] = bits === 0 ? 0 : free;
    mask[s] = bits === 0 ? 0 : 0xffffffff >>> (32 - bits);
    for (let b = 0; b < bits; b++) owners[32 * w + 31 - free - b] = s;
  });
  const siteAt = new Uint32Array(32 * (w + 1));
  owners.forEach((site, bit) => {
    siteAt[bit] = site;
  });
  return { words: w + 1, bits: 32 - free, word, shift, mask, siteAt };
}

/** The level of a site in the ket that starts at `offset`. */
export function levelOf(packing: Packing, kets: Uint32Array, offset: number, site: number): number {
  const bits = kets[offset + (packing.word[site] as number)] as number;
  return (bits >>> (packing.shift[site] as number)) & (packing.mask[site] as number);
}

/** Writes a ket given as the sites that are not in level 0. */
export function packKet(packing: Packing, levels: readonly (readonly [number, number])[]): Uint32Array {
  const ket = new Uint32Array(packing.words);
  for (const [site, level] of levels) {
    const w = packing.word[site] as number;
    ket[w] = (ket[w] as number) | (level << (packing.shift[site] as number));
  }
  return ket;
}

/** < 0, 0 or > 0 as the ket at offset a comes before, equals or follows the one at offset b. */
export function compareKets(kets: Uint32Array, words: number, a: number, b: number): number {
  for (let w = 0; w < words; w++) {
    const difference = (kets[a + w] as number) - (kets[b + w] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
