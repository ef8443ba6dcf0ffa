import { textWidth } from "./text-width.ts";

/** Text broken at spaces into as few lines of `width` pixels at most as can be, of about equal lengths. */
export function wrapText(text: string, width: number, fontSize: number, bold = false): string[] {
  const lines = breakText(text, width, fontSize, bold);
  let even = lines;
  for (let narrower = width * 0.95; narrower > width / 2; narrower *= 0.95) {
    const tried = breakText(text, narrower, fontSize, bold);
    if (tried.length > lines.length) break;
    even = tried;
  }
  return even;
}

/** Line by line; a word that is longer than a line has one of its own, and "Fig. 3" is one word. */
function breakText(text: string, width: number, fontSize: number, bold: boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<!\bFigs?\.) /)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, fontSize, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const GREEK =
  "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω";
const LETTERS = new Map(
  GREEK.split(" ").flatMap((word, index, all) => (index % 2 === 0 ? [[word, all[index + 1] ?? word]] : [])),
);
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** The name of a parameter as it is printed: kappa -> κ, gamma1 -> γ₁, others as they stand. */
export function printedName(name: string): string {
  const [, stem = name, digits = ""] = /^([A-Za-z]+?)_?(\d*)$/.exec(name) ?? [];
  const letter = LETTERS.get(stem);
  if (letter === undefined) return name;
  return letter + [...digits].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}

/** "|10>" -> "|10⟩", "Psi-" -> "|Ψ₋⟩" as titles of model files write them on a keyboard. */
export const printedKets = (text: string): string =>
  text
    .replace(/\|([^|<>⟩\s]+)>/g, "|$1⟩")
    .replace(/\b(Psi|Phi)([-+])(?!\w)/g, (_, name: string, sign: string) => {
      return `|${printedName(name)}${sign === "+" ? "₊" : "₋"}⟩`;
    });

/** "the first 12 of 20 panels" where not all are shown. */
export const firstOf = (shown: readonly unknown[], all: readonly unknown[], what: string): string[] =>
  shown.length < all.length ? [`the first ${shown.length} of ${all.length} ${what}`] : [];

/** 10000 -> "10 000", with a space that does not break. */
export const groupedDigits = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

/** Six digits at most, with a true minus sign. */
export const printedNumber = (value: number): string =>
  String(Number(value.toPrecision(6))).replace("-", "−");
