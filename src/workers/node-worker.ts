import { parentPort } from "node:worker_threads";
import type { ToWorker } from "./messages.ts";
import { Session } from "./session.ts";

/** Entry file of a worker thread in Node. Loaded from the built JavaScript only. */
const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread only");
const session = new Session();
port.on("message", async (message: ToWorker) => port.postMessage(await session.answer(message)));
