import seedrandom from "seedrandom";

/** A seeded source of uniform numbers in [0, 1) for tests. */
export const uniform = (seed: string): (() => number) => seedrandom(seed);
