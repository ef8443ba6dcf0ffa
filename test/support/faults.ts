import { type Fault, InputError } from "#src/base/errors.js";

/** What a call throws at the user; null where it throws nothing. */
function inputErrorOf(make: () => unknown): InputError | null {
  try {
    make();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return null;
}

/** The faults that a call throws; none where it throws nothing. */
export const faultsIn = (make: () => unknown): readonly Fault[] => inputErrorOf(make)?.faults ?? [];

/** "where: message" of each. */
export const messagesIn = (make: () => unknown): string[] =>
  faultsIn(make).map(({ where, message }) => `${where}: ${message}`);

/** As they are printed, line by line, with their places. */
export const printedIn = (make: () => unknown): string[] => inputErrorOf(make)?.message.split("\n") ?? [];
