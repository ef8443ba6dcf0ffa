/** What a model file may ask for; whatever is beyond is refused with its number before any work is done. */
export const LIMITS = {
  /** Bytes of text. */
  bytes: 65_536,
  /** Nesting of brackets, signs and powers in an expression. */
  depth: 200,
  /** Terms of an operator, steps of a sum, entries of a list. */
  terms: 10_000,
  /** Terms of the exchange through a waveguide: two for each pair of emitters, 300 of them. */
  exchange: 90_000,
  /** Operators of a decay matrix; the time to diagonalise it grows with the cube. */
  matrix: 100,
  /** Product kets of a state: a product of 16 superposed qubits has 65536. */
  kets: 100_000,
  /** Sites, counted after expansion of arrays. */
  sites: 10_000,
  /** Levels of one site, and of all sites together. */
  levels: 10_000,
  allLevels: 200_000,
  /** Output times. */
  times: 1_000_000,
  /**
   * Elements of operators, rates (also times |L|^2) and times: their fourth powers, which errors of errors
   * are made of, stay below overflow.
   */
  largest: 1e60,
  /** The largest element of an observable that is not 0: its variance must not underflow. */
  smallest: 1e-60,
  /** Elementary steps (a number, a term, a matrix element each) for all expressions of a file: some seconds. */
  steps: 4_000_000,
} as const;
