// Entry of a worker thread for tests: the first worker that is asked for a batch beyond index 100 ends its process
// thread in the middle of it. The file named by the environment data tells its successors that this has happened.
import { existsSync, writeFileSync } from "node:fs";
import { getEnvironmentData, parentPort } from "node:worker_threads";
import { Session } from "../../dist/workers/session.js";

const flag = getEnvironmentData("flag");
const session = new Session();
parentPort.on("message", async (message) => {
  if (message.type === "run" && message.first > 100 && !existsSync(flag)) {
    writeFileSync(flag, "");
    process.exit(7);
  }
  parentPort.postMessage(await session.answer(message));
});
