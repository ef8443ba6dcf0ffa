import { type Fault, InputError } from "../base/errors.ts";
import { printable } from "../base/printable.ts";

/** Where a fault is; without a line for what does not come from the file (`--set`). */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Collects faults, so that all are told at once, in the order of the text. */
export class Faults {
  private readonly faults: Fault[] = [];

  add(location: Location, where: string, message: string): void {
    this.faults.push({ ...location, where: oneLine(where), message: oneLine(message) });
  }

  get count(): number {
    return this.faults.length;
  }

  throwIfAny(): void {
    if (this.faults.length > 0) throw new InputError(this.sorted());
  }

  private sorted(): Fault[] {
    const line = (fault: Fault): number => fault.line ?? Number.POSITIVE_INFINITY;
    return [...this.faults].sort(
      (a, b) => compare(line(a), line(b)) || compare(a.column ?? 0, b.column ?? 0),
    );
  }
}

const LONGEST = 400;

/** A fault quotes what was found, which may run over many lines: it stays one line of bounded length. */
function oneLine(text: string): string {
  const flat = printable(text);
  if (flat.length <= LONGEST) return flat;
  return `${flat.slice(0, 0.75 * LONGEST)} ... ${flat.slice(-LONGEST / 4)}`;
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
