import type { Basis } from "./basis.ts";
import { packMatrix, stretchesOf } from "./blockMatrix.ts";
import type { Dynamics } from "./dynamics.ts";
import { type Frame, relativeEnergies } from "./frame.ts";
import { buildGenerator, type LocalHamiltonian, type SparseJump } from "./generator.ts";
import { KetSum } from "./ketSum.ts";
import { MAX_ELEMENTS } from "./limits.ts";
import { ketsOf, LocalIndex } from "./localIndex.ts";
import type { Space, SparseMatrix } from "./program.ts";
import type { SpacePlan } from "./spaces.ts";
import { SparseBuilder } from "./sparse.ts";

/** A space but for its forms, and what notes and observables need of it. */
export interface BuiltSpace {
  readonly space: Omit<Space, "forms">;
  /** Global numbers of its kets, in order. */
  readonly kets: Uint32Array;
  /** An upper bound of ||H - E||_2. */
  readonly hamiltonianNorm: number;
}

/** Jumps and generators of all spaces. `refuse` is called when they have more than MAX_ELEMENTS elements together. */
export function buildSpaces(
  dynamics: Dynamics,
  basis: Basis,
  frame: Frame,
  plans: readonly SpacePlan[],
  refuse: () => never,
): BuiltSpace[] {
  const kets = plans.map(({ sectors, dimension }) => ketsOf(basis, sectors, dimension));
  const stretches = kets.map((own) => stretchesOf(basis, own));
  const builder = new JumpBuilder(dynamics, basis);
  const source = new LocalIndex(basis.index.count);
  let elements = 0;
  return plans.map((plan, s) => {
    const own = kets[s] as Uint32Array;
    const jumps = plan.jumps.map(({ channel, target }): SparseJump => {
      const matrix = builder.build(channel, own, kets[target] as Uint32Array);
      elements += matrix.column.length;
      if (elements > MAX_ELEMENTS) refuse();
      return { channel, target, matrix };
    });
    source.use(own);
    const local = localHamiltonian(dynamics, basis, frame, own, source);
    const { generator, hamiltonianNorm } = buildGenerator(local, jumps, dynamics.scale);
    elements += generator.matrix.column.length;
    if (elements > MAX_ELEMENTS) refuse();
    const columns = stretches[s] ?? null;
    return {
      space: {
        dimension: plan.dimension,
        sectorStart: sectorOffsets(basis, plan.sectors),
        sectorId: plan.sectors,
        energies: relativeEnergies(frame, plan.sectors),
        generator: { ...generator, matrix: packMatrix(generator.matrix, columns, columns) },
        jumps: jumps.map((jump) => ({
          ...jump,
          matrix: packMatrix(jump.matrix, stretches[jump.target] ?? null, columns),
        })),
      },
      kets: own,
      hamiltonianNorm,
    };
  });
}

function sectorOffsets({ sectorStart }: Basis, sectors: Uint32Array): Uint32Array {
  const offsets = new Uint32Array(sectors.length + 1);
  sectors.forEach((s, i) => {
    const size = (sectorStart[s + 1] as number) - (sectorStart[s] as number);
    offsets[i + 1] = (offsets[i] as number) + size;
  });
  return offsets;
}

class JumpBuilder {
  readonly #dynamics: Dynamics;
  readonly #basis: Basis;
  readonly #images: KetSum;
  readonly #builder = new SparseBuilder();
  readonly #target: LocalIndex;

  constructor(dynamics: Dynamics, basis: Basis) {
    this.#dynamics = dynamics;
    this.#basis = basis;
    this.#images = new KetSum(basis.index.words);
    this.#target = new LocalIndex(basis.index.count);
  }

  /** J = sqrt(rate) L from the kets of one space to those of another. */
  build(channel: number, source: Uint32Array, target: Uint32Array): SparseMatrix {
    const active = this.#dynamics.channels[channel];
    if (active === undefined) throw new RangeError(`there is no channel ${channel}`);
    const { operator, root } = active;
    const { index } = this.#basis;
    const images = this.#images;
    const builder = this.#builder;
    this.#target.use(target);
    builder.clear();
    for (let j = 0; j < source.length; j++) {
      operator.apply(index.kets, (source[j] as number) * index.words, images);
      for (let i = 0; i < images.count; i++) {
        const row = this.#target.of[index.find(images.kets, i * index.words)] as number;
        builder.push(row, j, root * (images.re[i] as number), root * (images.im[i] as number));
      }
    }
    return builder.toRows(target.length, source.length);
  }
}

function localHamiltonian(
  { coupling, packing }: Dynamics,
  { index }: Basis,
  frame: Frame,
  kets: Uint32Array,
  local: LocalIndex,
): LocalHamiltonian {
  const images = new KetSum(packing.words);
  return {
    detuning: Float64Array.from(kets, (ket) => frame.detuning[ket] as number),
    forEachCoupling: (j, visit) => {
      coupling.apply(index.kets, (kets[j] as number) * index.words, images);
      for (let k = 0; k < images.count; k++) {
        const i = local.of[index.find(images.kets, k * index.words)] as number;
        if (i !== j) visit(i, images.re[k] as number, images.im[k] as number);
      }
    },
  };
}
