/** Control characters, and those that cannot be seen or that turn the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with each character that cannot be seen written as an escape: a terminal obeys some of them. */
export const printable = (text: string): string =>
  text.replace(
    UNPRINTABLE,
    (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

export const isPrintable = (text: string): boolean => printable(text) === text;
