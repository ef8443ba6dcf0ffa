/**
 * Where each character of a YAML scalar's text stands in what was written: quotes, escapes, folded lines and the
 * indentation of blocks lie between.
 * @param raw the scalar as written, quotes and block header included
 * @param text what YAML makes of it
 * @returns for each character of text an index into raw; one more for the end
 */
export function placesOf(raw: string, text: string, type: string): readonly number[] {
  if (type === "QUOTE_DOUBLE") return placesOfEscaped(raw, text);
  let from = 0;
  if (type === "QUOTE_SINGLE") from = 1;
  else if (type.startsWith("BLOCK")) from = raw.indexOf("\n") + 1;
  const places: number[] = [];
  let i = from;
  for (const character of text.split("")) {
    i = align(raw, i, character);
    places.push(Math.min(i, raw.length));
    if (type === "QUOTE_SINGLE" && character === "'") i++;
    // Where a line break was folded into a space, the break itself is skipped with the next character.
    if (raw[i] === character) i++;
  }
  places.push(Math.min(i, raw.length));
  return places;
}

const isBlank = (character: string | undefined): boolean =>
  character === " " || character === "\t" || character === "\n" || character === "\r";

/** The next place from i where the character can come from: blanks that folding has dropped are passed over. */
function align(raw: string, i: number, character: string): number {
  if (isBlank(character)) return i;
  let j = i;
  while (j < raw.length && raw[j] !== character && isBlank(raw[j])) j++;
  return j;
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

function placesOfEscaped(raw: string, text: string): readonly number[] {
  const places: number[] = [];
  let i = 1;
  for (let k = 0; k < text.length; k++) {
    const character = text.charAt(k);
    i = align(raw, i, character);
    // A backslash at the end of a line joins the next one: nothing in the text stands for it.
    while (raw[i] === "\\" && isBlank(raw[i + 1]) && raw[i + 1] !== " ") i = align(raw, i + 1, character);
    places.push(Math.min(i, raw.length));
    if (raw[i] === "\\") {
      i += ESCAPE_LENGTH[raw.charAt(i + 1)] ?? 2;
      // \U0001F600 is two characters of the text.
      if (text.charCodeAt(k) >= 0xd800 && text.charCodeAt(k) < 0xdc00 && raw[i - 10] === "\\") {
        k++;
        places.push(i - 1);
      }
    } else if (raw[i] === character || isBlank(raw[i])) i++;
  }
  places.push(Math.min(i, raw.length));
  return places;
}
