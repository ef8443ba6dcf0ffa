import type { Block, Layout } from "./blocks.ts";
import { gainBound, type SectorGenerator, sectorGenerator } from "./decay.ts";
import { type DirectFeed, directFeed } from "./feed.ts";
import {
  addBlock,
  addProduct,
  adjointBlock,
  type Destination,
  type Planes,
  symmetriseBlock,
} from "./planes.ts";
import type { Space } from "./space.ts";
import { elementCount, type SparseMatrix } from "./sparse.ts";

/** One part of y += G x. */
export type Step = (x: Planes, y: Planes) => void;

export interface Built {
  readonly steps: readonly Step[];
  /** Multiplications of all steps. */
  readonly cost: number;
  /** Upper bound of ||sum_c rate_c L_c^+ L_c|| on the stored blocks. */
  readonly decay: number;
  /** Upper bound of ||rho -> [H, rho]|| on the stored blocks, without what the frame takes out. */
  readonly frequency: number;
  /** Upper bound of ||rho -> sum_c rate_c L_c rho L_c^+|| in the Frobenius norm. */
  readonly feed: number;
  /** No block is fed, directly or not, by itself. */
  readonly cascade: boolean;
}

/** Y = L rho, from which come -(rate/2) L^+ Y (when `adjoint` is there) and rate Y L'^+ = rate (L' Y^+)^+. */
interface Stage {
  readonly rate: number;
  readonly jump: SparseMatrix;
  readonly adjoint: SparseMatrix | null;
  readonly feeds: readonly { readonly right: SparseMatrix; readonly to: readonly Destination[] }[];
}

/** d rho/dt without the counters: for each block the evolution without a jump and what jumps out of it feed. */
export function blockSteps(space: Space, layout: Layout, real: boolean): Built {
  const scratch = makeScratch(layout, real);
  const generators = new Map<number, SectorGenerator>();
  const generatorOf = (sector: number): SectorGenerator => {
    const known = generators.get(sector) ?? sectorGenerator(space, sector);
    generators.set(sector, known);
    return known;
  };
  const steps: Step[] = [];
  const edges = new Map<Block, Set<Block>>();
  let cost = 0;
  let decay = 0;
  let frequency = 0;
  for (const block of layout.blocks) {
    const row = generatorOf(block.rowSector);
    const column = generatorOf(block.columnSector);
    const { stages, direct, targets } = plan(space, layout, block, row);
    edges.set(block, targets);
    steps.push(
      block.rowSector === block.columnSector
        ? diagonalStep(block, row, stages, scratch)
        : offDiagonalStep(block, row, column, stages, scratch),
      ...direct.map((feed) => directFeed(block.offset, block.columns, feed)),
    );
    cost += costOf(block, row, column, stages, direct);
    decay = Math.max(decay, (row.rateBound + column.rateBound) / 2);
    frequency = Math.max(frequency, row.energyBound + column.energyBound + Math.abs(block.residual));
  }
  for (const block of new Set([...edges.values()].flatMap((targets) => [...targets]))) {
    if (block.rowSector === block.columnSector && block.rows > 1) steps.push(hermitianStep(block));
  }
  // || rho -> sum L rho L^+ ||_F^2 <= ||sum L^+ L|| ||sum L L^+||
  const feed = Math.sqrt(decay * gainBound(space));
  return { steps, cost: (real ? 1 : 2) * cost, decay, frequency, feed, cascade: isAcyclic(edges) };
}

interface Scratch {
  readonly product: Planes;
  readonly jumped: Planes;
  readonly turned: Planes;
  readonly fed: Planes;
}

function makeScratch(layout: Layout, real: boolean): Scratch {
  const widest = layout.blocks.reduce((most, { rows, columns }) => Math.max(most, rows, columns), 0);
  const planes = (): Planes => ({
    data: new Float64Array((real ? 1 : 2) * widest * widest),
    gap: real ? 0 : widest * widest,
  });
  return { product: planes(), jumped: planes(), turned: planes(), fed: planes() };
}

interface Plan {
  readonly stages: readonly Stage[];
  readonly direct: readonly DirectFeed[];
  readonly targets: Set<Block>;
}

/** Chooses for each jump between going through L rho and enumerating pairs of elements of L and L'. */
function plan(space: Space, layout: Layout, block: Block, row: SectorGenerator): Plan {
  const stages: Stage[] = [];
  const direct: DirectFeed[] = [];
  const targets = new Set<Block>();
  const diagonal = block.rowSector === block.columnSector;
  space.channels.forEach(({ rate, jumps }, channel) => {
    for (const left of jumps[block.rowSector] ?? []) {
      const decay = row.factored.find((f) => f.channel === channel && f.target === left.target);
      const feeds: { right: SparseMatrix; to: Destination[] }[] = [];
      for (const right of jumps[block.columnSector] ?? []) {
        // rho is Hermitian: of L rho L'^+ and L' rho L^+ one is enough
        const target = diagonal && left.target < right.target ? null : layout.find(left.target, right.target);
        if (target === null) continue;
        targets.add(target);
        const to = destinations(target, left.target, right.target, diagonal);
        const pairs = elementCount(left.matrix) * elementCount(right.matrix);
        const staged =
          elementCount(right.matrix) * left.matrix.rows +
          (decay === undefined ? elementCount(left.matrix) * block.columns : 0);
        if (pairs <= staged) direct.push({ rate, left: left.matrix, right: right.matrix, to });
        else feeds.push({ right: right.matrix, to });
      }
      if (feeds.length > 0 || decay !== undefined) {
        stages.push({ rate, jump: left.matrix, adjoint: decay?.adjoint ?? null, feeds });
      }
    }
  });
  return { stages, direct, targets };
}

/** Where element (i, j) of rate L rho L'^+ is stored; twice where the conjugate source block is not stored. */
function destinations(target: Block, left: number, right: number, diagonalSource: boolean): Destination[] {
  const { offset, columns } = target;
  const straight = { offset, rowStride: columns, columnStride: 1, conjugate: false };
  const turned = { offset, rowStride: 1, columnStride: columns, conjugate: true };
  if (left < right) return [straight];
  if (left > right) return [turned];
  return diagonalSource ? [straight] : [straight, turned];
}

const adjointDestination = (to: Destination): Destination => ({
  offset: to.offset,
  rowStride: to.columnStride,
  columnStride: to.rowStride,
  conjugate: !to.conjugate,
});

/** A rho + rho A^+ = X + X^+ with X = A rho. */
function diagonalStep(block: Block, row: SectorGenerator, stages: readonly Stage[], scratch: Scratch): Step {
  const { rows, columns, offset } = block;
  const straight: Destination = { offset, rowStride: columns, columnStride: 1, conjugate: false };
  return (x, y) => {
    clear(scratch.product, rows * columns);
    addProduct(row.explicit, 1, x, offset, scratch.product, 0, columns);
    for (const stage of stages) runStage(stage, x, offset, columns, y, scratch);
    addBlock(scratch.product, 0, rows, columns, y, straight);
    addBlock(scratch.product, 0, rows, columns, y, adjointDestination(straight));
  };
}

/**
 * What is fed is Hermitian only to rounding, and the rest must go: X + X^+ takes a Hermitian rho for granted, and
 * lets an anti-Hermitian part grow by the jumps without decay.
 */
const hermitianStep =
  ({ offset, rows }: Block): Step =>
  (_x, y) =>
    symmetriseBlock(y, offset, rows);

/** A rho + rho B^+ = A rho + (B rho^+)^+, and -i residual rho. */
function offDiagonalStep(
  block: Block,
  row: SectorGenerator,
  column: SectorGenerator,
  stages: readonly Stage[],
  scratch: Scratch,
): Step {
  const { rows, columns, offset, residual } = block;
  const straight: Destination = { offset, rowStride: columns, columnStride: 1, conjugate: false };
  const decays = column.factored.map(({ rate, jump, adjoint }) => ({ rate, jump, adjoint, feeds: [] }));
  return (x, y) => {
    clear(scratch.product, rows * columns);
    addProduct(row.explicit, 1, x, offset, scratch.product, 0, columns);
    for (const stage of stages) runStage(stage, x, offset, columns, y, scratch);
    addBlock(scratch.product, 0, rows, columns, y, straight);
    clear(scratch.product, rows * columns);
    adjointBlock(x, offset, rows, columns, scratch.turned, 0);
    addProduct(column.explicit, 1, scratch.turned, 0, scratch.product, 0, rows);
    for (const decay of decays) runStage(decay, scratch.turned, 0, rows, y, scratch);
    addBlock(scratch.product, 0, columns, rows, y, adjointDestination(straight));
    if (residual !== 0) rotate(x, y, offset, rows * columns, residual);
  };
}

function runStage(
  stage: Stage,
  x: Planes,
  xOffset: number,
  width: number,
  y: Planes,
  { product, jumped, turned, fed }: Scratch,
): void {
  const { rate, jump, adjoint, feeds } = stage;
  clear(jumped, jump.rows * width);
  addProduct(jump, 1, x, xOffset, jumped, 0, width);
  if (adjoint !== null) addProduct(adjoint, -rate / 2, jumped, 0, product, 0, width);
  if (feeds.length === 0) return;
  adjointBlock(jumped, 0, jump.rows, width, turned, 0);
  for (const { right, to } of feeds) {
    clear(fed, right.rows * jump.rows);
    addProduct(right, rate, turned, 0, fed, 0, jump.rows);
    for (const destination of to) {
      addBlock(fed, 0, right.rows, jump.rows, y, adjointDestination(destination));
    }
  }
}

function clear({ data, gap }: Planes, length: number): void {
  data.fill(0, 0, length);
  if (gap !== 0) data.fill(0, gap, gap + length);
}

/** y += -i frequency x */
function rotate(x: Planes, y: Planes, offset: number, length: number, frequency: number): void {
  for (let re = offset; re < offset + length; re++) {
    const im = re + x.gap;
    y.data[re] = (y.data[re] as number) + frequency * (x.data[im] as number);
    y.data[im] = (y.data[im] as number) - frequency * (x.data[re] as number);
  }
}

function costOf(
  block: Block,
  row: SectorGenerator,
  column: SectorGenerator,
  stages: readonly Stage[],
  direct: readonly DirectFeed[],
): number {
  const { rows, columns } = block;
  let cost = (elementCount(row.explicit) + 3 * rows) * columns;
  if (block.rowSector !== block.columnSector) {
    const factors = column.factored.reduce((sum, { jump }) => sum + 2 * elementCount(jump), 0);
    cost += (elementCount(column.explicit) + factors + 3 * columns) * rows;
  }
  for (const { jump, adjoint, feeds } of stages) {
    cost += (adjoint === null ? 1 : 2) * elementCount(jump) * columns;
    for (const { right } of feeds) cost += elementCount(right) * jump.rows;
  }
  // scattered access: about twice a multiplication along a row
  for (const { left, right, to } of direct) cost += 2 * to.length * elementCount(left) * elementCount(right);
  return cost;
}

function isAcyclic(edges: ReadonlyMap<Block, ReadonlySet<Block>>): boolean {
  const incoming = new Map<Block, number>([...edges.keys()].map((block) => [block, 0]));
  for (const targets of edges.values()) {
    for (const target of targets) incoming.set(target, (incoming.get(target) ?? 0) + 1);
  }
  const free = [...incoming].filter(([, count]) => count === 0).map(([block]) => block);
  for (let next = 0; next < free.length; next++) {
    for (const target of edges.get(free[next] as Block) ?? []) {
      const left = (incoming.get(target) ?? 0) - 1;
      incoming.set(target, left);
      if (left === 0) free.push(target);
    }
  }
  return free.length === edges.size;
}
