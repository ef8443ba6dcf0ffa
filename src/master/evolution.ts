import type { Generator } from "./generator.ts";
import type { ProbeRows } from "./probes.ts";

/** What an engine is asked for: x(0) = `start`, the probes at all times, and x at the last time. */
export interface Task {
  readonly generator: Generator;
  readonly start: Float64Array;
  /** Strictly ascending, >= 0. */
  readonly times: readonly number[];
  readonly probes: ProbeRows;
  readonly control: Control;
}

export interface Control {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the part that is done, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Evolution {
  /** [time][probe] */
  readonly outputs: Float64Array;
  readonly end: Float64Array;
  /** In words. */
  readonly method: string;
}

/** @throws what the signal was aborted with. */
export function report({ signal, onProgress }: Control, done: number): void {
  signal?.throwIfAborted();
  onProgress?.(done);
}
