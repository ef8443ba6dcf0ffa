import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { createDynamics } from "#src/compile/dynamics.js";
import { explore } from "#src/compile/explore.js";
import { leastKets, leastSector } from "#src/compile/outgrows.js";
import { packKet } from "#src/compile/packing.js";
import type { Model } from "#src/model/model.js";
import { benchModel } from "../support/engines.ts";
import { randomEmitters } from "../support/random-emitters.ts";
import { randomModel } from "../support/random-models.ts";
import { read } from "../support/read.ts";

/** The bounds, and what a search finds. */
function counts(model: Model) {
  const dynamics = createDynamics(model);
  const dimensions = model.sites.map(({ dimension }) => dimension);
  const kets = model.initial.flatMap(({ state }) =>
    state.map(({ levels }) => packKet(dynamics.packing, levels)),
  );
  const { index } = explore(dynamics, kets, (what) => {
    throw new Error(what);
  });
  return {
    least: leastKets(dynamics, dimensions, kets),
    leastSector: leastSector(dynamics, dimensions, kets),
    reached: index.count,
    largest: Math.max(...compile(model).spaces.map(({ dimension }) => dimension)),
  };
}

const SPINS_AND_MODE = `
sites: { s: { spin: 1, count: 2 }, c: { fock: 4 }, A: { levels: [g, e, f] } }
hamiltonian: jp(s1)*jm(s2) + jm(s1)*jp(s2) + jp(s1)*a(c) + jm(s1)*ad(c) + transition(A, e, g) + transition(A, g, e)
channels: { loss: { rate: 1, operator: a(c) } }
initial: ket(0, -1, 1, g)
times: [0]`;

const PAIRS = `
sites: { q: { kind: qubit, count: 7 } }
hamiltonian: sum(j, 1, 6, sx(q[j])*sx(q[j+1])) + sum(sz(q))
initial: sp(q2)*ground
times: [0]`;

describe("a lower bound of the kets that are reached", () => {
  test.each([
    ["half excited, one reservoir", benchModel("half-excited", { N: "8" })],
    ["half excited, detuned", benchModel("detuned", { N: "8", alpha: "0" })],
    ["Ising, driven", benchModel("tfim", {})],
    ["spins and a mode that exchange, beside an atom", read(SPINS_AND_MODE)],
    ["pairs of qubits", read(PAIRS)],
  ])("is their number where quanta are exchanged, lost or pumped: %s", (_, model) => {
    const { least, reached, leastSector, largest } = counts(model);
    expect(least).toBe(reached);
    expect(leastSector).toBeLessThanOrEqual(largest);
  });

  test("of a sector too, where H links its kets", () => {
    for (const model of [benchModel("tfim", {}), read(SPINS_AND_MODE), read(PAIRS)]) {
      const { leastSector, largest } = counts(model);
      expect(leastSector).toBe(largest);
    }
  });

  test.each([
    ["random models", randomModel()],
    ["random emitters", randomEmitters(3, 5)],
  ])("is never more: %s", (_, models) => {
    fc.assert(
      fc.property(models, (model) => {
        const { least, reached, leastSector, largest } = counts(model);
        expect(least).toBeLessThanOrEqual(reached);
        expect(leastSector).toBeLessThanOrEqual(largest);
      }),
      { numRuns: 60 },
    );
  });
});
