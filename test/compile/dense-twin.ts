import { expect } from "vitest";
import { type Complex, conjugate, multiply, scale } from "#src/base/complex.js";
import { compile } from "#src/compile/compile.js";
import { findGauge, type Gauge, inGauge, phaseOfLevels } from "#src/compile/gauge.js";
import type { Program, Space } from "#src/compile/program.js";
import type { Model, Operator } from "#src/model/model.js";
import { type Dense, element } from "../support/dense.js";
import { dimensionsOf, fullMatrix, totalRate } from "../support/full-space.js";
import { at, dot, image, norm2, sum, vector } from "../support/vectors.js";
import { dense, evaluate, generate, printedKets, productNumber } from "./unfold.js";

/** Everything that the compiler says about a model, against dense matrices of the whole product space. */

interface Case {
  /** In the gauge, as the program is but for its densities. */
  readonly model: Model;
  readonly gauge: Gauge | null;
  readonly program: Program;
  /** Product numbers of the states of each space. */
  readonly kets: readonly (readonly number[])[];
  readonly hamiltonian: Dense;
  readonly channels: readonly { readonly name: string; readonly rate: number; readonly matrix: Dense }[];
  /** sum_c rate_c L_c^+ L_c */
  readonly rates: Dense;
  /** Rounding of one element: some sums of n products of the largest elements. */
  readonly tolerance: number;
}

export function prepare(written: Model): Case {
  const program = compile(written);
  const gauge = findGauge(written);
  const model = gauge === null ? written : inGauge(written, gauge);
  const kets = printedKets(program).map((own) => own.map((ket) => productNumber(model, ket)));
  const dimensions = dimensionsOf(model);
  const full = (operator: Operator): Dense => fullMatrix(operator, dimensions);
  const hamiltonian = full(model.hamiltonian);
  const channels = model.channels.map(({ name, rate, operator }) => ({ name, rate, matrix: full(operator) }));
  const rates = totalRate(model);
  const largest = Math.max(1, ...[hamiltonian, rates].flatMap(({ re, im }) => [...re, ...im].map(Math.abs)));
  return {
    model,
    gauge,
    program,
    kets,
    hamiltonian,
    channels,
    rates,
    tolerance: 8 * rates.n * Number.EPSILON * largest,
  };
}

const size = ([re, im]: readonly [number, number]): number => Math.max(Math.abs(re), Math.abs(im));

/** Every basis vector and some superpositions of all of them. */
function probes(dimension: number): (readonly Complex[])[] {
  const units = Array.from({ length: dimension }, (_, k) => vector(dimension, (i) => [i === k ? 1 : 0, 0]));
  const mixed = [0.3, 1.7, 2.9].map((phase) => {
    const raw = vector(dimension, (i) => [Math.cos(phase * i * i + i), Math.sin(phase * (i + 1))]);
    return raw.map((x) => scale(x, 1 / Math.sqrt(norm2(raw))));
  });
  return [...units, ...mixed];
}

/** <psi|O|psi>, psi over these product kets. */
const expectation = (operator: Dense, kets: readonly number[], psi: readonly Complex[]): Complex => {
  const own = kets.map((row) => kets.map((column) => element(operator, row, column)));
  return dot(psi, image(own, psi));
};

function checkJumps({ program, kets, channels, tolerance }: Case): void {
  let worst = 0;
  program.spaces.forEach((space, s) => {
    const own = kets[s] ?? [];
    for (const { name, rate, matrix } of channels) {
      const jump = space.jumps.find(({ channel }) => program.channels[channel] === name);
      const target = jump === undefined ? [] : (kets[jump.target] ?? []);
      const elements = jump === undefined ? [] : dense(jump.matrix);
      for (let row = 0; row < matrix.n; row++) {
        own.forEach((column, j) => {
          const [a, b] = element(matrix, row, column);
          const root = Math.sqrt(rate);
          // Outside the target the jump must vanish: this is what "closed" means.
          const [x, y] = elements[target.indexOf(row)]?.[j] ?? [0, 0];
          worst = Math.max(worst, size([x - root * a, y - root * b]));
        });
      }
    }
  });
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function checkGenerators({ program, kets, hamiltonian, rates, tolerance }: Case): void {
  let worst = 0;
  program.spaces.forEach((space, s) => {
    const own = kets[s] ?? [];
    const energies = sectorEnergies(space, own, hamiltonian);
    own.forEach((column, j) => {
      const unit = own.map((_, i) => [i === j ? 1 : 0, 0] as const);
      const image = generate(space, unit);
      for (let row = 0; row < hamiltonian.n; row++) {
        const i = own.indexOf(row);
        const frame = i === j ? (energies[i] ?? 0) : 0;
        const [hRe, hIm] = element(hamiltonian, row, column);
        const [rRe, rIm] = element(rates, row, column);
        const [x, y] = i < 0 ? [0, 0] : (image[i] ?? [0, 0]);
        worst = Math.max(worst, size([x - (hIm - rRe / 2), y - (-(hRe - frame) - rIm / 2)]));
      }
    });
    expect(space.energies[0]).toBe(0);
    space.energies.forEach((energy, k) => {
      const first = energies[0] ?? 0;
      const here = energies[space.sectorStart[k] ?? 0] ?? 0;
      worst = Math.max(worst, Math.abs(energy - (here - first)));
    });
  });
  expect(worst).toBeLessThanOrEqual(tolerance);
}

/** The energy that was taken out of H at each state: the same for all states of a sector. */
function sectorEnergies(space: Space, own: readonly number[], hamiltonian: Dense): number[] {
  const energies: number[] = [];
  for (let k = 0; k + 1 < space.sectorStart.length; k++) {
    const begin = space.sectorStart[k] ?? 0;
    const unit = own.map((_, i) => [i === begin ? 1 : 0, 0] as const);
    const left = -(generate(space, unit)[begin]?.[1] ?? 0);
    const energy = element(hamiltonian, own[begin] ?? 0, own[begin] ?? 0)[0] - left;
    for (let i = begin; i < (space.sectorStart[k + 1] ?? 0); i++) energies[i] = energy;
  }
  return energies;
}

/** Reached product kets and their components, straight from the dense matrices. */
function naiveSectors({ model, hamiltonian, rates, channels, tolerance }: Case): number[][] {
  const { n } = hamiltonian;
  const linked = (i: number, j: number): boolean =>
    size(element(hamiltonian, i, j)) > tolerance || size(element(rates, i, j)) > tolerance;
  const component = (start: number): number[] => {
    const members = [start];
    for (const i of members) {
      for (let j = 0; j < n; j++) if (linked(i, j) && !members.includes(j)) members.push(j);
    }
    return members.sort((a, b) => a - b);
  };
  const number = (levels: readonly (readonly [number, number])[]): number =>
    model.sites.reduce((sum, { dimension }, s) => {
      const level = levels.find(([site]) => site === s)?.[1] ?? 0;
      return sum * dimension + level;
    }, 0);
  const queue = model.initial.flatMap(({ state }) => state.map(({ levels }) => number(levels)));
  const sectors: number[][] = [];
  for (const ket of queue) {
    if (sectors.some((sector) => sector.includes(ket))) continue;
    const sector = component(ket);
    sectors.push(sector);
    for (const { rate, matrix } of channels) {
      for (const column of sector) {
        for (let row = 0; row < n; row++) {
          if (rate > 0 && size(element(matrix, row, column)) > tolerance) queue.push(row);
        }
      }
    }
  }
  return sectors;
}

function checkSectors(problem: Case): void {
  const { program, kets } = problem;
  const sectors = new Map<number, number[]>();
  program.spaces.forEach((space, s) => {
    space.sectorId.forEach((id, k) => {
      const members = (kets[s] ?? []).slice(space.sectorStart[k], space.sectorStart[k + 1]);
      expect(members).toEqual([...members].sort((a, b) => a - b));
      sectors.set(id, members);
    });
  });
  const byFirst = (a: number[], b: number[]): number => (a[0] ?? 0) - (b[0] ?? 0);
  expect([...sectors.values()].sort(byFirst)).toEqual(naiveSectors(problem).sort(byFirst));
}

function checkMoments({ model, program, kets, tolerance }: Case): void {
  const dimensions = dimensionsOf(model);
  model.observables.forEach(({ operator, hermitian }, o) => {
    const matrix = fullMatrix(operator, dimensions);
    const place = program.layout.observables[o];
    expect(place?.im === null).toBe(hermitian);
    program.spaces.forEach((space, s) => {
      for (const psi of probes(space.dimension)) {
        const exact = expectation(matrix, kets[s] ?? [], psi);
        [place?.re, place?.im].forEach((moment, part) => {
          if (moment === null || moment === undefined) return;
          const form = space.forms[moment];
          const bounds = program.moments[moment];
          if (form === undefined || bounds === undefined) throw new Error("every moment has a form");
          const value = evaluate(form, psi);
          expect(Math.abs(value - (exact[part] ?? 0))).toBeLessThanOrEqual(tolerance);
          expect(value).toBeGreaterThanOrEqual(bounds.lower - tolerance);
          expect(value).toBeLessThanOrEqual(bounds.upper + tolerance);
        });
      }
    });
  });
}

/** rho_ab = sum_e psi_(a,e) conj(psi_(b,e)) for every kept set of sites, straight from its definition. */
function checkDensities({ model, gauge, program, kets, tolerance }: Case): void {
  let worst = 0;
  for (const { sites, basis, moments } of program.layout.densities) {
    const kept = sites ?? model.sites.map((_, s) => s);
    const keptModel = { ...model, sites: kept.flatMap((s) => model.sites[s] ?? []) };
    const numbers = basis.map((ket) => productNumber(keptModel, ket));
    const reduced = (ket: number): { a: number; rest: number } => {
      const levels = levelsOf(model, ket);
      return {
        a: kept.reduce((sum, s) => sum * (model.sites[s]?.dimension ?? 1) + (levels[s] ?? 0), 0),
        rest: levels.reduce(
          (sum, level, s) => sum * (model.sites[s]?.dimension ?? 1) + (kept.includes(s) ? 0 : level),
          0,
        ),
      };
    };
    const reached = [...new Set(kets.flat().map((ket) => reduced(ket).a))].sort((a, b) => a - b);
    expect(numbers).toEqual(reached);
    program.spaces.forEach((space, s) => {
      const own = (kets[s] ?? []).map(reduced);
      // Superpositions of all states are enough: rho_ab has no other terms than psi_x conj(psi_y).
      for (const psi of probes(space.dimension).slice(space.dimension)) {
        const written = psi.map((amplitude, k) => {
          const levels = levelsOf(model, kets[s]?.[k] ?? 0);
          return gauge ? multiply(amplitude, conjugate(phaseOfLevels(gauge, levels.entries()))) : amplitude;
        });
        let place = 0;
        numbers.forEach((a, i) => {
          for (const b of numbers.slice(i)) {
            const [re, im] = densityElement(own, written, a, b);
            const parts = a === b ? [re] : [re, im];
            for (const exact of parts) {
              const moment = moments[place++] ?? -1;
              const form = space.forms[moment];
              const value = form === undefined ? 0 : evaluate(form, psi);
              const { lower, upper } = program.moments[moment] ?? { lower: 0, upper: 0 };
              worst = Math.max(worst, Math.abs(value - exact), lower - value, value - upper);
            }
          }
        });
        expect(place).toBe(moments.length);
      }
    });
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function levelsOf(model: Model, ket: number): number[] {
  const levels: number[] = [];
  let left = ket;
  for (const { dimension } of [...model.sites].reverse()) {
    levels.unshift(left % dimension);
    left = Math.floor(left / dimension);
  }
  return levels;
}

function densityElement(
  own: readonly { readonly a: number; readonly rest: number }[],
  psi: readonly Complex[],
  a: number,
  b: number,
): Complex {
  const parts = own.flatMap((left, x) =>
    own.flatMap((right, y) =>
      left.a === a && right.a === b && left.rest === right.rest
        ? [multiply(at(psi, x), conjugate(at(psi, y)))]
        : [],
    ),
  );
  return sum(parts);
}

function checkBounds({ program, tolerance }: Case): void {
  for (const space of program.spaces) {
    const { structure, commonRate, norm, rateBound } = space.generator;
    for (const psi of probes(space.dimension)) {
      const changed = generate(space, psi);
      const length = Math.sqrt(norm2(changed));
      expect(length).toBeLessThanOrEqual(norm + tolerance);
      const rate = space.jumps.reduce((sum, { matrix }) => {
        return sum + norm2(image(dense(matrix), psi));
      }, 0);
      expect(rate).toBeLessThanOrEqual(rateBound + tolerance);
      const [re, im] = dot(psi, changed);
      expect(Math.abs(re + rate / 2)).toBeLessThanOrEqual(tolerance);
      if (structure === "decay") expect(Math.abs(im)).toBeLessThanOrEqual(tolerance);
      if (structure === "unitary") expect(Math.abs(rate - commonRate)).toBeLessThanOrEqual(tolerance);
    }
  }
}

/** All that is checked of a model, by what it says. */
export const CHECKS: Readonly<Record<string, (problem: Case) => void>> = {
  "jumps, and closure of the spaces under them": checkJumps,
  "generators, frames, and closure of the spaces under H_eff": checkGenerators,
  "sectors are the components of H_eff among exactly the reached kets": checkSectors,
  "observables and their bounds": checkMoments,
  "density matrices of the whole and of parts": checkDensities,
  "norms, rate bounds and structures": checkBounds,
};
