import { instantiate } from "../../build/kernel.js";
import { NumericsError } from "../base/errors.ts";
import type { Program } from "../compile/program.ts";
import { loadProgram } from "./load.ts";
import { type KernelExports, readFloats, readIntegers, readLongs } from "./memory.ts";
import {
  type Batch,
  type GroupSums,
  type JumpRecords,
  type KeptPath,
  type KernelOptions,
  REPLICATES,
  type RootPath,
  type SegmentKind,
} from "./types.ts";

/** Trajectories a batch at most: 2^12 in each replicate, so that 64-bit sums cannot overflow. */
export const MAX_BATCH = 4096 * REPLICATES;

/**
 * A call into the kernel runs in the engine's baseline code until the next call enters the optimised one, so batches
 * are cut into short calls: 1, 2, 4, ... up to this many trajectories.
 */
const MAX_CALL = 256;
const FIRST_RECORDS = 4096;

const DONE = 0;
const REASONS = ["", "a value is not a finite number", "the evolution cannot go on within its error bound"];

/** One program in one instance of the kernel. Everything it computes depends on (program, key, options) alone. */
export class Kernel {
  readonly root: RootPath;
  /** Milliseconds that the last batch's trajectories and their records took; what more it took was for its sums. */
  working = 0;
  readonly #exports: KernelExports;
  readonly #times: number;
  readonly #moments: number;
  readonly #channels: number;
  readonly #groupCount: number;
  #recordCapacity = 0;

  private constructor(exports: KernelExports, program: Program, root: RootPath, options: KernelOptions) {
    this.#exports = exports;
    // Nothing else of the program is kept: the kernel has its own copy.
    this.#times = program.times.length;
    this.#moments = program.moments.length;
    this.#channels = program.channels.length;
    this.#groupCount = options.clickGroups ?? 1;
    this.root = root;
    if (options.records) this.#reserve(FIRST_RECORDS);
  }

  /**
   * @param key four 32-bit words from the seed
   * @throws NumericsError when the evolution without a jump cannot be computed
   */
  static async create(
    module: WebAssembly.Module,
    program: Program,
    key: Uint32Array,
    options: KernelOptions,
  ): Promise<Kernel> {
    const exports = await instantiate(module, {});
    if (exports.REPLICATES.value !== REPLICATES)
      throw new NumericsError("the kernel's binary is out of date");
    const started = sayingWhatTrapped(exports, () => {
      loadProgram(exports, program, options);
      return exports.start(wide(key, 0), wide(key, 2));
    });
    if (!started) {
      throw new NumericsError("the evolution without a jump is not finite or cannot keep its error bound");
    }
    const times = program.times.length;
    const root: RootPath = {
      jumpWeight: exports.jumpWeight(),
      silent: readFloats(exports, exports.silentPart(), times * program.moments.length),
      survival: readFloats(exports, exports.survival(), times),
      undisturbed: readFloats(exports, exports.undisturbed(), times),
      segments: program.spaces.map((_, space) => segmentKind(exports, space)),
      silentPaths: program.initial.map((_, component) => ({
        kept: keptPath(exports, component),
        logSurvival: readFloats(exports, exports.logSurvival(component), times),
        values: readFloats(exports, exports.silentValues(component), times * program.moments.length),
      })),
    };
    return new Kernel(exports, program, root, options);
  }

  /**
   * Runs the trajectories first .. first + count - 1 (count <= MAX_BATCH).
   * @param milliseconds only so many of them, one at least, as this time is enough for
   * @throws NumericsError with the trajectory's index and time
   */
  run(first: number, count: number, milliseconds = Number.POSITIVE_INFINITY): Batch {
    const kernel = this.#exports;
    this.working = 0;
    let done = 0;
    while (done === 0) {
      done = sayingWhatTrapped(kernel, () => this.#attempt(first, count, milliseconds));
      if (done === 0) this.#reserve(2 * this.#recordCapacity);
    }
    const start = performance.now();
    const records = this.#recordCapacity > 0 ? this.#records(first) : null;
    this.working += performance.now() - start;
    const groups = this.#groups();
    return {
      first,
      count: done,
      sums: total(groups.map(({ sums }) => sums)),
      jumps: readLongs(kernel, kernel.jumpSums(), REPLICATES * this.#channels),
      firstJumps: readLongs(kernel, kernel.firstJumps(), REPLICATES * this.#times),
      records,
      groups: groups.length > 1 ? groups : [],
    };
  }

  /** How many trajectories were run; 0 when there was no room for all jump records. */
  #attempt(first: number, count: number, milliseconds: number): number {
    const kernel = this.#exports;
    kernel.clear();
    const batch = BigInt(first);
    const start = performance.now();
    let done = 0;
    let size = 1;
    while (done < count && size > 0) {
      size = Math.min(size, count - done);
      const status = kernel.run(batch, BigInt(first + done), size);
      if (status !== DONE) {
        const reason = REASONS[status] ?? `unknown status ${status}`;
        const index = first + kernel.failedTrajectory();
        throw new NumericsError(`trajectory ${index} at time ${kernel.failedTime()}: ${reason}`);
      }
      if (kernel.recordsOverflowed()) {
        this.working += performance.now() - start;
        return 0;
      }
      done += size;
      const spent = performance.now() - start;
      const enough = Math.floor(((milliseconds - spent) * done) / spent);
      size = Math.min(2 * size, MAX_CALL, spent > 0 ? Math.max(enough, 0) : MAX_CALL);
    }
    this.working += performance.now() - start;
    kernel.collect();
    return done;
  }

  #groups(): GroupSums[] {
    const kernel = this.#exports;
    const times = this.#times;
    const size = REPLICATES * times * this.#moments;
    const row = times + 1;
    return Array.from({ length: this.#groupCount }, (_, group) => {
      const at = kernel.momentSums() + group * size * BigInt64Array.BYTES_PER_ELEMENT;
      const sums = readLongs(kernel, at, size);
      if (this.#groupCount === 1) return { sums, counts: new BigInt64Array(0) };
      const from = kernel.groupCounts() + group * REPLICATES * row * BigInt64Array.BYTES_PER_ELEMENT;
      const counts = readLongs(kernel, from, REPLICATES * row).filter((_count, k) => k % row < times);
      return { sums, counts };
    });
  }

  #reserve(capacity: number): void {
    this.#exports.reserveRecords(capacity);
    this.#recordCapacity = capacity;
  }

  #records(first: number): JumpRecords {
    const kernel = this.#exports;
    const count = kernel.recordCount();
    const offsets = readIntegers(kernel, kernel.recordTrajectories(), count);
    return {
      trajectory: Float64Array.from(offsets, (offset) => first + offset),
      time: readFloats(kernel, kernel.recordTimes(), count),
      channel: readIntegers(kernel, kernel.recordChannels(), count),
    };
  }
}

/** A kernel that has no memory left can do nothing but trap. */
function sayingWhatTrapped<T>(kernel: KernelExports, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!kernel.exhausted()) throw error;
    const gigabytes = (kernel.memory.buffer.byteLength / 1e9).toPrecision(2);
    throw new NumericsError(
      `there is no memory for what this model needs beyond ${gigabytes} GB in each worker`,
    );
  }
}

function segmentKind(kernel: KernelExports, space: number): SegmentKind {
  const kind = kernel.segmentKind(space);
  if (kind === kernel.CONSTANT.value) return "constant";
  if (kind === kernel.LANCZOS.value) return "Lanczos";
  if (kind === kernel.CHEBYSHEV.value) return "Chebyshev";
  return kind === kernel.DENSE.value ? "dense" : "Krylov";
}

function keptPath(kernel: KernelExports, component: number): KeptPath {
  const kind = kernel.keptKind(component);
  if (kind === kernel.AUTO.value) return "none";
  if (kind === kernel.DENSE.value) return "table";
  if (kind === kernel.KRYLOV.value) return "chain";
  return kernel.keptContinues(component) ? "ladder" : "eigenbasis";
}

function total(parts: readonly BigInt64Array[]): BigInt64Array {
  const [first = new BigInt64Array(0), ...others] = parts;
  const sum = others.length === 0 ? first : first.slice();
  for (const part of others) for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0n) + (part[k] ?? 0n);
  return sum;
}

function wide(key: Uint32Array, at: number): bigint {
  return (BigInt(key[at] ?? 0) << 32n) | BigInt(key[at + 1] ?? 0);
}
