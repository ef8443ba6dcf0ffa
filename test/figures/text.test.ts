import { expect, test } from "vitest";
import { groupedDigits, printedKets, printedName, printedNumber, wrapText } from "#src/figures/text.js";
import { textWidth } from "#src/figures/text-width.js";

test("text is broken into as few lines as fit, of about equal lengths, and nothing is lost", () => {
  const text = "one two three four five six seven eight nine ten eleven";
  const lines = wrapText(text, 200, 10);
  const widths = lines.map((line) => textWidth(line, 10));
  expect(lines.join(" ")).toBe(text);
  expect(lines).toHaveLength(Math.ceil(textWidth(text, 10) / 200));
  expect(Math.max(...widths)).toBeLessThanOrEqual(200);
  expect(Math.min(...widths)).toBeGreaterThan(100);
  expect(wrapText("a-word-that-is-longer-than-a-line b", 20, 10)).toEqual([
    "a-word-that-is-longer-than-a-line",
    "b",
  ]);
});

test("a figure's number stays with its word", () => {
  expect(wrapText("the clockwork of Fig. 3e", textWidth("the clockwork of Fig.", 10) + 1, 10)).toEqual([
    "the clockwork",
    "of Fig. 3e",
  ]);
});

test("names of parameters and kets are printed as the field writes them", () => {
  expect(["kappa", "gamma1", "Omega_2", "N", "rate", "phi"].map(printedName)).toEqual([
    "κ",
    "γ₁",
    "Ω₂",
    "N",
    "rate",
    "φ",
  ]);
  expect(printedKets("two qubits, from |10>")).toBe("two qubits, from |10⟩");
  expect(printedKets("from Psi- and Psi+")).toBe("from |Ψ₋⟩ and |Ψ₊⟩");
  expect(printedKets("a > b | c")).toBe("a > b | c");
});

test("numbers", () => {
  expect([1, 999, 1000, 1234567].map(groupedDigits)).toEqual([
    "1",
    "999",
    "1\u00a0000",
    "1\u00a0234\u00a0567",
  ]);
  expect([0.1 + 0.2, -2, 1e-7].map(printedNumber)).toEqual(["0.3", "−2", "1e−7"]);
});
