/** A bar on stderr while something long is under way. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };
/** Work that is done sooner shows no bar. */
const DELAY_MS = 300;

/** A bar with `label`; none where stderr is not a terminal, so that log files stay clean. */
export async function startProgress(label: string, quiet: boolean): Promise<Progress> {
  if (quiet || !process.stderr.isTTY) return SILENT;
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage} %  {eta_formatted} left`,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  const start = Date.now();
  let running = false;
  return {
    update(done, total) {
      if (!running && Date.now() - start < DELAY_MS) return;
      if (!running) bar.start(total, done);
      else bar.update(done);
      running = true;
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}
