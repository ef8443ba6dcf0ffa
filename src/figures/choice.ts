import { InputError } from "../base/errors.ts";
import { didYouMean } from "../model/meant.ts";

/**
 * The names that are asked for, in that order; a list's own name ("n") stands for its members n1, n2, ...
 * All of them if nothing is asked for. Throws InputError, as a fault of `option`, for a name that is not known.
 */
export function chooseNames(
  known: readonly string[],
  asked: readonly string[] | undefined,
  option: string,
): readonly string[] {
  if (asked === undefined) return known;
  const unknown = asked.filter((name) => membersOf(name, known).length === 0);
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((name) => {
        const message = `must name observables or measures of the result (${known.join(", ")}), but ${JSON.stringify(name)} is none${didYouMean(name, known)}`;
        return { file: option, where: "", message };
      }),
    );
  }
  return [...new Set(asked.flatMap((name) => membersOf(name, known)))];
}

const membersOf = (name: string, known: readonly string[]): readonly string[] =>
  known.includes(name) ? [name] : known.filter((one) => stemOf(one, known) === name);

/** "n" of "n2" where n1 and n2 are known too; undefined of a name that only ends in a digit. */
export function stemOf(name: string, known: readonly string[]): string | undefined {
  const stem = /^(.*\D)([1-9]\d*)$/.exec(name)?.[1];
  return stem !== undefined && known.includes(`${stem}1`) && known.includes(`${stem}2`) ? stem : undefined;
}
