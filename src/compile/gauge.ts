import { abs, type Complex, conjugate, multiply, ONE } from "../base/complex.ts";
import { pushTo } from "../base/lists.ts";
import type { Channel, Factor, Model, Operator, OperatorTerm, State } from "../model/model.ts";
import { type ShiftTerm, splitByShift } from "./split.ts";

/**
 * A diagonal unitary G = prod_s z_s^(level of s), |z_s| = 1, that makes H and every jump operator, up to a phase of its
 * own, real: emitters that couple to one reservoir with the phases of their places, say. Jump operators and states of
 * G psi are real then, and trajectories of real states cost a fraction of complex ones.
 */
export interface Gauge {
  /** z_s */
  readonly sites: readonly Complex[];
  /** By these the jump operators are divided. */
  readonly channels: readonly Complex[];
}

/** A number is real if its imaginary part is below this part of it. */
const REAL = 1e-13;
/** A few roundings. */
const ROUNDING = 1e-15;
/** Different couplings that are remembered: more than these are not symmetric. */
const MOST_SIZES = 16;

/**
 * @returns null where all is real already, or where no gauge is found. Each term fixes one phase when it knows all others;
 * a phase that none fixes is free and taken as 1.
 */
export function findGauge({ hamiltonian, channels, sites }: Model): Gauge | null {
  const operators = [hamiltonian, ...channels.map(({ operator }) => operator)];
  if (operators.some(({ dyads }) => dyads.length > 0)) return null;
  const conditions: Condition[] = [];
  for (const [o, { terms }] of operators.entries()) {
    for (const term of terms.flatMap(splitByShift)) {
      const phase = phaseOf(term);
      if (phase === null) return null;
      const unknowns = shiftsOf(term);
      if (o > 0) unknowns.push([sites.length + o - 1, -1]);
      conditions.push({ phase, unknowns });
    }
  }
  const phases = solve(conditions, sites.length + channels.length);
  if (phases === null || phases.every(isReal)) return null;
  return { sites: phases.slice(0, sites.length), channels: phases.slice(sites.length) };
}

/** phase * prod x_u^power is real. */
interface Condition {
  readonly phase: Complex;
  readonly unknowns: readonly (readonly [unknown: number, power: number])[];
}

function solve(conditions: readonly Condition[], count: number): Complex[] | null {
  const found: (Complex | undefined)[] = new Array(count).fill(undefined);
  const missing = conditions.map(({ unknowns }) => unknowns.length);
  const asking = new Map<number, number[]>();
  conditions.forEach(({ unknowns }, c) => {
    for (const [u] of unknowns) pushTo(asking, u, c);
  });
  const ready: number[] = [];
  const fix = (u: number, value: Complex): void => {
    found[u] = value;
    for (const c of asking.get(u) ?? []) {
      missing[c] = (missing[c] as number) - 1;
      if ((missing[c] as number) <= 1) ready.push(c);
    }
  };
  for (const [c, { unknowns }] of conditions.entries()) {
    // The last unknown of a jump operator's term is the phase of that.
    for (const [u] of unknowns.toReversed()) {
      if ((missing[c] as number) > 1 && found[u] === undefined) fix(u, ONE);
    }
    ready.push(c);
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      const { phase, unknowns: asked } = conditions[next] as Condition;
      const known = asked.reduce(
        (product, [u, power]) => multiply(product, raised(found[u] ?? ONE, power)),
        phase,
      );
      const last = asked.find(([u]) => found[u] === undefined);
      if (last === undefined) {
        if (!isReal(known)) return null;
      } else {
        const [u, power] = last;
        if (Math.abs(power) !== 1) return null;
        fix(u, power === 1 ? conjugate(known) : known);
      }
    }
  }
  return found.map((value) => normalised(value ?? ONE));
}

/** The same physics with G psi for psi. */
export function inGauge(model: Model, gauge: Gauge): Model {
  return {
    ...model,
    hamiltonian: realOperator(model.hamiltonian, gauge, ONE),
    channels: model.channels.map(
      (channel, c): Channel => ({
        ...channel,
        operator: realOperator(channel.operator, gauge, conjugate(gauge.channels[c] ?? ONE)),
      }),
    ),
    initial: model.initial.map(({ weight, state }) => ({ weight, state: initialInGauge(state, gauge) })),
    observables: model.observables.map((observable) => ({
      ...observable,
      operator: operatorInGauge(observable.operator, gauge),
    })),
  };
}

/** prod z_s^level */
export function phaseOfLevels(
  { sites }: Gauge,
  levels: Iterable<readonly [site: number, level: number]>,
): Complex {
  let phase = ONE;
  for (const [site, level] of levels) phase = multiply(phase, raised(sites[site] ?? ONE, level));
  return phase;
}

function stateInGauge(state: State, gauge: Gauge): State {
  return state.map(({ amplitude, levels }) => ({
    amplitude: multiply(amplitude, phaseOfLevels(gauge, levels)),
    levels,
  }));
}

/** Its phase as a whole, which means nothing, is chosen so that the first amplitude is real. */
function initialInGauge(state: State, gauge: Gauge): State {
  const turned = stateInGauge(state, gauge);
  const [first = { amplitude: ONE }] = turned;
  const back = conjugate(normalised(first.amplitude));
  return turned.map(({ amplitude, levels }) => {
    const [re, im] = multiply(amplitude, back);
    return { amplitude: isReal([re, im]) ? [re, 0] : [re, im], levels };
  });
}

/** G O G^+ */
function operatorInGauge({ terms, dyads }: Operator, gauge: Gauge): Operator {
  return {
    terms: terms.map(({ coefficient, factors }) => ({
      coefficient,
      factors: factors.map(({ site, elements }) => ({
        site,
        elements: elements.map(([row, column, re, im]) => {
          const [a, b] = multiply([re, im], raised(gauge.sites[site] ?? ONE, row - column));
          return [row, column, a, b] as const;
        }),
      })),
    })),
    dyads: dyads.map(({ coefficient, ket, bra }) => ({
      coefficient,
      ket: stateInGauge(ket, gauge),
      bra: stateInGauge(bra, gauge),
    })),
  };
}

/** factor G O G^+, of which findGauge knows that it is real: so it is made so to the last bit. */
function realOperator({ terms }: Operator, gauge: Gauge, factor: Complex): Operator {
  const sizes = new Sizes();
  const real = terms.flatMap(splitByShift).map((term): OperatorTerm => {
    const turned = multiply(phaseOfLevels(gauge, shiftsOf(term)), factor);
    const phase = multiply(phaseOf(term) ?? ONE, turned);
    const size = sizes.like(abs(term.coefficient));
    return { coefficient: [phase[0] < 0 ? -size : size, 0], factors: term.factors.map(realFactor) };
  });
  return { terms: real, dyads: [] };
}

/** |exp(i phi)| is 1 but for rounding: what is equal but for that is made equal, as symmetric couplings are quicker. */
class Sizes {
  readonly #met: number[] = [];

  like(size: number): number {
    const known = this.#met.find((other) => Math.abs(size - other) <= ROUNDING * other);
    if (known === undefined && this.#met.length < MOST_SIZES) this.#met.push(size);
    return known ?? size;
  }
}

/** With the phase of its first element taken out. */
function realFactor({ site, elements }: Factor): Factor {
  const [, , a = 1, b = 0] = elements[0] ?? [];
  const phase = normalised([a, -b]);
  return {
    site,
    elements: elements.map(
      ([row, column, re, im]) => [row, column, multiply([re, im], phase)[0], 0] as const,
    ),
  };
}

/** The phase that all elements of a term have in common, up to signs; null where they have not, or the term was not split. */
function phaseOf({ coefficient, factors, shift }: ShiftTerm): Complex | null {
  if (shift === null) return null;
  let phase = normalised(coefficient);
  for (const { elements } of factors) {
    const [, , a = 1, b = 0] = elements[0] ?? [];
    const own = normalised([a, b]);
    if (elements.some(([, , re, im]) => !isReal(multiply([re, im], conjugate(own))))) return null;
    phase = multiply(phase, own);
  }
  return phase;
}

/** By how many levels a term moves each site. */
function shiftsOf({ factors }: OperatorTerm): (readonly [site: number, by: number])[] {
  return factors.flatMap(({ site, elements: [first] }) =>
    first === undefined || first[0] === first[1] ? [] : [[site, first[0] - first[1]] as const],
  );
}

const isReal = (x: Complex): boolean => Math.abs(x[1]) <= REAL * Math.abs(x[0]);

function normalised(x: Complex): Complex {
  const size = abs(x);
  return [x[0] / size, x[1] / size];
}

function raised(x: Complex, power: number): Complex {
  let result = ONE;
  for (let k = 0; k < Math.abs(power); k++) result = multiply(result, x);
  return power < 0 ? conjugate(result) : result;
}
