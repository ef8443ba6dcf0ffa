import type { GeneratorStructure, HermitianForm, Program, Space, SparseMatrix } from "../compile/program.ts";
import { momentExponents, powerOfTwo } from "./fixed-point.ts";
import { type KernelExports, place } from "./memory.ts";
import type { EngineChoice, KernelOptions } from "./types.ts";

const STRUCTURE: Readonly<Record<GeneratorStructure, number>> = { general: 0, decay: 1, unitary: 2 };

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
  const [rowStart, column, values] = placeMatrix(kernel, generator.matrix);
  kernel.addSpace(
    space.energies.length,
    place(kernel, space.sectorStart),
    place(kernel, space.energies),
    space.dimension,
    rowStart,
    column,
    values,
    STRUCTURE[generator.structure],
    generator.commonRate,
    generator.norm,
    generator.rateBound,
    generator.lowestRate,
    generator.lowestEnergy,
    generator.highestEnergy,
  );
  const factored = new Set(generator.factored);
  space.jumps.forEach(({ channel, target, matrix }, k) => {
    const at = placeMatrix(kernel, matrix);
    kernel.addJump(index, channel, target, matrix.rows, matrix.columns, ...at, factored.has(k));
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

function placeMatrix(
  kernel: KernelExports,
  matrix: SparseMatrix,
): [rowStart: number, column: number, values: number] {
  return [place(kernel, matrix.rowStart), place(kernel, matrix.column), place(kernel, matrix.values)];
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
