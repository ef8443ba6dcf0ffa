import { compile } from "../compile/compile.ts";
import type { Program } from "../compile/program.ts";
import type { Model } from "../model/model.ts";
import { shared } from "../workers/shared.ts";
import { answerTask } from "./thread-entry.ts";

/** What the compiler's thread starts with. */
export interface CompileTask {
  readonly model: Model;
  /** Name of the model file for messages. */
  readonly file: string;
}

answerTask<CompileTask, Program>(({ model, file }) => shared(compile(model, file)));
