import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare } from "../prepare.ts";
import { runTrajectories } from "../routes.ts";
import { stoppable } from "../stop.ts";

/** mcwf run FILE */
export async function run(path: string, raw: RawOptions): Promise<ExitCode> {
  const { options, model } = await prepare(path, raw);
  const { result, outcome } = await stoppable((signal) => runTrajectories(model, options, signal));
  await deliver(result, options);
  return outcome === "complete" ? EXIT.done : EXIT.cutShort;
}
