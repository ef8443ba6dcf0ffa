import { Accumulator } from "./accumulator.ts";
import type { Dynamics } from "./dynamics.ts";
import type { Exploration } from "./explore.ts";
import type { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import { MAX_PATTERN_ELEMENTS, MAX_PATTERN_PRODUCTS } from "./limits.ts";
import { productCost } from "./matrix.ts";
import { addProductColumn, SparseBuilder, type TwoWayMatrix, withColumns } from "./sparse.ts";
import type { UnionFind } from "./union-find.ts";

/**
 * Links of H_eff = H - (i/2) R, R = sum_c rate_c L_c^+ L_c. H and R are both Hermitian, so H_eff connects two kets
 * exactly if H or R does; only within R can channels cancel each other.
 *
 * Where R is too big to be multiplied out, kets that share a target of a channel count as linked: sectors may then be
 * bigger than they need be, never too small.
 */
export function linkKets(dynamics: Dynamics, exploration: Exploration): UnionFind {
  const jumps = exploration.exact ? null : mixingJumps(dynamics, exploration.index);
  if (jumps === null) return exploration.links;
  const links = exploration.hamiltonianLinks;
  const { count } = exploration.index;
  const column = new Accumulator(count);
  for (let ket = 0; ket < count; ket++) {
    column.clear();
    for (const jump of jumps) addProductColumn(jump, ket, column);
    column.forEachKept(dynamics.scale, (row) => links.join(row, ket));
  }
  return links;
}

/** J = sqrt(rate) L between all kets for every channel whose L^+ L need not be diagonal; null if that is too much. */
function mixingJumps({ channels }: Dynamics, index: KetIndex): readonly TwoWayMatrix[] | null {
  const images = new KetSum(index.words);
  const builder = new SparseBuilder();
  const jumps: TwoWayMatrix[] = [];
  let elements = 0;
  let products = 0;
  for (const { root, operator, adjoint } of channels) {
    if (adjoint === null) continue;
    builder.clear();
    for (let ket = 0; ket < index.count; ket++) {
      operator.apply(index.kets, ket * index.words, images);
      for (let i = 0; i < images.count; i++) {
        const target = index.find(images.kets, i * index.words);
        builder.push(target, ket, root * (images.re[i] as number), root * (images.im[i] as number));
      }
      if (elements + builder.count > MAX_PATTERN_ELEMENTS) return null;
    }
    const jump = builder.toRows(index.count, index.count);
    elements += builder.count;
    products += productCost(jump);
    if (products > MAX_PATTERN_PRODUCTS) return null;
    jumps.push(withColumns(jump));
  }
  return jumps;
}
