import type { Level } from "../../spectrum/levels.ts";
import type { Spectrum } from "../../spectrum/spectrum.ts";
import type { Check } from "./check.ts";
import type { SystemName } from "./systems.ts";

/** Short ways to write checks. */

type Target = Check["target"];

/** Parts of a state that still decay at the last time of the panels are smaller than this. */
export const SETTLED = 1e-6;

/** An observable or measure at all times. */
export const always = (system: SystemName, name: string, target: Target, label: string): Check => ({
  ...{ system, label, at: "always", relation: "equals", target },
  quantity: { kind: "mean", name },
});

/** At the last time. */
export const ends = (
  system: SystemName,
  name: string,
  target: Target,
  label: string,
  within = SETTLED,
): Check => ({
  ...{ system, label, at: "finally", relation: "equals", target, within },
  quantity: { kind: "mean", name },
});

/** At one time. */
export const at = (
  time: number,
  system: SystemName,
  name: string,
  target: Target,
  label: string,
  within = 0,
): Check => ({
  ...{ system, label, at: time, relation: "equals", target, within },
  quantity: { kind: "mean", name },
});

/** On one side of a bound, at one time. */
export const bounded = (
  time: Check["at"],
  system: SystemName,
  name: string,
  relation: "above" | "below",
  target: Target,
  label: string,
): Check => ({ system, label, at: time, relation, target, quantity: { kind: "mean", name } });

/** Probability of a number of clicks. */
export const clickWeight = (
  time: Check["at"],
  system: SystemName,
  clicks: number,
  target: Target,
  label: string,
  within = SETTLED,
): Check => ({
  ...{ system, label, at: time, relation: "equals", target, within },
  quantity: { kind: "weight", clicks },
});

/** Mean over the trajectories with a number of clicks, at the last time. */
export const heralded = (
  system: SystemName,
  clicks: number,
  name: string,
  target: number,
  label: string,
): Check => ({
  ...{ system, label, at: "finally", relation: "equals", target, within: SETTLED },
  quantity: { kind: "heralded", clicks, name },
});

/** A number of the spectrum of H_eff. */
export const spectral = (
  system: SystemName,
  read: (spectrum: Spectrum) => number,
  target: number,
  label: string,
  within?: number,
): Check => ({
  ...{ system, label, at: "always", relation: "equals", target },
  quantity: { kind: "spectrum", read },
  ...(within !== undefined && { within }),
});

/** Real amplitudes by ket, normalised. */
type Amplitudes = Readonly<Record<string, number>>;

/** |<state|ket>|^2 */
export function overlap(
  state: { readonly kets: readonly string[]; readonly re: readonly number[]; readonly im: readonly number[] },
  amplitudes: Amplitudes,
): number {
  const sum = (part: readonly number[]) =>
    state.kets.reduce((total, ket, i) => total + (part[i] ?? 0) * (amplitudes[ket] ?? 0), 0);
  return sum(state.re) ** 2 + sum(state.im) ** 2;
}

/** The level whose eigenvectors hold most of a state, and how much. */
export function levelOf(spectrum: Spectrum, amplitudes: Amplitudes): { level: Level; part: number } {
  const all = spectrum.sectors.flatMap(({ levels }) =>
    levels.map((level) => ({
      level,
      part: level.states.reduce((sum, state) => sum + overlap(state, amplitudes), 0),
    })),
  );
  return all.reduce((best, one) => (one.part > best.part ? one : best));
}

/** Levels of the sector that holds a ket. */
export const levelsWith = ({ sectors }: Spectrum, ket: string): readonly Level[] =>
  sectors.find(({ kets }) => kets.includes(ket))?.levels ?? [];

/** Probability to stay in the dark subspace for ever, and to end in kets that nothing changes. */
export const trapped = ({ mixture }: Spectrum): number => mixture?.dark ?? Number.NaN;
export const stable = ({ mixture }: Spectrum): number => mixture?.stable ?? Number.NaN;

/** Fidelity of what stays in the dark subspace with a state. */
export const remains =
  (amplitudes: Amplitudes) =>
  ({ mixture }: Spectrum): number =>
    (mixture?.remaining?.states ?? []).reduce(
      (sum, { weight, state }) => sum + weight * overlap(state, amplitudes),
      0,
    );
