// Squared norms at jumps over long runs and in big sectors, held against a plain twin and against a closed form.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { benchModel, KEY, runEngine } from "../support/engines.ts";
import { allowedError, expectJumpNorms } from "../support/expect-jump-norms.ts";
import { jumpsOf, randomNumbers } from "../support/jump-norms.ts";
import { randomEmitters } from "../support/random-emitters.ts";

describe("random emitters that decay in many of their periods", () => {
  test.each([
    { period: 100, sites: [4, 8], runs: 5 },
    { period: 1000, sites: [4, 6], runs: 3 },
  ] as const)("%o", async ({ period, sites: [least, most], runs }) => {
    await fc.assert(
      fc.asyncProperty(randomEmitters(least, most, { rate: 1 / period, last: period }), async (model) => {
        await expectJumpNorms(model, ["dense", "krylov", "auto", "uncached"], 4);
      }),
      { numRuns: runs },
    );
  });

  // Sectors of up to 126 states, so that Chebyshev's expansion is used as well.
  test("nine of them", async () => {
    await fc.assert(
      fc.asyncProperty(randomEmitters(9, 9, { rate: 0.01, last: 100 }), async (model) => {
        await expectJumpNorms(model, ["krylov", "chebyshev"], 2);
      }),
      { numRuns: 2 },
    );
  });
});

test("a driven mode: a hundred jumps", async () => {
  await expectJumpNorms(benchModel("kerr", {}), ["dense", "krylov", "chebyshev"], 2);
});

/**
 * (s1 + ... + sN)^+ (s1 + ... + sN) has the eigenvalue J (J + 1) - M (M - 1) at angular momentum J, k = M + N/2 excitations.
 * The first half excited is |N/4, N/4> |N/4, -N/4>, with Clebsch-Gordan coefficients squared
 * (2J + 1) (N/2)!^2 / ((N/2 - J)! (N/2 + J + 1)!). As long as all jumps are collective, a squared norm is a sum of exponentials.
 */
class HalfExcited {
  #weights: readonly number[];
  #excited: number;
  readonly #half: number;
  readonly #alpha: number;

  constructor(sites: number, alpha: number) {
    this.#alpha = alpha;
    this.#half = sites / 2;
    this.#excited = this.#half;
    // w_J / w_(J-1), and all add up to 1.
    const weights = [1];
    for (let j = 1; j <= this.#half; j++) {
      const ratio = ((2 * j + 1) * (this.#half - j + 1)) / ((2 * j - 1) * (this.#half + j + 1));
      weights.push((weights[j - 1] ?? 0) * ratio);
    }
    this.#weights = normalised(weights);
  }

  #rate(j: number): number {
    const m = this.#excited - this.#half;
    return j * (j + 1) - m * (m - 1);
  }

  /** Populations of all J after a time without a jump; they add up to the squared norm. */
  after(tau: number): number[] {
    return this.#weights.map((w, j) =>
      w === 0 ? 0 : w * Math.exp(-2 * (this.#rate(j) + this.#alpha * this.#excited) * tau),
    );
  }

  /** A collective jump after a time. */
  jump(tau: number): void {
    const populations = this.after(tau).map((w, j) => w * this.#rate(j));
    this.#weights = normalised(populations);
    this.#excited--;
  }
}

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const normalised = (x: readonly number[]): number[] => x.map((v) => v / sum(x));

describe("half excited qubits, jumps up to the first that is not collective", () => {
  test.each([
    { N: 18, alpha: 0.05, last: 5, engines: ["auto", "krylov", "uncached"], trajectories: 8 },
    { N: 20, alpha: 0.05, last: 5, engines: ["auto"], trajectories: 8 },
    { N: 12, alpha: 0.05, last: 5, engines: ["auto", "krylov", "uncached"], trajectories: 64 },
    { N: 12, alpha: 5e-5, last: 5000, engines: ["auto", "krylov", "uncached"], trajectories: 16 },
  ] as const)("%o", async ({ N, alpha, last, engines, trajectories }) => {
    const model = benchModel("half-excited", { N: `${N}`, alpha: `${alpha}` });
    const program = compile({ ...model, times: [0, last] });
    const norm = Math.max(...program.spaces.map(({ generator }) => generator.norm));
    for (const engine of engines) {
      const { batch } = await runEngine(program, engine, trajectories);
      for (let k = 0; k < trajectories; k++) {
        const numbers = randomNumbers(KEY, k, 2 * N);
        const state = new HalfExcited(N, alpha);
        let before = 0;
        for (const [number, { time, channel }] of jumpsOf(batch, k).entries()) {
          const tau = time - before;
          before = time;
          const error = Math.abs(sum(state.after(tau)) - (numbers[2 * number] ?? Number.NaN));
          expect(error, engine).toBeLessThan(allowedError(norm * tau));
          if (program.channels[channel] !== "common") break;
          state.jump(tau);
        }
      }
    }
  });
});
