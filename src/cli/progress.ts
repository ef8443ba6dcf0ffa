import { formatNumber } from "./numbers.ts";
import { note } from "./output.ts";

/** Tells on stderr what is under way, while it is long. */
export interface Progress {
  /** @param total null where it is not known */
  update(done: number, total: number | null): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };
/** Work that is done sooner shows no bar. */
const DELAY_MS = 500;
/** A log gets one line where nothing is finished for so long, */
const PATIENCE_MS = 10_000;
/** and one where the work is to last so long. */
const LONG_SECONDS = 600;

/**
 * A line that is kept up to date on a terminal. Elsewhere, so that log files stay clean, only notes on what lasts long.
 * @param label what is counted
 * @param begins what goes on before update() is called, with 0 at first
 */
export async function startProgress(label: string, quiet: boolean, begins = label): Promise<Progress> {
  if (quiet) return SILENT;
  return process.stderr.isTTY ? startBar(label, begins) : startLog(label, begins);
}

async function startBar(label: string, begins: string): Promise<Progress> {
  // Not all of its names can be imported one by one.
  const { SingleBar, Format } = (await import("cli-progress")).default;
  const since = Date.now();
  const bar = `${label} [{bar}] {percentage} %  {eta_formatted} left`;
  let said = begins;
  const line = new SingleBar({
    format: (options, params, payload) => {
      if (params.value > 0 && said === label)
        return Format.Formatter({ ...options, format: bar }, params, payload);
      return `${said}: ${formatDuration((Date.now() - since) / 1000)} so far`;
    },
    barCompleteChar: "=",
    barIncompleteChar: " ",
    // A signal may end the program at any time, and nobody would show the cursor, or let lines wrap, again.
    hideCursor: false,
    linewrap: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  let running = false;
  const show = (): void => {
    if (!running) line.start(1, 0);
    running = true;
  };
  const timer = setTimeout(show, DELAY_MS);
  const stop = (): void => {
    clearTimeout(timer);
    if (running) line.stop();
    running = false;
  };
  return {
    update(done, total) {
      said = total === null ? `${done} ${label}` : label;
      if (!running && Date.now() - since > DELAY_MS) show();
      if (!running) return;
      line.setTotal(total ?? Math.max(done, 1));
      line.update(done);
    },
    stop,
  };
}

function startLog(label: string, begins: string): Progress {
  const since = Date.now();
  let [said, first, told] = [begins, 0, false];
  const timer = setTimeout(
    () => note(`note: ${said}: nothing finished after ${formatDuration(PATIENCE_MS / 1000)}`),
    PATIENCE_MS,
  );
  timer.unref();
  return {
    update(done, total) {
      said = label;
      if (done === 0) first = Date.now();
      else clearTimeout(timer);
      const spent = (Date.now() - first) / 1000;
      if (told || done === 0 || total === null || Date.now() - since < PATIENCE_MS) return;
      const left = (spent * (total - done)) / done;
      if (left < LONG_SECONDS) return;
      told = true;
      note(
        `note: ${label}: ${formatNumber((100 * done) / total)} % after ${formatDuration(spent)}, so that the rest may take ` +
          formatDuration(left),
      );
    },
    stop: () => clearTimeout(timer),
  };
}

/** In the largest unit of which there are two. */
export function formatDuration(seconds: number): string {
  const units = [
    ["days", 86_400],
    ["h", 3600],
    ["min", 60],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= 2 * length) ?? ["s", 1];
  return `${Math.round(seconds / size)} ${unit}`;
}
