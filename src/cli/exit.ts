import { InputError, NumericsError, SizeError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { WriteError } from "../results/errors.ts";
import type { Outcome } from "../trajectories/options.ts";
import { note } from "./output.ts";
import { StoppedError } from "./stop.ts";

/** Exit codes of all commands. */
export const EXIT = {
  done: 0,
  /** A comparison or claim failed. */
  disagree: 1,
  /** Bad input; nothing was written. */
  badInput: 2,
  /** A run was cut short; what was finished is kept. */
  cutShort: 3,
  /** A fault of the program itself (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A disagreement counts more than a tolerance that was missed; a run that was stopped is not judged. */
export function exitCodeOf(outcome: Outcome, agree: boolean): ExitCode {
  if (outcome === "aborted") return EXIT.cutShort;
  if (!agree) return EXIT.disagree;
  return outcome === "complete" ? EXIT.done : EXIT.cutShort;
}

/** How engines say it: of a thread's heap, of arrays, of a kernel's memory. */
const NO_MEMORY = /out of memory|allocation failed|could not allocate|reaching memory limit/i;

/** Says on stderr what went wrong, without a stack, and gives the exit code for it. */
export function reportFailure(error: unknown): ExitCode {
  if (error instanceof InputError) {
    note(error.message);
    return EXIT.badInput;
  }
  if (error instanceof WriteError) {
    note(error.message);
    return error.kind === "place" ? EXIT.badInput : EXIT.cutShort;
  }
  if (error instanceof SizeError) {
    note(`mcwf: ${error.message}`);
    return EXIT.badInput;
  }
  if (error instanceof StoppedError || error instanceof NumericsError) {
    note(`mcwf: ${error.message}`);
    return EXIT.cutShort;
  }
  if (error instanceof Error && NO_MEMORY.test(error.message)) {
    note(`mcwf: there is not enough memory, ${error.message}; each worker takes its own, see --workers`);
    return EXIT.cutShort;
  }
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [first = ""] = said.split("\n");
  const report = "please report this line, the model file and the command";
  note(`mcwf ${VERSION}: internal error: ${first} (${report}; MCWF_DEBUG=1 shows where it happened)`);
  if (process.env.MCWF_DEBUG && error instanceof Error) note(error.stack ?? "");
  return EXIT.internal;
}
