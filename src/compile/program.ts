/**
 * The flat program: what the compiler makes of a model and all that the kernel is told. Below this line a basis
 * state is an index. Complex arrays are interleaved: re, im, re, im, ...
 *
 * A *space* is the support of a trajectory between two jumps: a set of sectors (connected components of the
 * pattern of H_eff among reached kets) with the phases between them kept. A jump leads from one space into one
 * other. Most models have one sector a space; a model that conserves nothing is one space with one sector.
 */
export interface Program {
  readonly spaces: readonly Space[];
  /** Mixture components: weight > 0, adding up to 1. */
  readonly initial: readonly InitialState[];
  /** Output times, strictly ascending, >= 0. */
  readonly times: Float64Array;
  /** What is averaged, in order; each space has one form for each of these. */
  readonly moments: readonly Moment[];
  /** Names of all channels with a rate > 0 that can ever act; jumps refer to them by index. */
  readonly channels: readonly string[];
  /** Names of the observables, and where their moments are. */
  readonly layout: MomentLayout;
  /** Remarks for the user: a mode filled to its cut-off, phases lost to rounding, ... */
  readonly notes: readonly string[];
}

/** A real mean <O>, O Hermitian, and bounds on the values it can take on reached states. */
export interface Moment {
  readonly lower: number;
  readonly upper: number;
}

/** Which moments make up what the user asked for. */
export interface MomentLayout {
  readonly observables: readonly { readonly name: string; readonly re: number; readonly im: number | null }[];
  /** Reduced density matrices that measures need, and the whole one if asked for. */
  readonly densities: readonly DensityLayout[];
  /** Populations of the highest levels of modes, as far as those are reached. */
  readonly cutOffs: readonly { readonly site: number; readonly moment: number }[];
}

export interface DensityLayout {
  /** Names of the measures computed from it; empty for the `density` of the model. */
  readonly measures: readonly string[];
  /** Site indices that are kept, in tensor order; null for the whole system in the basis of reached kets. */
  readonly sites: readonly number[] | null;
  /** Printed kets of the basis, in order. */
  readonly basis: readonly string[];
  /**
   * Moments of the upper triangle row by row: for a = b one moment (rho_aa), for a < b two (Re rho_ab, Im rho_ab),
   * or -1 for an element that is identically zero by the structure of the sectors.
   */
  readonly moments: Int32Array;
}

export interface InitialState {
  readonly weight: number;
  readonly space: number;
  /** Normalised amplitudes, 2 * dimension. */
  readonly amplitudes: Float64Array;
}

export interface Space {
  readonly dimension: number;
  /** Sector s holds the states sectorStart[s] .. sectorStart[s + 1] - 1. */
  readonly sectorStart: Uint32Array;
  /** Global number of each sector, for reports. */
  readonly sectorId: Uint32Array;
  /**
   * Frame: the real energy taken out of H in each sector, relative to the first one's (so energies[0] = 0 and a
   * space with one sector has no phases). psi_i(t) = exp(-i energies[s(i)] t) phi_i(t), phi' = A phi.
   */
  readonly energies: Float64Array;
  readonly generator: Generator;
  readonly jumps: readonly Jump[];
  /** sum ||J e_i||^2 over the diagonal jumps, for each state i; of length 0 where there are none. */
  readonly diagonalRates: Float64Array;
  /** One for each of Program.moments. */
  readonly forms: readonly HermitianForm[];
}

/**
 * A = -i (H - E) - (1/2) sum_c J_c^+ J_c, J_c = sqrt(rate_c) L_c, split into an explicit sparse matrix and the jumps
 * that are applied as J^+ (J psi) because the product would have more elements than its factors.
 */
export interface Generator {
  readonly matrix: Matrix;
  /** Indices into Space.jumps. */
  readonly factored: Uint32Array;
  /** "decay": A is Hermitian. "unitary": A + g/2 is anti-Hermitian for one real g. Otherwise "general". */
  readonly structure: GeneratorStructure;
  /** g of "unitary"; 0 otherwise. */
  readonly commonRate: number;
  /** An upper bound of ||A||_2 (max of row and column sums is enough). */
  readonly norm: number;
  /** An upper bound of ||sum_c J_c^+ J_c||_2: the largest total jump rate. */
  readonly rateBound: number;
  /** A lower bound of the total jump rate. */
  readonly lowestRate: number;
  /** Bounds of the eigenvalues of H - E. */
  readonly lowestEnergy: number;
  readonly highestEnergy: number;
}
export type GeneratorStructure = "decay" | "unitary" | "general";

/** Psi -> J psi in another space (or the same). Rows: states of the target. */
export interface Jump {
  readonly channel: number;
  readonly target: number;
  readonly matrix: Matrix;
  /** J^+ J is diagonal. The first jump of a space is never said to be: what comes after it may be known without a state. */
  readonly diagonal: boolean;
}

export type Matrix = SparseMatrix | BlockMatrix;

/** Compressed sparse rows; columns ascending in a row. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** rows + 1 */
  readonly rowStart: Uint32Array;
  readonly column: Uint32Array;
  /** 2 * number of elements */
  readonly values: Float64Array;
}

/**
 * A matrix between states in stretches (runs of kets that agree in the first half of the sites): stretch r of the image is
 *   sum_k factor_k B_k (stretch source_k of the argument), k = partStart[r] .. partStart[r + 1] - 1,
 * plus the diagonal; B_k is the identity or one of a few blocks that many parts share. What acts on the first sites couples
 * whole stretches, what acts on the last ones is the same block in all of them.
 */
export interface BlockMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Stretch r of the rows: rowStretch[r] .. rowStretch[r + 1] - 1; and of the columns. */
  readonly rowStretch: Uint32Array;
  readonly columnStretch: Uint32Array;
  readonly partStart: Uint32Array;
  readonly source: Uint32Array;
  /** 0: the identity; b > 0: blocks[b - 1]. Identities come first in a stretch. */
  readonly block: Uint32Array;
  /** 2 * number of parts */
  readonly factor: Float64Array;
  readonly blocks: readonly SparseMatrix[];
  /** 2 * rows; of length 0 when all zero. */
  readonly diagonal: Float64Array;
}

/**
 * v = sum_i diagonal_i |psi_i|^2 + 2 Re sum_{i<j} conj(psi_i) O_ij psi_j + sum_r weight_r |<phi_r|psi>|^2
 */
export interface HermitianForm {
  /** Length 0 when all zero. */
  readonly diagonal: Float64Array;
  /** Strictly upper triangle, sorted by row, then column. */
  readonly upperRow: Uint32Array;
  readonly upperColumn: Uint32Array;
  readonly upperValues: Float64Array;
  readonly projectors: readonly Projector[];
}

export interface Projector {
  readonly weight: number;
  readonly index: Uint32Array;
  readonly values: Float64Array;
}
