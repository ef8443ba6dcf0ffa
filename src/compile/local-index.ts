import type { Basis } from "./basis.ts";

/** The reached kets of a space in its order: sector by sector. */
export function ketsOf({ sectorStart }: Basis, sectors: Uint32Array, dimension: number): Uint32Array {
  const kets = new Uint32Array(dimension);
  let place = 0;
  for (const s of sectors) {
    const end = sectorStart[s + 1] as number;
    for (let ket = sectorStart[s] as number; ket < end; ket++) kets[place++] = ket;
  }
  return kets;
}

/** Where each reached ket is in the space in use; switching costs the dimensions of the two spaces. */
export class LocalIndex {
  /** -1 for a ket outside the space. */
  readonly of: Int32Array;
  #kets: Uint32Array = new Uint32Array(0);

  constructor(reached: number) {
    this.of = new Int32Array(reached).fill(-1);
  }

  use(kets: Uint32Array): void {
    if (kets === this.#kets) return;
    for (const ket of this.#kets) this.of[ket] = -1;
    for (let i = 0; i < kets.length; i++) this.of[kets[i] as number] = i;
    this.#kets = kets;
  }
}
