import { type MasterOptions, solveMaster } from "../master/solve.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";
import { answerTask } from "./thread-entry.ts";

/** What the exact solver's thread starts with. */
export interface ExactTask {
  readonly model: Model;
  readonly limits: Pick<MasterOptions, "maxElements" | "maxWork">;
}

answerTask<ExactTask, Result>(({ model, limits }, onProgress) =>
  solveMaster(model, { ...limits, onProgress }),
);
