/**
 * Widths of DejaVu Sans' printable ASCII characters (U+0020 to U+007E) in thousandths of the font size, from the
 * font's own table. Without a canvas Vega takes every letter for 0.8 wide, which leaves wide gaps and false margins.
 */
// biome-ignore format: a table
const ASCII = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748,
  787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615,
  352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337,
  636, 838,
];
/** Greek letters, subscripts, brackets and other signs lie between 0.39 and 0.84. */
const OTHER = 640;
/** Bold letters are 1.0 to 1.26 times as wide. */
const BOLD = 1.12;

/** Width of one line of text in pixels; `fontSize` in pixels. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let thousandths = 0;
  for (const letter of text) thousandths += ASCII[(letter.codePointAt(0) ?? 0) - 0x20] ?? OTHER;
  return (thousandths / 1000) * fontSize * (bold ? BOLD : 1);
}
