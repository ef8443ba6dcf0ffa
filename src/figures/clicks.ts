import type { Model } from "../model/model.ts";
import {
  CLICK_QUANTITIES,
  type ClickBin,
  type ClickQuantity,
  happens,
  numbersThatOccur,
} from "../results/clicks.ts";
import type { Curve, Figure, Line, Panel, Points } from "./figure.ts";
import { letterOf } from "./series.ts";
import { firstOf, groupedDigits, printedKets } from "./text.ts";
import { COLOURS } from "./theme.ts";
import { PLAIN_TIME, type TimeAxis } from "./time.ts";

/** What a figure needs of the file that `mcwf clicks` writes. */
export interface ClickTable {
  readonly model: Pick<Model, "title" | "parameters">;
  readonly trajectories: number;
  readonly end: number;
  readonly detectors: readonly ({ readonly name: string } & Readonly<
    Record<ClickQuantity, readonly ClickBin[]>
  >)[];
}

export interface ClickFigureOptions {
  readonly title?: string | undefined;
  /** Default all. */
  readonly quantities?: readonly ClickQuantity[];
  readonly time?: TimeAxis;
  readonly columns?: number | undefined;
}

/**
 * Photon statistics: a panel a quantity, a series a detector. Points with error bars are the clicks of trajectories, at
 * the middle of each bin; steps, and for numbers of clicks dots, are the master equation's.
 */
export function clicksFigure(table: ClickTable, options: ClickFigureOptions = {}): Figure {
  const { model, trajectories } = table;
  const { title = model.title, quantities = CLICK_QUANTITIES, time = PLAIN_TIME, columns } = options;
  const scale = time.scaleOf(model);
  const all = table.detectors.slice(0, COLOURS.length);
  const detectors = all.map(telling);
  const numbers = numbersOf({ detectors, trajectories });
  const shown = quantities.filter((quantity) => detectors.some((one) => happens(one[quantity])));
  const exact = shown.some((quantity) =>
    detectors.some((one) => one[quantity].some((bin) => bin.exact !== null)),
  );
  return {
    kind: "curves",
    title: printedKets(title),
    subtitle: [
      `points: ${groupedDigits(trajectories)} trajectories ± standard error`,
      ...(exact ? ["lines: master equation"] : []),
      ...(shown.includes("g2") && all.some(({ g2 }) => !g2.every(tells))
        ? ["g⁽²⁾ where ten pairs and more are expected"]
        : []),
      ...firstOf(detectors, table.detectors, "detectors"),
    ].join(", "),
    columns: columns ?? (shown.length <= 1 ? 1 : 2),
    panels: shown.map(
      (quantity, index): Panel => ({
        letter: letterOf(index, shown),
        ...(quantity === "numbers" && { wholeX: true }),
        ...titlesOf(quantity, time, table.end * scale, numbers.orMore),
        curves: detectors.map((detector) => ({
          label: detectors.length > 1 ? detector.name : "",
          ...marksOf(
            quantity === "numbers" ? detector.numbers.slice(0, numbers.count) : detector[quantity],
            quantity,
            scale,
          ),
        })),
      }),
    ),
  };
}

/** How many of the numbers 0, 1, ... some detector counts at all, and whether the last one stands for more too. */
function numbersOf({ detectors, trajectories }: Pick<ClickTable, "detectors" | "trajectories">) {
  const count = Math.max(...detectors.map(({ numbers }) => numbersThatOccur(numbers, trajectories)));
  return { count, orMore: detectors.some(({ numbers }) => numbers[count - 1]?.to === null) };
}

/** Ten pairs that are uncorrelated have this relative error; fewer tell nothing but would stretch the axis. */
const TELLING = 0.32;

const tells = ({ value, standardError }: ClickBin): boolean =>
  standardError === null || standardError <= TELLING * Math.max(1, Math.abs(value ?? 0));

/** Without points that tell nothing. */
function telling(detector: ClickTable["detectors"][number]): ClickTable["detectors"][number] {
  return { ...detector, g2: detector.g2.map((bin) => (tells(bin) ? bin : { ...bin, value: null })) };
}

function titlesOf(quantity: ClickQuantity, time: TimeAxis, end: number, orMore: boolean) {
  // "time κt" -> "κt"; the plain one names its unit, which a lag has too.
  const [symbol = "t", unit = ""] = time.title.replace(/^time /, "").split(/ (?=\()/);
  const inUnit = (text: string) => (unit === "" ? text : `${text} ${unit}`);
  switch (quantity) {
    case "numbers":
      return {
        xTitle: `clicks up to ${symbol} = ${Number(end.toPrecision(4))}${orMore ? " (last: or more)" : ""}`,
        yTitle: "probability",
      };
    case "firstWait":
      return { xTitle: inUnit(`first click at ${symbol}`), yTitle: "probability in the bin" };
    case "rate":
      return { xTitle: time.title, yTitle: "clicks in unit time" };
    case "waits":
      return {
        xTitle: inUnit(`next click after ${symbol.replace(/t$/, "τ")}`),
        yTitle: "probability in the bin",
      };
    case "g2":
      return { xTitle: inUnit(`lag ${symbol.replace(/t$/, "τ")}`), yTitle: "g⁽²⁾" };
  }
}

function marksOf(bins: readonly ClickBin[], quantity: ClickQuantity, scale: number): Omit<Curve, "label"> {
  const counts = quantity === "numbers";
  const [alongX, alongY] = [counts ? 1 : scale, quantity === "rate" ? 1 / scale : 1];
  const seen = bins.filter(({ value }) => value !== null);
  const points: Points = {
    x: seen.map(({ from, to }) => (alongX * (from + (to ?? from))) / 2),
    y: seen.map(({ value }) => alongY * (value ?? 0)),
    error: seen.map(({ standardError }) => (standardError === null ? null : alongY * standardError)),
    all: true,
  };
  const known = bins.filter(({ exact }) => exact !== null);
  const line: Line = counts
    ? { x: known.map(({ from }) => from), y: known.map(({ exact }) => exact ?? 0), vertices: true }
    : {
        x: known.flatMap(({ from, to }) => [alongX * from, alongX * (to ?? from)]),
        y: known.flatMap(({ exact }) => [alongY * (exact ?? 0), alongY * (exact ?? 0)]),
      };
  return { ...(known.length > 0 && { line }), ...(seen.length > 0 && { points }) };
}
