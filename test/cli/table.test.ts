import { expect, test } from "vitest";
import { formatTable } from "#src/cli/table.js";

test("names to the left, numbers to the right, nothing at the end of a line", () => {
  const rows = [
    ["system", "energy", "verdict"],
    ["|Ψ₋⟩", "1 ± 0", "agree"],
    ["|10⟩, long", "0.5 ± 0.1", "no"],
  ];
  expect(formatTable(rows)).toBe(
    [
      "system         energy  verdict",
      "|Ψ₋⟩            1 ± 0    agree",
      "|10⟩, long  0.5 ± 0.1       no",
      "",
    ].join("\n"),
  );
  expect(formatTable([["a", ""], ["b"]], 2)).toBe("a\nb\n");
});
