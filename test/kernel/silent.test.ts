// The evolution without a jump where hardly anything of it is left: logarithms of its probability, and means in its state.
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import type { EngineChoice, SilentPath } from "#src/kernel/types.js";
import { parseModel } from "#src/model/file.js";
import { module } from "../support/engines.ts";

const ENGINES = ["auto", "dense", "krylov", "chebyshev", "uncached"] as const;

interface Chain {
  readonly rates: string;
  readonly exchange: number;
  readonly times: string;
}

/** Two excitations on a chain of qubits that all decay. */
async function silent({ rates, exchange, times }: Chain, engine: EngineChoice): Promise<SilentPath> {
  const text = `sites: { q: { kind: qubit, count: 5 } }
hamiltonian: sum(j, 1, 5, 0.1*j*n(q[j])) + ${exchange}*sum(j, 1, 4, i*sp(q[j])*sm(q[j + 1]) - i*sp(q[j + 1])*sm(q[j]))
channels: { own: { rate: ${rates}, each: sm(q) } }
initial: sp(q1)*sp(q2)*ground
times: ${times}
observables: { first: n(q1), third: n(q3) }`;
  const program = compile(parseModel(text, { file: "chain.yaml" }).model);
  const options = { sampling: "plain", records: true, engine } as const;
  const kernel = await Kernel.create(module, program, Uint32Array.of(1, 2, 3, 4), options);
  // Every trajectory has a random number and can begin.
  kernel.run(0, 4);
  return kernel.root.silentPaths[0] as SilentPath;
}

describe.each(ENGINES)("%s", (engine) => {
  test("equal rates r: ln P = -2 r t, long after exp underflows", async () => {
    const times = "{ from: 0, to: 2000, points: 3 }";
    for (const exchange of [0.1, 1e-4]) {
      const { logSurvival } = await silent({ rates: "[1, 1, 1, 1, 1]", exchange, times }, engine);
      for (const i of [0, 1, 2]) expect(logSurvival[i]).toBeCloseTo(-2000 * i, 7);
    }
  });

  test.each([
    ["rates that differ", "[1, 1.1, 1.2, 1.3, 1.4]", 0.1],
    ["rates that hardly differ", "[1, 1.0001, 1.0002, 1.0003, 1.0004]", 1e-4],
  ])("%s: as with many short segments", async (_, rates, exchange) => {
    // At times so near each other that little is lost between them nothing is rounded away.
    const near = await silent({ rates, exchange, times: "{ from: 0, to: 800, points: 801 }" }, "dense");
    const far = await silent({ rates, exchange, times: "[0, 50, 800]" }, engine);
    [0, 50, 800].forEach((time, i) => {
      expect((far.logSurvival[i] as number) / (near.logSurvival[time] as number) || 1).toBeCloseTo(1, 11);
      for (const m of [0, 1])
        expect(far.values[2 * i + m]).toBeCloseTo(near.values[2 * time + m] as number, 9);
    });
  });

  test("a last time of 0", async () => {
    const { logSurvival, values } = await silent({ rates: "1", exchange: 0.1, times: "[0]" }, engine);
    expect([...logSurvival, ...values]).toEqual([0, 1, 0]);
  });
});
