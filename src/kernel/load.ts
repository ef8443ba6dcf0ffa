import type { GeneratorStructure, HermitianForm, Matrix, Program, Space } from "../compile/program.ts";
import { momentExponents, powerOfTwo } from "./fixed-point.ts";
import { type KernelExports, place } from "./memory.ts";
import type { EngineChoice, KernelOptions } from "./types.ts";

const STRUCTURE: Readonly<Record<GeneratorStructure, number>> = { general: 0, decay: 1, unitary: 2 };

/** What it takes to place matrices. */
type MatrixKernel = Pick<KernelExports, "memory" | "allocate" | "addSparseMatrix" | "addBlockMatrix">;

/** Copies the program into kernel memory. */
export function loadProgram(kernel: KernelExports, program: Program, options: KernelOptions): void {
  const scales = Float64Array.from(momentExponents(program), powerOfTwo);
  kernel.configure(
    program.times.length,
    place(kernel, program.times),
    gridStep(program.times),
    program.moments.length,
    place(kernel, scales),
    program.channels.length,
    options.sampling === "stratified",
    engineCode(kernel, options.engine ?? "auto"),
    options.clickGroups ?? 1,
  );
  program.spaces.forEach((space, index) => {
    addSpace(kernel, space, index);
  });
  for (const { weight, space, amplitudes } of program.initial) {
    kernel.addInitial(weight, space, place(kernel, amplitudes));
  }
}

function engineCode(kernel: KernelExports, engine: EngineChoice): number {
  const codes = {
    auto: kernel.AUTO,
    dense: kernel.DENSE,
    krylov: kernel.KRYLOV,
    chebyshev: kernel.CHEBYSHEV,
    uncached: kernel.UNCACHED,
  };
  return codes[engine].value;
}

function addSpace(kernel: KernelExports, space: Space, index: number): void {
  const { generator } = space;
  const matrix = addMatrix(kernel, generator.matrix);
  kernel.addSpace(
    space.energies.length,
    place(kernel, space.sectorStart),
    place(kernel, space.energies),
    space.dimension,
    matrix,
    STRUCTURE[generator.structure],
    generator.commonRate,
    generator.norm,
    generator.rateBound,
    generator.lowestRate,
    generator.lowestEnergy,
    generator.highestEnergy,
    place(kernel, space.diagonalRates),
  );
  const factored = new Set(generator.factored);
  space.jumps.forEach(({ channel, target, matrix, diagonal }, k) => {
    kernel.addJump(index, channel, target, addMatrix(kernel, matrix), factored.has(k), diagonal);
  });
  for (const form of space.forms) addForm(kernel, form, index);
}

function addForm(kernel: KernelExports, form: HermitianForm, space: number): void {
  kernel.addForm(
    space,
    place(kernel, form.diagonal),
    form.upperRow.length,
    place(kernel, form.upperRow),
    place(kernel, form.upperColumn),
    place(kernel, form.upperValues),
  );
  for (const { weight, index, values } of form.projectors) {
    kernel.addProjector(space, weight, index.length, place(kernel, index), place(kernel, values));
  }
}

/** Returns the kernel's number of the matrix. */
export function addMatrix(kernel: MatrixKernel, matrix: Matrix): number {
  if (!("blocks" in matrix)) {
    const { rows, columns } = matrix;
    const at = [matrix.rowStart, matrix.column, matrix.values].map((array) => place(kernel, array));
    return kernel.addSparseMatrix(rows, columns, ...(at as [number, number, number]));
  }
  for (const block of matrix.blocks) addMatrix(kernel, block);
  return kernel.addBlockMatrix(
    matrix.rows,
    matrix.columns,
    matrix.rowStretch.length - 1,
    place(kernel, matrix.rowStretch),
    matrix.columnStretch.length - 1,
    place(kernel, matrix.columnStretch),
    place(kernel, matrix.partStart),
    place(kernel, matrix.source),
    place(kernel, matrix.block),
    place(kernel, matrix.factor),
    matrix.blocks.length,
    place(kernel, matrix.diagonal),
  );
}

/** The distance of equidistant times (to rounding), else 0. */
function gridStep(times: Float64Array): number {
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? 0;
  const step = (last - first) / (times.length - 1);
  if (!(step > 0)) return 0;
  const rounding = 8 * Number.EPSILON * last;
  return times.every((time, i) => Math.abs(time - (first + i * step)) <= rounding) ? step : 0;
}
