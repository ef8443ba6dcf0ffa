import type { Basis } from "./basis.ts";
import { BlockBuilder, type Turn } from "./block-builder.ts";
import type { ActiveChannel, Dynamics } from "./dynamics.ts";
import { type Frame, relativeEnergies } from "./frame.ts";
import { buildGenerator, diagonalRates, type LocalHamiltonian, type LocalJump } from "./generator.ts";
import { KetSum } from "./ket-sum.ts";
import { MAX_ELEMENTS } from "./limits.ts";
import { ketsOf, LocalIndex } from "./local-index.ts";
import { storedCount } from "./matrix.ts";
import { productExceeds } from "./mixing.ts";
import { packMatrix } from "./pack-matrix.ts";
import type { PackedOperator } from "./packed-operator.ts";
import type { Matrix, Space, SparseMatrix } from "./program.ts";
import type { SpacePlan } from "./spaces.ts";
import { SparseBuilder } from "./sparse.ts";
import { type Stretches, TailSets } from "./stretches.ts";

/** Matrix elements an operator may have among all kets of the sites, for its matrices to be built in parts. */
const MOST_ELEMENTS = 4096;

/** A space but for its forms, and what notes and observables need of it. */
export interface BuiltSpace {
  readonly space: Omit<Space, "forms">;
  /** Global numbers of its kets, in order. */
  readonly kets: Uint32Array;
  /** An upper bound of ||H - E||_2. */
  readonly hamiltonianNorm: number;
}

/** Kets of a space, and their stretches where they have any. */
interface Place {
  readonly kets: Uint32Array;
  readonly stretches: Stretches | null;
}

/** Jumps and generators of all spaces. `refuse` is called when they have more than MAX_ELEMENTS elements together. */
export function buildSpaces(
  dynamics: Dynamics,
  basis: Basis,
  frame: Frame,
  plans: readonly SpacePlan[],
  refuse: () => never,
): BuiltSpace[] {
  const tailSets = new TailSets(basis);
  const places = plans.map(({ sectors, dimension }): Place => {
    const kets = ketsOf(basis, sectors, dimension);
    return { kets, stretches: tailSets.stretchesOf(basis, kets) };
  });
  const budget = new Budget(refuse);
  const jumpBuilder = new JumpBuilder(dynamics, basis, tailSets, budget);
  const hamiltonian = new HamiltonianBuilder(dynamics, basis, frame, tailSets);
  const source = new LocalIndex(basis.index.count);
  return plans.map((plan, s) => {
    const own = places[s] as Place;
    source.use(own.kets);
    const jumps = plan.jumps.map(({ channel, target }, k): LocalJump => {
      const active = dynamics.channels[channel] as ActiveChannel;
      const injective = active.adjoint === null;
      return {
        channel,
        target,
        matrix: jumpBuilder.build(channel, own, places[target] as Place),
        diagonal: injective && k > 0,
        injective,
        productExceeds: (limit) => productExceeds(active, basis, own.kets, source, limit),
      };
    });
    const { generator, hamiltonianNorm } = buildGenerator(
      hamiltonian.local(own, source),
      jumps,
      dynamics.scale,
      (elements) => budget.check(elements),
    );
    const matrix = packed(generator.matrix, own, own);
    budget.spend(storedCount(matrix));
    return {
      space: {
        dimension: plan.dimension,
        sectorStart: sectorOffsets(basis, plan.sectors),
        sectorId: plan.sectors,
        energies: relativeEnergies(frame, plan.sectors),
        generator: { ...generator, matrix },
        jumps: jumps.map(({ channel, target, matrix, diagonal }) => ({ channel, target, matrix, diagonal })),
        diagonalRates: diagonalRates(jumps, plan.dimension),
      },
      kets: own.kets,
      hamiltonianNorm,
    };
  });
}

const packed = (matrix: Matrix, source: Place, target: Place): Matrix =>
  "blocks" in matrix
    ? matrix
    : packMatrix(matrix, target.stretches?.start ?? null, source.stretches?.start ?? null);

function sectorOffsets({ sectorStart }: Basis, sectors: Uint32Array): Uint32Array {
  const offsets = new Uint32Array(sectors.length + 1);
  sectors.forEach((s, i) => {
    const size = (sectorStart[s + 1] as number) - (sectorStart[s] as number);
    offsets[i + 1] = (offsets[i] as number) + size;
  });
  return offsets;
}

/** Elements that may still be kept. */
class Budget {
  readonly #refuse: () => never;
  #left = MAX_ELEMENTS;

  constructor(refuse: () => never) {
    this.#refuse = refuse;
  }

  spend(elements: number): void {
    this.check(elements);
    this.#left -= elements;
  }

  check(elements: number): void {
    if (elements > this.#left) this.#refuse();
  }
}

class JumpBuilder {
  readonly #channels: readonly ActiveChannel[];
  readonly #basis: Basis;
  readonly #budget: Budget;
  readonly #images: KetSum;
  readonly #builder = new SparseBuilder();
  readonly #target: LocalIndex;
  readonly #blocks: readonly (BlockBuilder | null)[];

  constructor({ channels }: Dynamics, basis: Basis, tailSets: TailSets, budget: Budget) {
    this.#channels = channels;
    this.#basis = basis;
    this.#budget = budget;
    this.#images = new KetSum(basis.index.words);
    this.#target = new LocalIndex(basis.index.count);
    this.#blocks = channels.map(({ operator, root }) =>
      blockBuilder(operator, tailSets, (re, im) => [root * re, root * im]),
    );
  }

  /** J = sqrt(rate) L from the kets of one space to those of another. */
  build(channel: number, source: Place, target: Place): Matrix {
    const blocks = this.#blocks[channel] ?? null;
    const matrix =
      (blocks === null || source.stretches === null || target.stretches === null
        ? null
        : blocks.build(source.stretches, target.stretches)) ??
      packed(this.#list(this.#channels[channel] as ActiveChannel, source.kets, target.kets), source, target);
    this.#budget.spend(storedCount(matrix));
    return matrix;
  }

  #list({ operator, root }: ActiveChannel, source: Uint32Array, target: Uint32Array): SparseMatrix {
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
      this.#budget.check(builder.count);
    }
    return builder.toRows(target.length, source.length);
  }
}

class HamiltonianBuilder {
  readonly #coupling: PackedOperator;
  readonly #basis: Basis;
  readonly #frame: Frame;
  readonly #blocks: BlockBuilder | null;

  constructor({ coupling }: Dynamics, basis: Basis, frame: Frame, tailSets: TailSets) {
    this.#coupling = coupling;
    this.#basis = basis;
    this.#frame = frame;
    this.#blocks = blockBuilder(coupling, tailSets, (re, im) => [im + 0, -re + 0]);
  }

  local({ kets, stretches }: Place, local: LocalIndex): LocalHamiltonian {
    const { index } = this.#basis;
    const images = new KetSum(index.words);
    const detuning = new Float64Array(kets.length);
    for (let j = 0; j < kets.length; j++) detuning[j] = this.#frame.detuning[kets[j] as number] as number;
    return {
      detuning,
      forEachCoupling: (j, visit) => {
        this.#coupling.apply(index.kets, (kets[j] as number) * index.words, images);
        for (let k = 0; k < images.count; k++) {
          const i = local.of[index.find(images.kets, k * index.words)] as number;
          if (i !== j) visit(i, images.re[k] as number, images.im[k] as number);
        }
      },
      blocks: () => (stretches === null ? null : (this.#blocks?.offDiagonal(stretches) ?? null)),
    };
  }
}

function blockBuilder(operator: PackedOperator, tailSets: TailSets, turn: Turn): BlockBuilder | null {
  const elements = operator.elements(MOST_ELEMENTS);
  return elements === null ? null : new BlockBuilder(elements, tailSets, operator.largest, turn);
}
