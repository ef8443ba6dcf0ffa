import { expect, test } from "vitest";
import { densityFigure, MOST_KETS } from "#src/figures/density.js";
import { matrixSpec } from "#src/figures/matrix.js";
import type { Density, Result } from "#src/results/result.js";
import { routes } from "./sample.ts";
import { lastPart, rowsOf, sheetOf, type View, viewsOf } from "./spec-parts.ts";

const { run, exact } = routes(["n"]);
/** rho = [[0.8, 0.2 i], [-0.2 i, 0.2]] at t = 0, and its diagonal at t = 4. */
const density: Density = {
  basis: ["01", "10"],
  times: [0, 4],
  re: [
    [
      [0.8, 0],
      [0, 0.2],
    ],
    [
      [0.8, 0],
      [0, 0.2],
    ],
  ],
  im: [
    [
      [0, 0.2],
      [-0.2, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ],
};
const system = (...results: Result[]) => ({
  label: "",
  ...Object.fromEntries(results.map((result) => [result.kind, { ...result, density }])),
});
/** The discs of panel `index`, below the legend. */
function discsOf(spec: unknown, index = 0) {
  const layers: readonly View[] = lastPart(spec).concat?.[index]?.layer ?? [];
  return layers.find(({ mark }) => mark?.type === "point")?.data?.values ?? [];
}

test("the last stored time, all of them, or the nearest to given ones", () => {
  const titles = (times: Parameters<typeof densityFigure>[1]) =>
    densityFigure([system(exact)], times).panels.map(({ title }) => title);
  expect(titles({})).toEqual(["t = 4"]);
  expect(titles({ times: "all" })).toEqual(["t = 0", "t = 4"]);
  expect(titles({ times: [0.3] })).toEqual(["t = 0"]);
});

test("both routes stand side by side and are told apart", () => {
  const figure = densityFigure([system(run, exact)]);
  expect(figure.panels.map(({ title }) => title)).toEqual(["t = 4, trajectories", "t = 4, master equation"]);
  expect(figure.columns).toBe(2);
  expect(figure.subtitle).toContain("12\u00a0345 trajectories, master equation");
});

test("area is the modulus; the hand and the colour are the phase; zeros are left out", () => {
  const discs = discsOf(matrixSpec(densityFigure([system(exact)], { times: [0] })));
  expect(discs).toHaveLength(4);
  const [first, offDiagonal, conjugate, last] = discs;
  expect(Number(first?.size) / Number(last?.size)).toBeCloseTo(4, 10);
  expect(offDiagonal).toMatchObject({ x: 1.5, y: 0.5 });
  expect(offDiagonal?.phase).toBeCloseTo(Math.PI / 2, 12);
  expect(conjugate?.phase).toBeCloseTo(-Math.PI / 2, 12);
  // Up on the page is towards smaller y.
  expect(offDiagonal?.endX).toBeCloseTo(1.5, 12);
  expect(Number(offDiagonal?.endY)).toBeLessThan(0.5);
  expect(Number(conjugate?.endY)).toBeGreaterThan(1.5);
  const diagonal = discsOf(matrixSpec(densityFigure([system(exact)])));
  expect(diagonal.map(({ x, y }) => [x, y])).toEqual([
    [0.5, 0.5],
    [1.5, 1.5],
  ]);
});

test("no disc is larger than its cell", () => {
  const spec = matrixSpec(densityFigure([system(exact)]));
  const side = lastPart(spec).concat?.[0]?.width ?? 0;
  for (const { size } of discsOf(spec)) expect(Math.sqrt(Number(size))).toBeLessThan(side / 2);
});

test("rows are kets and columns are bras of the basis", () => {
  const points = viewsOf(matrixSpec(densityFigure([system(exact)]))).filter(
    ({ encoding }) => encoding?.y?.axis?.labelExpr !== undefined,
  );
  expect(points[0]?.encoding?.y?.axis?.labelExpr).toBe('["|01⟩","|10⟩"][floor(datum.value)]');
  expect(points[0]?.encoding?.x?.axis?.labelExpr).toBe('["⟨01|","⟨10|"][floor(datum.value)]');
  expect(points[0]?.encoding?.y?.scale?.domain).toEqual([2, 0]);
  expect(points[0]?.encoding?.x?.axis?.values).toEqual([0.5, 1.5]);
});

test("of a large basis the most populated kets are shown, and it is said", () => {
  const count = MOST_KETS + 6;
  const indices = Array.from({ length: count }, (_, index) => index);
  // Populations grow with the index, but for ket 0, which has the most.
  const re = [indices.map((row) => indices.map((column) => (row === column ? row || count : 0)))];
  const zero = [indices.map(() => indices.map(() => 0))];
  const large: Density = { basis: indices.map((index) => `k${index}`), times: [1], re, im: zero };
  const figure = densityFigure([{ label: "", exact: { ...exact, density: large } }]);
  expect(figure.basis).toHaveLength(MOST_KETS);
  expect(figure.basis.slice(0, 2)).toEqual(["k0", `k${count - MOST_KETS + 1}`]);
  expect(figure.panels[0]?.re[0]?.[0]).toBe(count);
  expect(figure.subtitle).toContain(`the ${MOST_KETS} most populated of ${count} kets`);
});

test("a result without a density matrix, and two bases, are refused", () => {
  expect(() => densityFigure([{ label: "", exact }])).toThrow(
    '--density: must be given results with a density matrix, but the exact of "a made-up model" has none',
  );
  const other = { ...exact, density: { ...density, basis: ["a", "b"] } };
  expect(() => densityFigure([system(run), { label: "", exact: other }])).toThrow("in the same basis");
});

test("the legend has sizes in round numbers, none larger than what is drawn", () => {
  const spec = matrixSpec(densityFigure([system(exact)]));
  const legend = sheetOf(spec).vconcat[0];
  const texts = rowsOf({ vconcat: [legend] }, "text").map(({ text }) => text);
  expect(texts).toEqual(["1", "i", "−1", "−i", "0.8", "0.4", "0.08"]);
  const discs = rowsOf({ vconcat: [legend] }, "point").map(({ size }) => Number(size));
  expect(discs[4]).toBeCloseTo(Number(discsOf(spec)[0]?.size), 10);
  expect((discs[5] ?? 0) / (discs[4] ?? 1)).toBeCloseTo(0.5, 12);
});
