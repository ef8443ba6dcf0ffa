/** Rows of cells as lines of text: the first column to the left, the others to the right, two spaces between. */
export function formatTable(rows: readonly (readonly string[])[], leftColumns = 1): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, lengthOf(cell));
    });
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, column < leftColumns))
      .join("  ")
      .trimEnd();
  return `${rows.map(line).join("\n")}\n`;
}

function pad(cell: string, width: number, left: boolean): string {
  const space = " ".repeat(width - lengthOf(cell));
  return left ? cell + space : space + cell;
}

/** Number of places on a terminal: combining marks take none. */
const lengthOf = (cell: string): number => [...cell.replace(/\p{M}/gu, "")].length;
