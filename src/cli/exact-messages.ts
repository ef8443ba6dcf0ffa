import type { Fault, SizeError } from "../base/errors.ts";
import type { MasterOptions } from "../master/solve.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";

/** What the exact solver's thread starts with; nothing else goes that way. */
export interface ExactTask {
  readonly model: Model;
  readonly limits: Pick<MasterOptions, "maxElements" | "maxWork">;
}

/** From the exact solver's thread to the command. */
export type FromExactWorker =
  | { readonly type: "progress"; readonly done: number }
  | { readonly type: "solved"; readonly result: Result }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly message: string;
      readonly faults: readonly Fault[];
      /** Of a SizeError: what it is about, and what it says of it. */
      readonly size: Pick<SizeError, "where" | "reason"> | null;
    };
