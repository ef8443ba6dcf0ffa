import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare } from "../prepare.ts";
import { solveExactly } from "../routes.ts";
import { stoppable } from "../stop.ts";

/** mcwf exact FILE */
export async function exact(path: string, raw: RawOptions): Promise<ExitCode> {
  const { options, model } = await prepare(path, raw);
  const result = await stoppable((signal) => solveExactly(model, options, signal));
  await deliver(result, options);
  return EXIT.done;
}
