import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { textWidth } from "#src/figures/text-width.js";

/** Advance of a character, in ems, out of a TrueType file: cmap (format 4) gives the glyph, hmtx its advance. */
function advancesOf(name: string): (character: string) => number {
  const font = readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}`));
  const tables = new Map<string, number>();
  for (let entry = 12; entry < 12 + 16 * font.readUInt16BE(4); entry += 16) {
    tables.set(font.toString("latin1", entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const table = (tag: string): number => tables.get(tag) ?? Number.NaN;
  const cmap = table("cmap");
  const encodings = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => cmap + 4 + 8 * index);
  const map =
    encodings.map((entry) => cmap + font.readUInt32BE(entry + 4)).find((at) => font.readUInt16BE(at) === 4) ??
    0;
  const segments = font.readUInt16BE(map + 6);
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    let segment = 0;
    while (font.readUInt16BE(map + 14 + segment) < code) segment += 2;
    const start = font.readUInt16BE(map + 16 + segments + segment);
    const delta = font.readUInt16BE(map + 16 + 2 * segments + segment);
    const rangeAt = map + 16 + 3 * segments + segment;
    const range = font.readUInt16BE(rangeAt);
    const glyph =
      range === 0 ? (code + delta) & 0xffff : font.readUInt16BE(rangeAt + range + 2 * (code - start));
    const widths = font.readUInt16BE(table("hhea") + 34);
    return (
      font.readUInt16BE(table("hmtx") + 4 * Math.min(glyph, widths - 1)) /
      font.readUInt16BE(table("head") + 18)
    );
  };
}

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

test("the table is the font's own", () => {
  const advance = advancesOf("DejaVuSans.ttf");
  for (const character of ascii)
    expect(textWidth(character, 1000)).toBe(Math.round(1000 * advance(character)));
});

test("labels of figures are measured to 15 %, bold ones too", () => {
  const [regular, bold] = [advancesOf("DejaVuSans.ttf"), advancesOf("DejaVuSans-Bold.ttf")];
  const width = (text: string, advance: (character: string) => number) =>
    12 * [...text].reduce((sum, character) => sum + advance(character), 0);
  for (const text of ["fidelity F = ⟨Ψ₋|ρ|Ψ₋⟩", "energy E/ħω", "evolution time ωt", "|Ψ₊⟩", "1000"]) {
    expect(Math.abs(textWidth(text, 12) / width(text, regular) - 1)).toBeLessThan(0.15);
    expect(Math.abs(textWidth(text, 12, true) / width(text, bold) - 1)).toBeLessThan(0.15);
  }
});
