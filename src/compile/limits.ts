/**
 * Committed limits: a model beyond them is refused with its size. They bound memory, not time, and are part of what
 * "same model, same result" rests on, so they never depend on the machine.
 */

/** Basis kets that may be reached. 2^22 kets of up to 32 qubits take 64 MB with their index. */
export const MAX_KETS = 4_194_304;
/**
 * Basis kets of one space. Its trajectories hold up to 70 vectors of 16 bytes a ket (the terms of Chebyshev's expansion), here
 * 2.3 GB of the 4 GB that a kernel can address.
 */
export const MAX_DIMENSION = 2_097_152;
/**
 * What is kept of all jumps and generators together: non-zero elements or, of matrices in parts, parts, elements of blocks and
 * diagonals; 20 bytes each, so 670 MB.
 */
export const MAX_ELEMENTS = 33_554_432;
/** Above this many spaces, supports are merged into unions. */
export const MAX_SPACES = 1024;
/** Basis kets of a density matrix. */
export const MAX_DENSITY_BASIS = 4096;
/** Moments: each has a form of a few hundred bytes in every space where it does not vanish. */
export const MAX_MOMENTS = 131_072;
/** Moments x output times: sums in 32 replicates make 0.75 GB a worker, and 3 GB in all with two. */
export const MAX_MOMENT_TIMES = 1_048_576;
/** Amplitudes of all components of the initial mixture, each in its whole space: 268 MB, and as much a worker. */
export const MAX_AMPLITUDES = 16_777_216;
/** Components x moments x output times, of the evolution without a jump: 268 MB a worker. */
export const MAX_COMPONENT_AVERAGES = 16_777_216;
/** Multiplications that finding the exact pattern of sum_c rate_c L_c^+ L_c may cost: about a second. */
export const MAX_PATTERN_PRODUCTS = 134_217_728;
/** Elements of the channels that may be held while doing so: 28 bytes each. */
export const MAX_PATTERN_ELEMENTS = 8_388_608;
/** Up to this dimension every channel goes into the explicit matrix of a generator. */
export const MAX_EXPLICIT_DIMENSION = 96;

/** A sum is zero when it is below this fraction of its parts, an element when below this of the largest. */
export const NEGLIGIBLE = 1e-14;
