#!/usr/bin/env node
import { reportFailure } from "./exit.ts";
import { tameStreams } from "./output.ts";
import { runCommandLine } from "./program.ts";

tameStreams();
try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportFailure(error);
}
