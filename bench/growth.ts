// docs/growth.svg: cost against the number of qubits and of trajectories, and peak memory.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { min } from "simple-statistics";
import { renderSvg } from "#src/figures/render.js";
import { sheetSpec } from "#src/figures/sheet.js";
import { COLOURS, COLUMN_SPACING, frameFor, INK, rowWidth, SHAPES } from "#src/figures/theme.js";
import { createKernel, processorSeconds } from "./rows.ts";

const ROUNDS = 3;
const QUICK_ROUNDS = 15;
const FEWEST = 24;
/** Room beyond the outermost points of a logarithmic axis, as a factor. */
const PADDING = 2;
const QUBITS = [6, 8, 10, 12, 14, 16, 18, 20];
const COUNTS = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
/** Half excited qubits: 10 of them, and 20 where a few trajectories show all. */
const RUNS = [
  { label: "pair", model: "pair", settings: [], counts: COUNTS },
  { label: "10 qubits, half excited", model: "half-excited", settings: ["N=10"], counts: COUNTS.slice(0, 3) },
  { label: "20 qubits, half excited", model: "half-excited", settings: ["N=20"], counts: [10] },
];

interface Point {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}
interface Panel {
  readonly x: string;
  readonly y: string;
  readonly points: readonly Point[];
  /** Numbers of trajectories along x, one curve for each of RUNS; else numbers of qubits. */
  readonly counts: boolean;
  readonly logY: boolean;
}

/** Milliseconds a trajectory, warm. One of collective jumps alone costs nothing: a few would not show the mean. */
async function costOf(qubits: number): Promise<number> {
  const trajectories = Math.max(FEWEST, Math.round(2 ** (16 - qubits)));
  const kernel = await createKernel({
    name: "",
    model: "half-excited",
    set: { N: String(qubits) },
    trajectories,
    demand: 0,
  });
  kernel.run(0, trajectories);
  const rounds = qubits > 14 ? ROUNDS : QUICK_ROUNDS;
  const times = Array.from({ length: rounds }, () => processorSeconds(() => kernel.run(0, trajectories)));
  return (1000 * min(times)) / trajectories;
}

function runAlone(model: string, trajectories: number, settings: readonly string[]) {
  const script = fileURLToPath(new URL("one-run.js", import.meta.url));
  const output = execFileSync(process.execPath, [script, model, String(trajectories), ...settings]);
  return JSON.parse(String(output)) as { readonly seconds: number; readonly megabytes: number };
}

export async function drawGrowth(): Promise<void> {
  const qubits: Point[] = [];
  for (const n of QUBITS) qubits.push({ series: "half excited", x: n, y: await costOf(n) });
  const runs = RUNS.flatMap(({ label, model, settings, counts }) =>
    counts.map((n) => ({ series: label, x: n, ...runAlone(model, n, settings) })),
  );
  const panels: Panel[] = [
    { x: "qubits", y: "ms a trajectory", points: qubits, counts: false, logY: true },
    {
      x: "trajectories",
      y: "processor time (s)",
      points: runs.map(({ seconds, ...point }) => ({ ...point, y: seconds })),
      counts: true,
      logY: true,
    },
    {
      x: "trajectories",
      y: "peak memory (MB)",
      points: runs.map(({ megabytes, ...point }) => ({ ...point, y: megabytes })),
      counts: true,
      logY: false,
    },
  ];
  for (const { x, y, points } of panels)
    for (const point of points)
      console.log(`${point.series}, ${point.x} ${x}: ${point.y.toPrecision(3)} ${y}`);
  writeFileSync(new URL("../docs/growth.svg", import.meta.url), `${await renderSvg(specOf(panels))}\n`);
}

const SUBTITLE =
  "Left: N qubits, half of them excited, one reservoir and own losses (bench/models/half-excited.yaml), one thread, warm. " +
  "Middle and right: whole runs in a process of their own, without workers, with the start of the program in the memory.";

function specOf(panels: readonly Panel[]) {
  const columns = panels.length;
  const parts = [
    { hconcat: panels.map((panel) => panelSpec(panel, columns)), spacing: COLUMN_SPACING, bounds: "flush" },
  ];
  return sheetSpec({ title: "Growth of cost and memory", subtitle: SUBTITLE }, rowWidth(columns), parts);
}

const LABELS = RUNS.map(({ label }) => label);
/** The runs' colours and shapes; the first panel has one curve of its own. */
const MARKS = {
  color: {
    field: "series",
    scale: { domain: LABELS, range: COLOURS.slice(0, LABELS.length) },
    legend: { title: null, orient: "bottom", symbolOpacity: 1, columnPadding: 24 },
  },
  shape: { field: "series", scale: { domain: LABELS, range: SHAPES.slice(0, LABELS.length) } },
};

const LOG = { type: "log" };

/** From below the lowest point to above the highest, so that none is on the frame. */
function padded(points: readonly Point[], log: boolean): readonly [number, number] {
  const values = points.map(({ y }) => y);
  const highest = Math.max(...values);
  return log ? [Math.min(...values) / PADDING, PADDING * highest] : [0, 1.1 * highest];
}

function panelSpec({ x, y, points, counts, logY }: Panel, columns: number) {
  const xScale = counts ? { ...LOG, domain: [5, 2e7] } : { domain: [5, 21], nice: false };
  const xAxis = counts ? { format: "~s", tickCount: 4 } : { format: "d", values: [6, 10, 14, 18] };
  return {
    ...frameFor(columns),
    data: { values: points },
    mark: { type: "line", point: { filled: true, size: 32, color: INK }, strokeWidth: 1.5, color: INK },
    encoding: {
      x: { field: "x", type: "quantitative", scale: xScale, axis: { title: x, ...xAxis } },
      y: {
        field: "y",
        type: "quantitative",
        scale: { ...(logY && LOG), domain: padded(points, logY), nice: false },
        axis: { title: y, format: "~r", ...(logY && { tickCount: 4 }) },
      },
      ...(counts && MARKS),
    },
  };
}
