import { nearest } from "../base/nearest.ts";

/** What QuTiP and others call the same things. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    destroy: "a",
    create: "ad",
    num: "n",
    sigmax: "sx",
    sigmay: "sy",
    sigmaz: "sz",
    sigmam: "sm",
    sigmap: "sp",
    qeye: "id",
    identity: "id",
    basis: "ket",
    fock: "ket",
    dagger: "dag",
    ket2dm: "projector",
    spin_Jm: "jm",
    spin_Jp: "jp",
    spin_Jz: "jz",
    projection: "transition",
    negativity: "logNegativity",
    entropy_vn: "entropy",
    ntraj: "trajectories",
    seeds: "seed",
    tlist: "times",
    H: "hamiltonian",
    c_ops: "channels",
    e_ops: "observables",
    psi0: "initial",
    rho0: "initial",
  }),
);

/** What is written in another way here, or not at all. */
const HINTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    t: "nothing may depend on time",
    time: "nothing may depend on time",
    tensor: "an operator names its site, so a product is enough: sx(q1)*sz(q2)",
    kron: "an operator names its site, so a product is enough: sx(q1)*sz(q2)",
    coherent: "a coherent state is sum(k, 0, K, alpha^k/factorial(k)*ad(c)^k)*ground",
    thermal_dm: "a mixture is a list of { weight, state }",
    fidelity: "with a pure state it is the observable projector(state)",
  }),
);

/** The known name that was probably meant: what other programs call it, else the nearest one. */
export function meantBy(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const synonym = SYNONYMS.get(name);
  return synonym !== undefined && names.includes(synonym) ? synonym : nearest(name, names);
}

/** "; did you mean kappa?", how else it is written, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const guess = meantBy(name, known);
  if (guess !== undefined) return `; did you mean ${guess}?`;
  const hint = HINTS.get(name);
  return hint === undefined ? "" : `; ${hint}`;
}
