import fc from "fast-check";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";

/** Multiples of 1/16. */
const sixteenths = (most: number) => fc.integer({ min: -16 * most, max: 16 * most }).map((k) => k / 16);
const complexNumber = fc.tuple(sixteenths(1), sixteenths(1)).map(([re, im]) => `(${re} + (${im})*i)`);

/**
 * N qubits of different frequencies with couplings of any phase, one or two collective channels of any amplitudes and own
 * losses: excitations are conserved without a jump, but H_eff is neither Hermitian nor symmetric.
 * @param rate of the collective channels; frequencies are of order one
 */
export function randomEmitters(
  least: number,
  most: number,
  { rate, last } = { rate: 1, last: 4 },
): fc.Arbitrary<Model> {
  return fc.integer({ min: least, max: most }).chain((count) => {
    const sites = Array.from({ length: count }, (_, k) => k + 1);
    const each = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: count, maxLength: count });
    return fc
      .record({
        frequencies: each(sixteenths(2)),
        couplings: each(complexNumber),
        amplitudes: fc.array(each(complexNumber), { minLength: 1, maxLength: 2 }),
        loss: fc.constantFrom("0", "0.05", "0.5"),
        excited: fc.integer({ min: 2, max: count - 1 }),
      })
      .map(({ frequencies, couplings, amplitudes, loss, excited }) => {
        const energies = sites.map((j) => `(${frequencies[j - 1]})*n(q${j})`);
        const hops = sites.map((j) => {
          const next = (j % count) + 1;
          const value = couplings[j - 1] as string;
          return `${value}*sp(q${j})*sm(q${next}) + conj(${value})*sp(q${next})*sm(q${j})`;
        });
        const channels = amplitudes.map(
          (values, c) =>
            `  c${c}: { rate: ${rate}, operator: "${sites.map((j) => `${values[j - 1]}*sm(q${j})`).join(" + ")}" }`,
        );
        const text = [
          "title: emitters",
          `sites: { q: { kind: qubit, count: ${count} } }`,
          `hamiltonian: "${[...energies, ...hops].join(" + ")}"`,
          "channels:",
          ...channels,
          `  own: { rate: ${loss}*${rate}, each: sm(q) }`,
          `initial: "${sites
            .slice(0, excited)
            .map((j) => `sp(q${j})`)
            .join("*")}*ground"`,
          `times: { from: 0, to: ${last}, points: 41 }`,
          'observables: { n: n(q), flow: "i*(sp(q1)*sm(q2) - sp(q2)*sm(q1))" }',
        ].join("\n");
        return parseModel(text, { file: "emitters.yaml" }).model;
      });
  });
}
