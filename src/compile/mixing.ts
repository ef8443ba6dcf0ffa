import type { Basis } from "./basis.ts";
import type { ActiveChannel } from "./dynamics.ts";
import { KetSum } from "./ket-sum.ts";
import type { LocalIndex } from "./local-index.ts";

/** Columns that are looked at. */
const SAMPLE = 128;

/**
 * Whether L^+ L has more than `limit` elements between the kets of the space in use, as far as columns at equal distances
 * tell (all of them where there are few).
 */
export function productExceeds(
  { operator, adjoint }: ActiveChannel,
  { index }: Basis,
  kets: Uint32Array,
  local: LocalIndex,
  limit: number,
): boolean {
  if (adjoint === null) return kets.length > limit;
  const columns = Math.min(SAMPLE, kets.length);
  const images = new KetSum(index.words);
  const sources = new KetSum(index.words);
  const found = new Set<number>();
  let count = 0;
  for (let c = 0; c < columns; c++) {
    const ket = kets[Math.floor((c * kets.length) / columns)] as number;
    operator.apply(index.kets, ket * index.words, images);
    found.clear();
    for (let i = 0; i < images.count; i++) {
      adjoint.apply(images.kets, i * index.words, sources);
      for (let s = 0; s < sources.count; s++) {
        const source = index.find(sources.kets, s * index.words);
        if (source >= 0 && (local.of[source] as number) >= 0) found.add(source);
      }
    }
    count += found.size;
  }
  return (count * kets.length) / columns > limit;
}
