// One program lives in one instance, so nothing is ever freed: a bump allocator with cache-line alignment is enough. What it
// gives is never used twice and so is zero as the engine made it; pages that nobody writes to stay out of physical memory.

const ALIGNMENT: usize = 64;

/** Bytes of one complex number. */
export const COMPLEX: usize = 16;

/** The runtime gives less than 1 GB at a time, with a word of its own before it. */
const PIECE: usize = 1 << 29;
const HEADER: usize = 4;

/** What `allocate` has given in all. */
export let allocated: f64 = 0;
/** Memory is being asked for: still so after a trap, which tells why. */
export let asking: bool = false;

/** Zeroed memory for `bytes` bytes, aligned to a cache line; traps where there is none left. */
export function allocate(bytes: usize): usize {
  const wanted = bytes + ALIGNMENT;
  asking = true;
  allocated += <f64>wanted;
  const first = heap.alloc(min(wanted, PIECE - HEADER));
  // Pieces of this size follow each other; what the runtime notes between them is taken out.
  for (let done = PIECE; done < wanted; done += PIECE) {
    if (heap.alloc(min(wanted - done, PIECE - HEADER)) != first + done) unreachable();
    store<u32>(first + done - HEADER, 0);
  }
  asking = false;
  return (first + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

/** Bytes of a state vector; rounded up to four amplitudes because the panel product writes four rows at a time. */
export function vectorBytes(dimension: i32): usize {
  return (<usize>((dimension + 3) & ~3)) << 4;
}

/** Zeroes what a vector holds beyond its dimension: leftovers of a larger space. */
export function clearPadding(x: usize, dimension: i32): void {
  for (let i = dimension; (i & 3) != 0; i++) v128.store(x + (<usize>i << 4), i64x2.splat(0));
}

export function allocateVector(dimension: i32): usize {
  return allocate(vectorBytes(dimension));
}

/** Address of number i of i32[] at `base`. */
@inline
export function i32At(base: usize, i: i32): usize {
  return base + (<usize>i << 2);
}

/** Address of number i of f64[] at `base`. */
@inline
export function f64At(base: usize, i: i32): usize {
  return base + (<usize>i << 3);
}

/** Address of number i of complex[] at `base`. */
@inline
export function complexAt(base: usize, i: i32): usize {
  return base + (<usize>i << 4);
}
