import type { instantiate } from "../../build/kernel.js";

export type KernelExports = Awaited<ReturnType<typeof instantiate>>;

type NumericArray = Float64Array | Uint32Array | Int32Array;

/** Copies `array` into kernel memory and returns its address; 0 for an empty one. */
export function place(kernel: Pick<KernelExports, "memory" | "allocate">, array: NumericArray): number {
  if (array.length === 0) return 0;
  const address = kernel.allocate(array.byteLength) >>> 0;
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  new Uint8Array(kernel.memory.buffer, address, array.byteLength).set(bytes);
  return address;
}

// Views are made anew at each call: growing the memory detaches the old ones. All of these copy. Addresses beyond 2 GB come as
// negative numbers.

export function readFloats(kernel: KernelExports, address: number, length: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, address >>> 0, length).slice();
}

export function readIntegers(kernel: KernelExports, address: number, length: number): Uint32Array {
  return new Uint32Array(kernel.memory.buffer, address >>> 0, length).slice();
}

export function readLongs(kernel: KernelExports, address: number, length: number): BigInt64Array {
  return new BigInt64Array(kernel.memory.buffer, address >>> 0, length).slice();
}
