import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { reportFailure } from "#src/cli/exit.js";
import { runCommandLine } from "#src/cli/program.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a process of its own, as a user does. */
export const mcwf = (args: readonly string[], input = ""): Promise<Ended> =>
  ended(spawn(process.execPath, [MAIN, ...args], { cwd: ROOT }), input);

/** Runs the command in this process, which is quicker, and gives what it would have printed. */
export async function inProcess(args: readonly string[]): Promise<Ended> {
  const capture = (stream: NodeJS.WriteStream): (() => string) => {
    let text = "";
    const spy = vi.spyOn(stream, "write").mockImplementation((chunk, encoding, done) => {
      text += String(chunk);
      const written = typeof encoding === "function" ? encoding : done;
      written?.();
      return true;
    });
    return () => {
      spy.mockRestore();
      return text;
    };
  };
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  const code = await runCommandLine(args).catch(reportFailure);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** A shell line in which "mcwf" is the command. */
export const shell = (line: string): Promise<Ended> =>
  ended(
    spawn("bash", ["-c", `mcwf() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}`], { cwd: ROOT }),
    "",
  );

/** `npm start`. */
export const start = (): Promise<Ended> => ended(spawn("npm", ["start", "--silent"], { cwd: ROOT }), "");

/**
 * Runs the command, lets it work for a second and a half of its own time, from when it listens to signals or at once, and then
 * sends it a signal.
 */
export async function interrupted(
  args: readonly string[],
  signal: NodeJS.Signals,
  listening = true,
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT });
  const result = ended(child, "");
  const pid = child.pid ?? 0;
  while (listening && child.exitCode === null && !catchesHangUp(pid)) await wait(20);
  const ready = processorTime(pid);
  while (child.exitCode === null && processorTime(pid) < ready + 1.5) await wait(20);
  child.kill(signal);
  return result;
}

/** Seconds that a process has spent on a processor; Linux only. A busy machine does not shorten them. */
function processorTime(pid: number): number {
  // Fields 14 and 15, counted behind the name in parentheses: user and system time in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Whether the process has set up its own handling of signals (bit 0 of SigCgt is SIGHUP); Linux only. */
function catchesHangUp(pid: number): boolean {
  const mask = /SigCgt:\s*([0-9a-f]+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return (BigInt(`0x${mask}`) & 1n) === 1n;
}

function ended(child: ChildProcess, input: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdin?.on("error", () => undefined); // a command that refuses early does not read on
    child.stdin?.end(input);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
