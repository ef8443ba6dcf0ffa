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

/** The known name that was probably meant: what other programs call it, else the nearest one. */
export function meantBy(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const synonym = SYNONYMS.get(name);
  return synonym !== undefined && names.includes(synonym) ? synonym : nearest(name, names);
}

/** "; did you mean kappa?" or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const guess = meantBy(name, known);
  return guess === undefined ? "" : `; did you mean ${guess}?`;
}
