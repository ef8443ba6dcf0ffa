import type { Operator, Site } from "./model.ts";
import { isName } from "./tokens.ts";
import type { Value } from "./values.ts";

/** Names with a meaning of their own; `e` is free. */
export const RESERVED: readonly string[] = ["i", "pi", "ground", "hamiltonian"];

/** What a name of the one common set stands for. */
export type Binding =
  | { readonly kind: "parameter"; readonly value: Value }
  /** A parameter that stands further down. */
  | { readonly kind: "later" }
  | { readonly kind: "site"; readonly site: number }
  | { readonly kind: "array"; readonly sites: readonly number[] }
  /** A site or array whose sites are not known yet (parameters and sizes are evaluated first). */
  | { readonly kind: "unsized" }
  /** Its own fault is reported; whatever uses it says nothing more. */
  | { readonly kind: "broken" };

/** The names of a model file: sites, arrays, members and parameters share one set. */
export class Names {
  private readonly bindings = new Map<string, Binding>();
  /** In tensor order; undefined until they are known, null where their section has a fault. */
  sites: readonly Site[] | null | undefined;
  /** Whether parameters or sites may be missing because their whole section could not be read. */
  incomplete = false;
  /** undefined until it is known, null where it has a fault. */
  hamiltonian: Operator | null | undefined;

  get(name: string): Binding | undefined {
    return this.bindings.get(name);
  }

  set(name: string, binding: Binding): void {
    this.bindings.set(name, binding);
  }

  known(): Iterable<string> {
    return this.bindings.keys();
  }

  /** No site is known for sure: whatever uses one says nothing more. */
  breakSites(): void {
    this.sites = null;
    for (const [name, { kind }] of this.bindings) {
      if (kind === "site" || kind === "array") this.bindings.set(name, { kind: "broken" });
    }
  }

  /** Whether an unknown name may belong to what could not be read: q2 to a broken q. */
  mayBeBroken(name: string): boolean {
    if (this.incomplete) return true;
    const array = /^(.*?)[0-9]+$/u.exec(name)?.[1];
    const kind = array === undefined ? undefined : this.bindings.get(array)?.kind;
    return kind === "broken" || (kind === "unsized" && this.sites === null);
  }
}

/** Why a text cannot be the name of a parameter, a site or a sum's counter; undefined where it can. */
export function nameFault(name: string): string | undefined {
  if (!isName(name)) return `must be a name (letters, digits and _, not a digit first), but is "${name}"`;
  if (RESERVED.includes(name))
    return `must not be one of the reserved names ${RESERVED.join(", ")}, but is "${name}"`;
  return name === "__proto__" ? 'must not be "__proto__", but is' : undefined;
}
