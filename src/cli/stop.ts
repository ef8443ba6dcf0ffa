import { note } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What shells report for a program ended by Ctrl-C. */
const ENDED_BY_SIGNAL = 130;

/**
 * Runs `work` with an AbortSignal that Ctrl-C, SIGTERM and a closed terminal set off; `work` then ends by itself and
 * keeps what is finished. A second signal ends the program at once.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(ENDED_BY_SIGNAL);
    note("stopping after the batches under way; once more ends at once");
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}
