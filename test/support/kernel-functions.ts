import { readFileSync } from "node:fs";
import { instantiate } from "../../build/testing.js";

export type KernelFunctions = Awaited<ReturnType<typeof instantiate>>;

export async function kernelFunctions(): Promise<KernelFunctions> {
  const bytes = readFileSync(new URL("../../build/testing.wasm", import.meta.url));
  return instantiate(new WebAssembly.Module(bytes), {});
}

const SENTINEL = 12345.678;
const GUARD = 8;

/** A buffer in kernel memory with guard values on both sides; `check` tells whether they are untouched. */
export class Guarded {
  readonly address: number;
  readonly #kernel: KernelFunctions;
  readonly #length: number;

  constructor(kernel: KernelFunctions, content: ArrayLike<number>, length: number = content.length) {
    this.#kernel = kernel;
    this.#length = length;
    const start = kernel.allocate((length + 2 * GUARD) * 8);
    this.address = start + GUARD * 8;
    const all = new Float64Array(kernel.memory.buffer, start, length + 2 * GUARD).fill(SENTINEL);
    all.subarray(GUARD, GUARD + length).fill(0);
    all.set(content, GUARD);
  }

  read(): number[] {
    return [...new Float64Array(this.#kernel.memory.buffer, this.address, this.#length)];
  }

  get untouchedAround(): boolean {
    const memory = this.#kernel.memory.buffer;
    const before = new Float64Array(memory, this.address - GUARD * 8, GUARD);
    const after = new Float64Array(memory, this.address + this.#length * 8, GUARD);
    return before.every((x) => x === SENTINEL) && after.every((x) => x === SENTINEL);
  }
}

/** Copies 32-bit integers into kernel memory. */
export function placeIntegers(kernel: KernelFunctions, content: readonly number[]): number {
  const address = kernel.allocate(Math.max(4, content.length * 4));
  new Uint32Array(kernel.memory.buffer, address, content.length).set(content);
  return address;
}
