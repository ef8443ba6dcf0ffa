import { note } from "./output.ts";

/** A run that was stopped before anything was finished: there is nothing to keep. */
export class StoppedError extends Error {}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What shells report for a program ended by Ctrl-C. */
const ENDED_BY_SIGNAL = 130;

/**
 * Runs `work` with an AbortSignal that Ctrl-C, SIGTERM and a closed terminal set off; `work` then ends by itself and
 * keeps what is finished. A second signal ends the program at once.
 */
export function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return stoppableOnce((signal, keep) => {
    keep();
    return work(signal);
  });
}

/**
 * The same once `work` has called `keep`. Until then there is nothing to keep: a signal ends the program at once, as it does
 * without any listener, also where the thread is kept from listening.
 */
export async function stoppableOnce<T>(
  work: (signal: AbortSignal, keep: () => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(ENDED_BY_SIGNAL);
    note("stopping, and keeping what is done; once more ends at once");
    controller.abort();
  };
  const keep = (): void => {
    for (const name of SIGNALS) process.on(name, stop);
  };
  try {
    return await work(controller.signal, keep);
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}
