import { z } from "zod";

/** Shape of a result as it stands in a JSON file; lengths that depend on each other are checked in read.ts. */

const finite = z.number();
const positiveInteger = z.int().positive();
const values = z.array(finite);
const errors = z.array(finite.nonnegative().nullable());

const series = z.object({
  mean: values,
  standardError: errors.optional(),
  meanIm: values.optional(),
  standardErrorIm: errors.optional(),
});

const model = z.object({
  title: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  sites: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["qubit", "levels", "spin", "fock"]),
      dimension: positiveInteger,
      labels: z.array(z.string()),
    }),
  ),
  hamiltonian: z.object({ terms: z.array(z.unknown()), dyads: z.array(z.unknown()) }),
  channels: z.array(z.object({ name: z.string(), rate: finite.nonnegative() })),
  initial: z.array(z.object({ weight: finite, state: z.array(z.unknown()) })),
  times: values,
  observables: z.array(z.object({ name: z.string(), hermitian: z.boolean() })),
  measures: z.array(z.object({ name: z.string(), kind: z.string() })),
  ensemble: z.object({}),
  density: z.enum(["none", "final", "all"]),
});

const matrices = z.array(z.array(values));
const density = z.object({ basis: z.array(z.string()), times: values, re: matrices, im: matrices });

const conditionalValues = z.array(finite.nullable());
const conditional = z.object({
  mean: conditionalValues,
  standardError: errors,
  meanIm: conditionalValues.optional(),
  standardErrorIm: errors.optional(),
});
const clickGroup = z.object({
  clicks: z.int().nonnegative(),
  orMore: z.boolean(),
  weight: series,
  observables: z.record(z.string(), conditional),
  measures: z.record(z.string(), conditional),
  density: density.optional(),
});

const common = {
  format: z.literal("mcwf-result/1"),
  model,
  times: values,
  observables: z.record(z.string(), series),
  measures: z.record(z.string(), series),
  channels: z.record(
    z.string(),
    z.object({ jumps: finite.nonnegative(), standardError: finite.nonnegative().nullable().optional() }),
  ),
  density: density.optional(),
  engine: z.object({
    version: z.string(),
    kernel: z.string().optional(),
    sectors: z.array(positiveInteger),
    method: z.string(),
  }),
  notes: z.array(z.string()),
};

export const resultSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("run"),
    seed: z.string(),
    trajectories: positiveInteger,
    sampling: z.enum(["plain", "stratified"]).optional(),
    clicks: z.array(clickGroup).optional(),
    ...common,
  }),
  z.object({ kind: z.literal("exact"), ...common }),
]);
