import type { Program } from "../compile/program.ts";
import { momentExponents } from "../kernel/fixed-point.ts";
import type { Batch, RootPath, Sampling } from "../kernel/types.ts";
import { checkpointAfter } from "./checkpoints.ts";
import { EnsembleSums } from "./ensemble-sums.ts";
import { Estimator } from "./estimate.ts";
import { RecordList } from "./record-list.ts";

/** Takes the batches of a run in order, adds them up and says when a tolerance is reached. */
export class Collector {
  readonly sums: EnsembleSums;
  readonly records = new RecordList();
  readonly #program: Program;
  readonly #sampling: Sampling;
  readonly #exponents: Int32Array;
  readonly #tolerance: number | null;
  readonly #most: number;
  #checkpoint = checkpointAfter(0);
  #root: RootPath | null = null;

  /** @param most trajectories at most; the tolerance is checked there too */
  constructor(program: Program, sampling: Sampling, tolerance: number | null, most: number) {
    this.#program = program;
    this.#sampling = sampling;
    this.#tolerance = tolerance;
    this.#most = most;
    this.#exponents = momentExponents(program);
    this.sums = new EnsembleSums({
      times: program.times.length,
      moments: program.moments.length,
      channels: program.channels.length,
    });
  }

  set root(root: RootPath) {
    this.#root = root;
  }

  /** Means and errors of what has been added so far. */
  estimator(): Estimator {
    if (this.#root === null)
      throw new Error("the evolution without a jump must be known before anything is estimated");
    return new Estimator({
      program: this.#program,
      root: this.#root,
      sampling: this.#sampling,
      exponents: this.#exponents,
      sums: this.sums,
    });
  }

  /** Adds the next batch; false: the tolerance is reached. */
  accept(batch: Batch): boolean {
    this.sums.add(batch);
    this.records.add(batch.records);
    if (this.#tolerance === null) return true;
    if (this.sums.count < Math.min(this.#checkpoint, this.#most)) return true;
    this.#checkpoint = checkpointAfter(this.sums.count);
    return !this.toleranceReached();
  }

  /** Whether every observable's standard error is known and not above the tolerance, at every time. */
  toleranceReached(): boolean {
    const estimator = this.estimator();
    const tolerance = this.#tolerance ?? Number.POSITIVE_INFINITY;
    return this.#program.layout.observables.every(({ re, im }) =>
      [re, ...(im === null ? [] : [im])].every((moment) =>
        this.#program.times.every((_, t) => {
          const { standardError } = estimator.moment(t, moment);
          return standardError !== null && standardError <= tolerance;
        }),
      ),
    );
  }
}
