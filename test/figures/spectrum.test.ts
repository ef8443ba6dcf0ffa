import { expect, test } from "vitest";
import { type SectorLevels, spectrumFigure } from "#src/figures/levels.js";
import { spectrumSpec } from "#src/figures/spectrum.js";
import { lastPart, legendLabels, rowsOf, sheetOf } from "./spec-parts.ts";

const level = (
  energy: number,
  rate: number,
  kind: SectorLevels["sectors"][number]["levels"][number]["class"],
  multiplicity = 1,
) => ({
  energy,
  rate,
  class: kind,
  multiplicity,
});
const sector = (kets: readonly string[], ...levels: SectorLevels["sectors"][number]["levels"]) => ({
  dimension: kets.length,
  kets,
  levels,
  refused: false,
});
/** Three qubits, one reservoir. */
const three: SectorLevels = {
  model: { title: "three qubits, from |011>" },
  sectors: [
    sector(["011", "101", "110"], level(2, 2, "subradiant", 2), level(2, 8, "superradiant")),
    sector(["001", "010", "100"], level(1, 0, "dark", 2), level(1, 6, "superradiant")),
    sector(["000"], level(0, 0, "stable")),
  ],
};
const marks = (spec: unknown) => rowsOf({ vconcat: [lastPart(spec)] }, "point");

test("each level is one mark at its energy and decay rate", () => {
  const spec = spectrumSpec(spectrumFigure(three));
  expect(marks(spec).map(({ energy, decayRate }) => [energy, decayRate])).toEqual([
    [2, 2],
    [2, 8],
    [1, 0],
    [1, 6],
    [0, 0],
  ]);
});

test("the class is the colour and the sector the shape, and the legend has both", () => {
  const spec = spectrumSpec(spectrumFigure(three));
  const colours = new Map(marks(spec).map(({ kind, colour }) => [kind, colour]));
  const shapes = new Map(marks(spec).map(({ sector: name, shape }) => [name, shape]));
  expect(new Set(colours.values()).size).toBe(4);
  expect(new Set(shapes.values()).size).toBe(3);
  expect(legendLabels(spec)).toEqual([
    "dark",
    "stable",
    "subradiant",
    "superradiant",
    "|011⟩ … |110⟩",
    "|001⟩ … |100⟩",
    "|000⟩",
  ]);
});

test("levels in one place are counted, on the side where there is room", () => {
  const texts = rowsOf({ vconcat: [lastPart(spectrumSpec(spectrumFigure(three)))] }, "text");
  expect(texts.map(({ energy, text, align }) => [energy, text, align])).toEqual([
    [1, "×2", "left"],
    [2, "×2", "right"],
  ]);
  const twice = {
    ...three,
    sectors: [sector(["0"], level(1, 3, "independent")), sector(["1"], level(1, 3, "independent"))],
  };
  expect(
    rowsOf({ vconcat: [lastPart(spectrumSpec(spectrumFigure(twice)))] }, "text").map(({ text }) => text),
  ).toEqual(["×2"]);
});

test("the axes have units and hold all levels with room to spare", () => {
  const { layer = [] } = lastPart(spectrumSpec(spectrumFigure(three)));
  const encoding = layer[1]?.encoding;
  expect([encoding?.x?.title].flat().join(" ")).toBe("energy E (frequency units, ħ = 1)");
  expect([encoding?.y?.title].flat().join(" ")).toBe("decay rate Γ (frequency units)");
  const [low = 9, high = 0] = encoding?.y?.scale?.domain ?? [];
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(8);
});

test("more sectors than shapes are not told apart", () => {
  const many = {
    ...three,
    sectors: Array.from({ length: 9 }, (_, k) => sector([`${k}`], level(k, k, "independent"))),
  };
  const spec = spectrumSpec(spectrumFigure(many));
  expect(legendLabels(spec)).toEqual(["independent"]);
  expect(new Set(marks(spec).map(({ shape }) => shape)).size).toBe(1);
});

test("sectors that were too large are told", () => {
  const [first = sector([])] = three.sectors;
  const refused = { ...first, kets: [], dimension: 2000, levels: [], refused: true };
  const figure = spectrumFigure({ ...three, sectors: [refused, ...three.sectors.slice(1)] });
  expect(figure.subtitle).toContain("1 of 3 sectors were too large");
  expect(figure.sectors[0]).toBe("sector 1 (2000 kets)");
  expect(sheetOf(spectrumSpec(figure)).title?.text).toEqual(["three qubits, from |011⟩"]);
});
