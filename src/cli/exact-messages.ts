import type { Fault } from "../base/errors.ts";
import type { Result } from "../results/result.ts";

/** From the exact solver's thread to the command. The only message the other way is the model it starts with. */
export type FromExactWorker =
  | { readonly type: "progress"; readonly done: number }
  | { readonly type: "solved"; readonly result: Result }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly message: string;
      readonly faults: readonly Fault[];
    };
