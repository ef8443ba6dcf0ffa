// biome-ignore-all assist/source/organizeImports: grouped by what a reader looks for

/**
 * mcwf: quantum trajectories (Monte Carlo wave function) beside the exact master equation.
 *
 *     import { compare, twoQubits } from "mcwf";
 *     const { verdict, run, exact } = await compare(twoQubits({ start: "10" }), { seed: "a", trajectories: 1000 });
 *
 * A model comes from a file (`parseModel`), from typed functions (`model`) or from a preset; all give the same plain
 * object.
 */

// Models: plain data, from a file, from functions, from presets
export type * from "./model/model.ts";
export { type ParsedModel, type ParseOptions, parseModel, type Setting } from "./model/file.ts";
export * from "./model/builder.ts";
export * from "./model/presets.ts";
export { type JsonSchema, modelSchema } from "./model/schema.ts";

// Trajectories, the exact solver, and the verdict on both
export { compare, exact, type RunOptions, run } from "./simulate.ts";
export type { Comparison, PointVerdict, SeriesVerdict, Verdict } from "./compare/verdict.ts";
export type { EngineChoice, JumpRecords, Sampling } from "./kernel/types.ts";
export type { MasterOptions } from "./master/solve.ts";
export type { EnsembleRun, Outcome } from "./trajectories/options.ts";

// H_eff: levels, dark states, what is trapped for ever
export { computeSpectrum as spectrum, type Spectrum } from "./spectrum/spectrum.ts";

// Results
export type * from "./results/result.ts";
export { formatCsv } from "./results/csv.ts";
export { formatJson } from "./results/json.ts";
export { parseResult } from "./results/read.ts";

// Numbers, faults, version
export type { Complex } from "./base/complex.ts";
export * as complex from "./base/complex.ts";
export { type Fault, formatFault, InputError, NumericsError } from "./base/errors.ts";
export { VERSION } from "./base/version.ts";
