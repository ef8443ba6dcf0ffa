import { abs } from "../base/complex.ts";
import { InputError } from "../base/errors.ts";
import { type CutOff, cutOffs } from "../model/cut-off.ts";
import type { InitialComponent, Model } from "../model/model.ts";
import { type Basis, createBasis } from "./basis.ts";
import { type BuiltDensity, buildDensity, densityRequests } from "./densities.ts";
import { createDynamics, type Dynamics } from "./dynamics.ts";
import { explore } from "./explore.ts";
import { createFrame } from "./frame.ts";
import { findGauge, type Gauge, inGauge } from "./gauge.ts";
import {
  MAX_AMPLITUDES,
  MAX_COMPONENT_AVERAGES,
  MAX_DIMENSION,
  MAX_ELEMENTS,
  MAX_KETS,
  MAX_MOMENT_TIMES,
  NEGLIGIBLE,
} from "./limits.ts";
import { LocalIndex } from "./local-index.ts";
import { MOST_PHASE, makeNotes, reachedPhase } from "./notes.ts";
import { buildObservables } from "./observables.ts";
import { leastKets, leastSector, outgrows } from "./outgrows.ts";
import { levelOf, packKet } from "./packing.ts";
import { linkKets } from "./pattern.ts";
import type { HermitianForm, InitialState, Moment, Program, Space } from "./program.ts";
import { type BuiltSpace, buildSpaces } from "./space-builder.ts";
import { planSpaces, type SpacePlans } from "./spaces.ts";

/**
 * Compiles a model into the flat program that the kernel runs: reached kets, sectors, spaces, generators, jumps and
 * moments. Nothing is enumerated but what the initial states can reach.
 * @param file names the model in messages
 * @throws InputError for a model that is too big, with its size
 */
export function compile(written: Model, file = "model"): Program {
  const refuse = (where: string, message: string): never => {
    throw new InputError([{ file, where, message }]);
  };
  const gauge = findGauge(written);
  const model = gauge === null ? written : inGauge(written, gauge);
  const dynamics = createDynamics(model);
  const initial = model.initial.map((component) => packInitial(component, dynamics));
  const basis = reachedBasis(model, dynamics, initial, refuse);
  const frame = createFrame(dynamics, basis);
  const supports = initial.map(({ kets }) => supportOf(kets, basis));
  const plans = planSpaces(basis.jumps, basis.sectorStart, supports);
  const largest = plans.spaces.reduce((most, { dimension }) => Math.max(most, dimension), 0);
  if (largest > MAX_DIMENSION) refuse("sites", tooLarge(largest));
  refuseLargeMixture(plans, refuse);
  const built = buildSpaces(dynamics, basis, frame, plans.spaces, () => refuse("sites", tooManyElements()));
  refuseLostPhases(model, built, refuse);
  const { channels, channelOf } = actingChannels(dynamics, built);
  const moments = buildMoments(model, gauge, basis, built, refuse);
  const local = new LocalIndex(basis.index.count);
  return {
    spaces: built.map(
      ({ space }, s): Space => ({
        ...space,
        jumps: space.jumps.map((jump) => ({ ...jump, channel: channelOf[jump.channel] as number })),
        forms: moments.forms[s] ?? [],
      }),
    ),
    initial: initial.map((state, i) => {
      const space = plans.initial[i] as number;
      const { kets } = built[space] as BuiltSpace;
      local.use(kets);
      return localState(state, space, kets.length, basis, local);
    }),
    times: Float64Array.from(model.times),
    moments: moments.moments,
    channels,
    layout: moments.layout,
    notes: makeNotes(model, built, new Set(channels)),
  };
}

function refuseLargeMixture({ initial, spaces }: SpacePlans, refuse: Refuse): void {
  const amplitudes = initial.reduce((sum, space) => sum + (spaces[space]?.dimension ?? 0), 0);
  if (amplitudes <= MAX_AMPLITUDES) return;
  const [most, found] = [MAX_AMPLITUDES, amplitudes].map((count) => gigabytes(16 * count));
  refuse(
    "initial",
    `must have at most ${MAX_AMPLITUDES} amplitudes in all components (${most}), but ${initial.length} have ${amplitudes}: ${found}`,
  );
}

function refuseLostPhases(model: Model, built: readonly BuiltSpace[], refuse: Refuse): void {
  const phase = reachedPhase(model, built);
  if (phase <= MOST_PHASE) return;
  refuse(
    "times",
    `must keep energies x time within a sector below ${MOST_PHASE.toPrecision(2)}, where too few digits of a phase are ` +
      `left, but they reach ${phase.toPrecision(2)}`,
  );
}

type Refuse = (where: string, message: string) => never;

interface PackedInitial {
  readonly weight: number;
  readonly kets: readonly Uint32Array[];
  readonly amplitudes: readonly (readonly [number, number])[];
}

/** Amplitudes below 1e-14 of the largest are zero: they must not make a sector part of the support. */
function packInitial({ weight, state }: InitialComponent, { packing }: Dynamics): PackedInitial {
  const largest = state.reduce((most, { amplitude }) => Math.max(most, abs(amplitude)), 0);
  const kept = state.filter(({ amplitude }) => abs(amplitude) > NEGLIGIBLE * largest);
  return {
    weight,
    kets: kept.map(({ levels }) => packKet(packing, levels)),
    amplitudes: kept.map(({ amplitude: [re, im] }) => [re, im]),
  };
}

function reachedBasis(
  model: Model,
  dynamics: Dynamics,
  initial: readonly PackedInitial[],
  refuse: Refuse,
): Basis {
  const dimensions = model.sites.map(({ dimension }) => dimension);
  const whole = dimensions.reduce((product, dimension) => product * dimension, 1);
  const kets = initial.flatMap((component) => component.kets);
  if (whole > MAX_KETS) {
    const least = leastKets(dynamics, dimensions, kets);
    if (least > MAX_KETS) refuse("sites", tooManyKets(whole, least));
  }
  if (whole > MAX_DIMENSION) {
    const least = leastSector(dynamics, dimensions, kets);
    if (least > MAX_DIMENSION) refuse("sites", tooLarge(least));
  }
  if (whole > MAX_KETS && outgrows(dynamics, kets)) refuse("sites", tooManyKets(whole));
  const exploration = explore(dynamics, kets, (what) =>
    refuse("sites", what === "kets" ? tooManyKets(whole) : tooManyElements()),
  );
  return createBasis(dynamics, exploration.index, linkKets(dynamics, exploration), kets);
}

function tooManyKets(whole: number, least?: number): string {
  const there = `of ${whole.toPrecision(3)}`;
  const found =
    least === undefined
      ? `more are reached ${there}`
      : `at least ${least.toPrecision(3)} ${there} are reached, ${gigabytes(16 * least)} for one state`;
  return `must reach at most ${MAX_KETS} basis states, but ${found}`;
}

/** Bytes of the vectors that trajectories hold at once, a basis state. */
const VECTORS = 70 * 16;

function tooLarge(dimension: number): string {
  const [most, found] = [MAX_DIMENSION, dimension].map((states) => gigabytes(VECTORS * states));
  return `must have at most ${MAX_DIMENSION} basis states in a sector, whose vectors take ${most}, but one has ${dimension}: ${found}`;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(2)} GB`;

const tooManyElements = (): string =>
  `must have at most ${MAX_ELEMENTS} matrix elements (0.7 GB) between reached basis states, but there are more`;

function supportOf(kets: readonly Uint32Array[], { index, sectorOf }: Basis): Uint32Array {
  const sectors = kets.map((ket) => sectorOf[index.find(ket, 0)] as number);
  return Uint32Array.from(new Set(sectors)).sort();
}

/** Normalised amplitudes in the order of the space that `local` is set to. */
function localState(
  { weight, kets, amplitudes }: PackedInitial,
  space: number,
  dimension: number,
  { index }: Basis,
  local: LocalIndex,
): InitialState {
  const values = new Float64Array(2 * dimension);
  kets.forEach((ket, k) => {
    const place = 2 * (local.of[index.find(ket, 0)] as number);
    const [re, im] = amplitudes[k] as readonly [number, number];
    values[place] = (values[place] as number) + re;
    values[place + 1] = (values[place + 1] as number) + im;
  });
  const norm = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  return { weight, space, amplitudes: values.map((x) => x / norm) };
}

/** Channels that act in some space, in the model's order, and their numbers among them. */
function actingChannels(
  { channels }: Dynamics,
  built: readonly BuiltSpace[],
): { readonly channels: readonly string[]; readonly channelOf: Int32Array } {
  const acting = new Set(built.flatMap(({ space }) => space.jumps.map(({ channel }) => channel)));
  const channelOf = new Int32Array(channels.length).fill(-1);
  const names: string[] = [];
  channels.forEach(({ name }, c) => {
    if (acting.has(c)) channelOf[c] = names.push(name) - 1;
  });
  return { channels: names, channelOf };
}

function buildMoments(
  model: Model,
  gauge: Gauge | null,
  basis: Basis,
  built: readonly BuiltSpace[],
  refuse: Refuse,
): Pick<Program, "moments" | "layout"> & { readonly forms: readonly HermitianForm[][] } {
  const tops = reachedCutOffs(model, basis);
  const asked = [
    ...model.observables,
    ...tops.map(({ population }) => ({ name: "", operator: population, hermitian: true })),
  ];
  const observables = buildObservables(asked, basis, built);
  const moments: Moment[] = [...observables.moments];
  const forms = observables.forms.map((own) => [...own]);
  const densities = densityRequests(model).map((request) => {
    const where = request.measures[0] === undefined ? "density" : `measures.${request.measures[0]}`;
    const density = buildDensity(model, gauge, request, basis, built, (message) => refuse(where, message));
    return shifted(density, moments, forms);
  });
  if (moments.length * model.times.length > MAX_MOMENT_TIMES) {
    refuse(
      "times",
      `must leave at most ${MAX_MOMENT_TIMES} averages, but ${moments.length} at ${model.times.length} times are asked for`,
    );
  }
  const averages = model.initial.length * moments.length * model.times.length;
  if (averages > MAX_COMPONENT_AVERAGES) {
    refuse(
      "initial",
      `must leave at most ${MAX_COMPONENT_AVERAGES} averages of all components, but ${model.initial.length} have ${averages}`,
    );
  }
  return {
    moments,
    forms,
    layout: {
      observables: observables.layout.slice(0, model.observables.length),
      densities,
      cutOffs: tops.map(({ site }, top) => ({
        site,
        moment: observables.layout[model.observables.length + top]?.re ?? 0,
      })),
    },
  };
}

function reachedCutOffs({ sites }: Model, { index, packing }: Basis): CutOff[] {
  return cutOffs(sites).filter(({ site }) => {
    const top = (sites[site]?.dimension ?? 0) - 1;
    for (let ket = 0; ket < index.count; ket++) {
      if (levelOf(packing, index.kets, ket * index.words, site) === top) return true;
    }
    return false;
  });
}

/** Appends the moments of a density and gives its layout with their final numbers. */
function shifted(
  { layout, moments, forms }: BuiltDensity,
  allMoments: Moment[],
  allForms: readonly HermitianForm[][],
): BuiltDensity["layout"] {
  const first = allMoments.length;
  for (const moment of moments) allMoments.push(moment);
  allForms.forEach((own, s) => {
    for (const form of forms[s] ?? []) own.push(form);
  });
  return { ...layout, moments: layout.moments.map((m) => (m < 0 ? m : m + first)) };
}
