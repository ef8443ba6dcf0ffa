// Programs of bench/c and bench/peers: compiled or found once, then asked again and again within a run.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FLAGS = ["-O3", "-march=native", "-Wno-psabi"];

interface ReferenceTime {
  /** Of a unit. */
  readonly nanoseconds: number;
  readonly value: number;
  /** Standard deviation from unit to unit, where the value is a mean. */
  readonly deviation: number;
}

/** A process that answers each number n on its input with the nanoseconds that n units of work took, and their result. */
export class Reference {
  readonly #lines: AsyncIterator<string>;
  readonly #child;

  constructor(binary: string, args: readonly string[]) {
    this.#child = spawn(binary, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async time(units: number): Promise<ReferenceTime> {
    this.#child.stdin.write(`${units}\n`);
    const { value: line } = await this.#lines.next();
    const [nanoseconds = Number.NaN, value = Number.NaN, deviation = Number.NaN] = String(line)
      .split(" ")
      .map(Number);
    if (Number.isNaN(nanoseconds + value + deviation))
      throw new Error(`a reference program answered "${line}"`);
    return { nanoseconds: nanoseconds / units, value, deviation };
  }

  close(): void {
    this.#child.stdin.end();
  }
}

/** The C programs, where there is a compiler. */
export class References {
  /** First line of `cc --version`, or null. */
  readonly compiler: string | null = firstLine("cc", ["--version"]);
  readonly #folder = mkdtempSync(join(tmpdir(), "mcwf-bench-"));
  readonly #started = new Map<string, Reference>();

  /** The running program; `copy` tells several of one program apart. Null without a compiler. */
  get(program: string, args: readonly string[] = [], copy = 0): Reference | null {
    if (this.compiler === null) return null;
    const name = [program, ...args, copy].join(" ");
    const known = this.#started.get(name);
    if (known !== undefined) return known;
    const binary = join(this.#folder, program);
    if (!existsSync(binary))
      execFileSync("cc", [...FLAGS, "-o", binary, here(`c/${program}.c`), "-lm"], { stdio: "inherit" });
    const reference = new Reference(binary, args);
    this.#started.set(name, reference);
    return reference;
  }

  close(): void {
    for (const reference of this.#started.values()) reference.close();
    rmSync(this.#folder, { recursive: true });
  }
}

export interface PeerTime {
  readonly seconds: number;
  readonly setting: string;
  readonly version: string;
}

/** The scripts use options and results as they are from this version on. */
export const OLDEST_QUTIP = 5;

/** QuTiP's version, or null where python3 does not have it; asked of the package, as importing version 4 may print. */
export const qutipVersion = (): string | null =>
  firstLine("python3", ["-c", "from importlib.metadata import version; print(version('qutip'))"]);

export function askQutip(script: string, args: readonly string[]): PeerTime {
  // What it warns of is about integrators that are not chosen.
  const output = execFileSync("python3", [here(`peers/${script}.py`), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  return JSON.parse(output);
}

function firstLine(command: string, args: readonly string[]): string | null {
  try {
    const output = execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return output.split("\n")[0] ?? null;
  } catch {
    return null;
  }
}
