import fc from "fast-check";
import { abs2, type Complex } from "#src/base/complex.js";
import { addOperators, dagger, multiplyOperators, projector, scaleOperator } from "#src/model/algebra.js";
import type {
  Channel,
  InitialComponent,
  Measure,
  Model,
  Observable,
  Operator,
  Site,
  State,
} from "#src/model/model.js";
import { fockSite, levelsSite, namedOperator, qubitSite, spinSite, transition } from "#src/model/sites.js";
import { addStates, normalise, productKet, scaleState } from "#src/model/states.js";

/** What random models may hold. */
export interface RandomModelLimits {
  readonly minSites: number;
  readonly maxSites: number;
  /** Of the product space. */
  readonly maxDimension: number;
  /** Last time; rates and couplings are of order one. */
  readonly maxTime: number;
}

export const SMALL: RandomModelLimits = { minSites: 2, maxSites: 4, maxDimension: 16, maxTime: 3 };

/**
 * Random valid models: mixed kinds of site, local and collective channels (also of rate 0), drives, exchange,
 * superposed and mixed initial states, observables that need not be Hermitian, measures, several grids of times.
 * Deterministic for a given fast-check seed.
 */
export function randomModel(limits: RandomModelLimits = SMALL): fc.Arbitrary<Model> {
  return randomSites(limits).chain((sites) =>
    fc
      .record({
        hamiltonian: randomHamiltonian(sites),
        channels: randomChannels(sites),
        initial: randomInitial(sites),
        times: randomTimes(limits.maxTime),
        observables: randomObservables(sites),
        measures: randomMeasures(sites),
      })
      .map(
        (parts): Model => ({
          title: "random",
          parameters: {},
          sites,
          ensemble: {},
          density: "all",
          ...parts,
          observables: [
            { name: "energy", operator: parts.hamiltonian, hermitian: true },
            ...parts.observables,
          ],
        }),
      ),
  );
}

/** Multiples of 1/16 in [-2, 2]: models print short and shrink well. */
const coefficient = fc.integer({ min: -32, max: 32 }).map((value) => value / 16);
const positive = fc.integer({ min: 1, max: 32 }).map((value) => value / 16);
const complexNumber: fc.Arbitrary<Complex> = fc.tuple(coefficient, coefficient);

function randomSites({ minSites, maxSites, maxDimension }: RandomModelLimits): fc.Arbitrary<Site[]> {
  const kind = fc.constantFrom("qubit", "qubit", "qubit", "levels", "spin", "fock");
  return fc.array(kind, { minLength: minSites, maxLength: maxSites }).map((kinds) => {
    const sites: Site[] = [];
    let dimension = 1;
    kinds.forEach((chosen, index) => {
      const later = 2 ** Math.max(0, minSites - index - 1);
      const site = makeSite(`s${index + 1}`, chosen);
      const fits = dimension * site.dimension * later <= maxDimension;
      const taken = fits ? site : qubitSite({ name: `s${index + 1}` });
      if (dimension * taken.dimension > maxDimension) return;
      dimension *= taken.dimension;
      sites.push(taken);
    });
    return sites;
  });
}

function makeSite(name: string, kind: string): Site {
  if (kind === "levels") return levelsSite({ name }, ["g", "0", "e"]);
  if (kind === "spin") return spinSite({ name }, 1);
  if (kind === "fock") return fockSite({ name }, 4);
  return qubitSite({ name });
}

/** The operator that takes a site one level down. */
function lowering(sites: readonly Site[], site: number): Operator {
  const names: Record<Site["kind"], string | null> = { qubit: "sm", spin: "jm", fock: "a", levels: null };
  const name = names[sites[site]?.kind ?? "levels"];
  if (name === null) return addOperators([transition(site, 0, 1), transition(site, 1, 2)]);
  return namedOperator(sites, site, name) ?? transition(site, 0, 1);
}

/** Level times |level><level|. */
const numberOperator = (sites: readonly Site[], site: number): Operator =>
  addOperators(
    Array.from({ length: (sites[site]?.dimension ?? 1) - 1 }, (_, level) =>
      scaleOperator(transition(site, level + 1, level + 1), [level + 1, 0]),
    ),
  );

const someSite = (sites: readonly Site[]): fc.Arbitrary<number> => fc.nat({ max: sites.length - 1 });

const hermitianPart = (operator: Operator): Operator => addOperators([operator, dagger(operator)]);

function randomHamiltonian(sites: readonly Site[]): fc.Arbitrary<Operator> {
  const energies = fc
    .array(coefficient, { minLength: sites.length, maxLength: sites.length })
    .map((values) =>
      addOperators(values.map((value, site) => scaleOperator(numberOperator(sites, site), [value, 0]))),
    );
  const equalEnergies = coefficient.map((value) =>
    addOperators(sites.map((_, site) => scaleOperator(numberOperator(sites, site), [value, 0]))),
  );
  const exchange = fc
    .tuple(someSite(sites), someSite(sites), complexNumber)
    .map(([i, j, value]) =>
      hermitianPart(scaleOperator(multiplyOperators(dagger(lowering(sites, i)), lowering(sites, j)), value)),
    );
  const drive = fc
    .tuple(someSite(sites), complexNumber)
    .map(([site, value]) => hermitianPart(scaleOperator(lowering(sites, site), value)));
  return fc
    .tuple(
      fc.oneof(energies, equalEnergies),
      fc.array(exchange, { maxLength: 2 }),
      fc.array(drive, { maxLength: 1 }),
    )
    .map(([diagonal, exchanges, drives]) => addOperators([diagonal, ...exchanges, ...drives]));
}

function randomChannels(sites: readonly Site[]): fc.Arbitrary<Channel[]> {
  const local = someSite(sites).map((site) => lowering(sites, site));
  const pump = someSite(sites).map((site) => dagger(lowering(sites, site)));
  const dephasing = someSite(sites).map((site) => numberOperator(sites, site));
  const collective = fc
    .array(complexNumber, { minLength: sites.length, maxLength: sites.length })
    .map((values) => addOperators(values.map((value, site) => scaleOperator(lowering(sites, site), value))));
  const equal = fc.constant(addOperators(sites.map((_, site) => lowering(sites, site))));
  const operator = fc.oneof(local, local, equal, collective, dephasing, pump);
  const rate = fc.oneof(positive, positive, positive, fc.constant(0));
  return fc
    .array(fc.tuple(rate, operator), { maxLength: 4 })
    .map((list) =>
      list.map(([value, jump], index) => ({ name: `c${index + 1}`, rate: value, operator: jump })),
    );
}

function randomKet(sites: readonly Site[]): fc.Arbitrary<State> {
  return fc.tuple(...sites.map(({ dimension }) => fc.nat({ max: dimension - 1 }))).map(productKet);
}

function randomState(sites: readonly Site[]): fc.Arbitrary<State> {
  const superposition = fc
    .array(
      fc.tuple(
        complexNumber.filter((value) => abs2(value) > 0),
        randomKet(sites),
      ),
      { minLength: 2, maxLength: 3 },
    )
    .map((parts) => addStates(parts.map(([value, ket]) => scaleState(ket, value))))
    .filter((state) => state.length > 0)
    .map(normalise);
  return fc.oneof(randomKet(sites), superposition);
}

function randomInitial(sites: readonly Site[]): fc.Arbitrary<InitialComponent[]> {
  return fc.array(fc.tuple(positive, randomState(sites)), { minLength: 1, maxLength: 3 }).map((parts) => {
    const total = parts.reduce((sum, [weight]) => sum + weight, 0);
    return parts.map(([weight, state]) => ({ weight: weight / total, state }));
  });
}

/** Uniform from 0, uniform from later, irregular, a single time, t = 0 alone. */
function randomTimes(maxTime: number): fc.Arbitrary<number[]> {
  const fraction = fc.integer({ min: 1, max: 64 }).map((value) => (value / 64) * maxTime);
  const uniform = fc
    .tuple(fraction, fc.integer({ min: 2, max: 9 }))
    .map(([end, points]) => Array.from({ length: points }, (_, i) => (end * i) / (points - 1)));
  const later = uniform.map((times) => times.map((time) => time + maxTime / 7));
  const irregular = fc
    .uniqueArray(fraction, { minLength: 1, maxLength: 6 })
    .map((times) => times.sort((a, b) => a - b));
  return fc.oneof(uniform, later, irregular, fc.constant<number[]>([0]));
}

function randomObservables(sites: readonly Site[]): fc.Arbitrary<Observable[]> {
  const occupation = someSite(sites).map((site) => ({
    operator: numberOperator(sites, site),
    hermitian: true,
  }));
  const coherence = fc
    .tuple(someSite(sites), complexNumber)
    .map(([site, value]) => ({ operator: scaleOperator(lowering(sites, site), value), hermitian: false }));
  const correlation = fc.tuple(someSite(sites), someSite(sites)).map(([i, j]) => ({
    operator: multiplyOperators(dagger(lowering(sites, i)), lowering(sites, j)),
    hermitian: i === j,
  }));
  const population = randomState(sites).map((state) => ({ operator: projector(state), hermitian: true }));
  return fc
    .array(fc.oneof(occupation, coherence, correlation, population), { minLength: 1, maxLength: 3 })
    .map((list) => list.map((one, index) => ({ name: `o${index + 1}`, ...one })));
}

function randomMeasures(sites: readonly Site[]): fc.Arbitrary<Measure[]> {
  const all: Measure[] = [
    { name: "entropy", kind: "entropy", sides: [] },
    { name: "localPurity", kind: "purity", sides: [[0]] },
    { name: "negativity", kind: "logNegativity", sides: [[0], [1]] },
  ];
  const qubits = sites.flatMap(({ kind }, site) => (kind === "qubit" ? [site] : []));
  const [first, second] = qubits;
  if (first !== undefined && second !== undefined) {
    all.push({ name: "concurrence", kind: "concurrence", sides: [[first], [second]] });
  }
  return fc.subarray(all);
}
