import { z } from "zod";
import type { Dyad, KetTerm, Measure, Operator, OperatorTerm, ParameterValue } from "../model/model.ts";

/** Shape of a result as it stands in a JSON file; lengths that depend on each other are checked in read.ts. */

/** Taken as it comes: it is known to be of this type only where nobody has changed the file. */
export const unchecked = <T>() => z.custom<T>();

const finite = z.number();
const positiveInteger = z.int().positive();
const values = z.array(finite);
const errors = z.array(finite.nonnegative().nullable());

const series = z.object({
  mean: values,
  standardError: errors.exactOptional(),
  meanIm: values.exactOptional(),
  standardErrorIm: errors.exactOptional(),
});

const model = z.object({
  title: z.string(),
  parameters: z.record(z.string(), unchecked<ParameterValue>()),
  sites: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["qubit", "levels", "spin", "fock"]),
      dimension: positiveInteger,
      labels: z.array(z.string()),
    }),
  ),
  hamiltonian: z.object({ terms: z.array(unchecked<OperatorTerm>()), dyads: z.array(unchecked<Dyad>()) }),
  channels: z.array(
    z.object({ name: z.string(), rate: finite.nonnegative(), operator: unchecked<Operator>() }),
  ),
  initial: z.array(z.object({ weight: finite, state: z.array(unchecked<KetTerm>()) })),
  times: values,
  observables: z.array(
    z.object({ name: z.string(), hermitian: z.boolean(), operator: unchecked<Operator>() }),
  ),
  measures: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["logNegativity", "concurrence", "purity", "entropy"]),
      sides: unchecked<Measure["sides"]>(),
    }),
  ),
  ensemble: z.object({}),
  density: z.enum(["none", "final", "all"]),
});

const matrices = z.array(z.array(values));
const density = z.object({ basis: z.array(z.string()), times: values, re: matrices, im: matrices });

const conditionalValues = z.array(finite.nullable());
const conditional = z.object({
  mean: conditionalValues,
  standardError: errors,
  meanIm: conditionalValues.exactOptional(),
  standardErrorIm: errors.exactOptional(),
});
const clickGroup = z.object({
  clicks: z.int().nonnegative(),
  orMore: z.boolean(),
  weight: series,
  observables: z.record(z.string(), conditional),
  measures: z.record(z.string(), conditional),
  density: density.exactOptional(),
});

const common = {
  format: z.literal("mcwf-result/1"),
  model,
  times: values,
  observables: z.record(z.string(), series),
  measures: z.record(z.string(), series),
  channels: z.record(
    z.string(),
    z.object({ jumps: finite.nonnegative(), standardError: finite.nonnegative().nullable().exactOptional() }),
  ),
  density: density.exactOptional(),
  engine: z.object({
    version: z.string(),
    kernel: z.string().exactOptional(),
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
    sampling: z.enum(["plain", "stratified"]).exactOptional(),
    clicks: z.array(clickGroup).exactOptional(),
    ...common,
  }),
  z.object({ kind: z.literal("exact"), ...common }),
]);
