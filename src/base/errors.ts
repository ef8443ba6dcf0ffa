import { printable } from "./printable.ts";

/** One fault in what the user gave: where it is, what must hold, and what was found. */
export interface Fault {
  /** File name, or "--set", "--seed" and so on for a fault in an option. */
  readonly file: string;
  /** 1-based; absent where there is no text to point at. */
  readonly line?: number;
  readonly column?: number;
  /** The place by name, for example "channels.common.rate". */
  readonly where: string;
  /** "must ..., but ..." with the nearest known name where there is one. */
  readonly message: string;
}

/** FILE:LINE:COLUMN: where: message */
export function formatFault(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}:${fault.column ?? 1}`;
  return printable(`${place}: ${fault.where === "" ? "" : `${fault.where}: `}${fault.message}`);
}

/** Bad input. Carries every fault found, in the order of the text. Commands turn it into exit code 2. */
export class InputError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.name = "InputError";
    this.faults = faults;
  }
}

/** The one fault of an option, or of a whole file. */
export const faultOf = (file: string, message: string): InputError =>
  new InputError([{ file, where: "", message }]);

/** The numerics refuse: a tolerance cannot be kept. Carries where it happened; commands print it without a stack. */
export class NumericsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NumericsError";
  }
}

/** Refused before any work is done: what a part of the model asks for does not fit. */
export class SizeError extends NumericsError {
  /** The part of the model, for example "measures.S". */
  readonly where: string;
  /** "must ..., but ...", with the limit and the size. */
  readonly reason: string;
  constructor(where: string, reason: string) {
    super(`${where}: ${reason}`);
    this.name = "SizeError";
    this.where = where;
    this.reason = reason;
  }
}
