import { expect, test } from "vitest";
import { curvesSpec } from "#src/figures/curves.js";
import { densityFigure } from "#src/figures/density.js";
import type { AnyFigure } from "#src/figures/figure.js";
import { rasterFigure } from "#src/figures/jumps.js";
import { spectrumFigure } from "#src/figures/levels.js";
import { renderSvg, svgToPng } from "#src/figures/render.js";
import { seriesFigure } from "#src/figures/series.js";
import { specOf } from "#src/figures/spec.js";
import { systemsFigure } from "#src/figures/systems.js";
import { routes } from "./sample.ts";

const systems = ["|10⟩", "|Ψ₊⟩"].map((label) => ({ label, ...routes(["energy", "dark"]) }));
const figure = systemsFigure(
  "Fig. 0",
  systems,
  [
    { observable: "energy", yTitle: "energy E/ħω" },
    { observable: "dark", yTitle: "fidelity F" },
  ],
  "evolution time ωt",
);

test("the SVG says everything that the figure has to say", async () => {
  const svg = await renderSvg(curvesSpec(figure));
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]);
  for (const text of [
    "Fig. 0",
    "(a)",
    "(b)",
    "|10⟩",
    "|Ψ₊⟩",
    "energy E/ħω",
    "fidelity F",
    "evolution time ωt",
  ]) {
    expect(texts).toContain(text);
  }
  expect(texts.join()).toContain("12\u00a0345 trajectories");
});

test("the same figure gives the same bytes", async () => {
  const spec = curvesSpec(seriesFigure([{ label: "", ...routes(["energy", "n1", "n2"]) }]));
  expect(await renderSvg(spec)).toBe(await renderSvg(structuredClone(spec)));
});

test("the PNG has three times the size, and its text is drawn, Greek and brackets included", () => {
  const draw = (text: string) =>
    Buffer.from(
      svgToPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><text y="20" font-family="DejaVu Sans, serif">${text}</text></svg>`,
      ),
    );
  const [blank, unknown] = [draw(""), draw("\ue000")];
  expect(blank.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(blank.readUInt32BE(16)).toBe(300);
  for (const text of ["a", "Ψ", "⟩", "ħ", "₋"]) {
    const drawn = draw(text);
    expect(drawn.equals(blank)).toBe(false);
    expect(drawn.equals(unknown)).toBe(false);
  }
});

test("every kind of figure is drawn, within a column or a page of a journal", async () => {
  const column = 345;
  const page = 675;
  const widthOf = async (picture: AnyFigure) =>
    Number(/width="([\d.]+)"/.exec(await renderSvg(specOf(picture)))?.[1]);
  const { run, exact } = routes(["n"]);
  const jumps = { trajectory: [0, 1], time: [1, 2], channel: ["a", "b"] };
  const density = { basis: ["0", "1"], times: [0], re: [identity], im: [zero] };
  const level = { energy: 1, rate: 2, class: "dark" as const, multiplicity: 2 };
  const sectors = [{ dimension: 2, kets: ["0", "1"], levels: [level], refused: false }];
  const narrow: AnyFigure[] = [
    seriesFigure([{ label: "", run, exact }]),
    rasterFigure(jumps, ["a", "b"], 5),
    densityFigure([{ label: "", exact: { ...exact, density } }]),
    spectrumFigure({ model: run.model, sectors }),
  ];
  for (const picture of narrow) expect(await widthOf(picture)).toBeLessThan(column);
  const width = await widthOf(figure);
  expect(width).toBeGreaterThan(column);
  expect(width).toBeLessThan(page);
});
const identity = [
  [1, 0],
  [0, 1],
];
const zero = [
  [0, 0],
  [0, 0],
];
