import { parentPort } from "node:worker_threads";
import type { Batch } from "../kernel/types.ts";
import type { ToWorker } from "./messages.ts";
import { Session } from "./session.ts";

/** Entry file of a worker thread in Node. Loaded from the built JavaScript only. */
const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread only");
const session = new Session();
port.on("message", async (message: ToWorker) => {
  const answer = await session.answer(message);
  port.postMessage(answer, answer.type === "batch" ? buffersOf(answer.batch) : []);
});

/** What is moved to the other thread instead of being copied: sums of a gigabyte are possible. */
function buffersOf({ sums, jumps, firstJumps, groups }: Batch): ArrayBuffer[] {
  const arrays = [sums, jumps, firstJumps, ...groups.flatMap((group) => [group.sums, group.counts])];
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
