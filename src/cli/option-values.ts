import type { Fault } from "../base/errors.ts";
import type { Setting } from "../model/file.ts";

/**
 * Reads the values of options from their text. What is absent stays undefined, and so does what is wrong, which `faults`
 * receives, so that all can be told at once.
 */
export class OptionValues {
  readonly #faults: Fault[];

  constructor(faults: Fault[]) {
    this.#faults = faults;
  }

  /** @param must what the text must be; `parse` gives undefined where it is not */
  read<T>(
    option: string,
    text: string | undefined,
    must: string,
    parse: (text: string) => T | undefined,
  ): T | undefined {
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined)
      this.refuse(option, `must be ${must}, but is ${JSON.stringify(text)}`);
    return value;
  }

  whole(option: string, text: string | undefined, least: number, most: number): number | undefined {
    return this.read(option, text, `a whole number from ${least} to ${most}`, (written) => {
      const value = /^\s*\d+(\.\d+)?(e\+?\d+)?\s*$/i.test(written) ? Number(written) : Number.NaN;
      return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
    });
  }

  /** A number above 0 and below `end`. */
  below(end: number, option: string, text: string | undefined, must: string): number | undefined {
    return this.read(option, text, must, (written) => {
      const value = Number(written);
      return value > 0 && value < end ? value : undefined;
    });
  }

  oneOf<T extends string>(option: string, text: string | undefined, choices: readonly T[]): T | undefined {
    return this.read(option, text, choices.join(" or "), (written) =>
      choices.find((name) => name === written),
    );
  }

  refuse(option: string, message: string): void {
    this.#faults.push({ file: option, where: "", message });
  }
}

/** "energy, n1" as names. */
export const namesIn = (text: string | undefined): string[] | undefined =>
  text?.split(",").map((name) => name.trim());

/** "name = value" at its first equals sign; undefined without a name. */
export function nameAndValue(text: string): Setting | undefined {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(0, equals)).trim();
  return name === "" ? undefined : { name, value: text.slice(equals + 1).trim() };
}
