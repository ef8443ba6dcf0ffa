import seedrandom from "seedrandom";

/**
 * The four 32-bit words that all random streams of a run are made from.
 *
 * The text goes to the generator as its UTF-8 bytes behind their number. By itself seedrandom keeps only the low byte
 * of each character and repeats a short text cyclically, so that "7" and "77" would give the same numbers.
 * Only `int32` is used: it is exact integer arithmetic and so the same in every engine.
 */
export function seedKey(seed: string): Uint32Array {
  const bytes = new TextEncoder().encode(seed);
  const text = `${bytes.length}:${Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")}`;
  const random = seedrandom(text);
  return Uint32Array.from({ length: 4 }, () => random.int32() >>> 0);
}

/** A seed that nobody chose, as text that can be given again. */
export function drawSeed(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
