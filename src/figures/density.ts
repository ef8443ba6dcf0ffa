import { faultOf } from "../base/errors.ts";
import type { Density, Result } from "../results/result.ts";
import type { MatrixFigure, MatrixPanel } from "./figure.ts";
import { type LabelledRoutes, modelOf } from "./routes.ts";
import { groupedDigits, printedKets, printedNumber } from "./text.ts";
import { PLAIN_TIME, type TimeAxis } from "./time.ts";

/** Kets beyond this would be specks without readable names. */
export const MOST_KETS = 24;
const MOST_PANELS = 12;

/** Which of the stored times: the last one, all, or those nearest to the given ones. */
export type DensityTimes = "last" | "all" | readonly number[];

export interface DensityOptions {
  readonly times?: DensityTimes;
  readonly time?: TimeAxis;
  readonly title?: string | undefined;
  readonly columns?: number | undefined;
}

/** Density matrices of systems, a panel a time and route. Throws InputError for one whose file holds none. */
export function densityFigure(
  systems: readonly LabelledRoutes[],
  options: DensityOptions = {},
  option = "--density",
): MatrixFigure {
  const { times = "last", time = PLAIN_TIME } = options;
  const [first] = systems;
  const held = systems.flatMap((system) =>
    [system.run, system.exact].flatMap((result) =>
      result === undefined ? [] : [{ result, density: densityOf(result, option), label: system.label }],
    ),
  );
  const basis = held[0]?.density.basis ?? [];
  if (held.some(({ density }) => density.basis.join(" ") !== basis.join(" "))) {
    const message = "must be given results in the same basis, but their reached kets differ";
    throw faultOf(option, message);
  }
  const kept = mostPopulated(held.map(({ density }) => density));
  const routes = new Set(held.map(({ result }) => result.kind));
  const all = panelTimes(
    held.map(({ density }) => density),
    times,
  ).flatMap((at) =>
    held.map(({ result, density, label }): MatrixPanel => {
      const index = nearestIndex(density.times, at);
      const scale = time.scaleOf(result.model);
      const shown = printedNumber((density.times[index] ?? 0) * scale);
      const route = routes.size > 1 ? routeName(result) : "";
      const clock = time.title.replace(/^time (\S+).*$/, "$1");
      return {
        title: [label, `${clock} = ${shown}`, route].filter((word) => word !== "").join(", "),
        re: block(density.re[index], kept),
        im: block(density.im[index], kept),
      };
    }),
  );
  const panels = all.slice(0, MOST_PANELS);
  const cut = kept.length < basis.length ? `; the ${kept.length} most populated of ${basis.length} kets` : "";
  const more = panels.length < all.length ? `; the first ${panels.length} of ${all.length} panels` : "";
  return {
    kind: "matrix",
    title: printedKets(options.title ?? (first === undefined ? "" : modelOf(first).title)),
    subtitle: `density matrix ρ = Σ ρᵢⱼ |i⟩⟨j|, area: |ρᵢⱼ|, colour and hand: phase; ${whose(held.map(({ result }) => result))}${cut}${more}`,
    basis: kept.map((index) => basis[index] ?? ""),
    columns: options.columns ?? (panels.length === 1 ? 1 : held.length === 2 || panels.length <= 4 ? 2 : 3),
    panels,
  };
}

function densityOf(result: Result, option: string): Density {
  if (result.density !== undefined) return result.density;
  const message = `must be given results with a density matrix, but the ${result.kind} of ${JSON.stringify(result.model.title)} has none; write "density: final" or "density: all" in the model file`;
  throw faultOf(option, message);
}

const routeName = ({ kind }: Result): string => (kind === "run" ? "trajectories" : "master equation");

function whose(results: readonly Result[]): string {
  const routes = new Set(results.map(({ kind }) => kind));
  const counts = [...new Set(results.flatMap(({ trajectories }) => trajectories ?? []))];
  const [count] = counts;
  const run =
    counts.length === 1 && count !== undefined ? `${groupedDigits(count)} trajectories` : "trajectories";
  return [routes.has("run") && run, routes.has("exact") && "master equation"].filter(Boolean).join(", ");
}

function panelTimes(densities: readonly Density[], times: DensityTimes): readonly number[] {
  const stored = densities[0]?.times ?? [];
  if (times === "last") return stored.slice(-1);
  if (times !== "all") return times;
  const most = Math.max(1, Math.floor(MOST_PANELS / densities.length));
  if (stored.length <= most) return stored;
  return Array.from({ length: most }, (_, k) => {
    const index = most === 1 ? stored.length - 1 : Math.round((k * (stored.length - 1)) / (most - 1));
    return stored[index] ?? 0;
  });
}

function nearestIndex(times: readonly number[], wanted: number): number {
  const distances = times.map((time) => Math.abs(time - wanted));
  return distances.indexOf(Math.min(...distances));
}

/** Indices of the kets with the largest populations anywhere, in the order of the basis. */
function mostPopulated(densities: readonly Density[]): number[] {
  const [first] = densities;
  const most = (first?.basis ?? []).map((_, ket) =>
    Math.max(...densities.flatMap(({ re }) => re.map((matrix) => matrix[ket]?.[ket] ?? 0))),
  );
  const ranked = most.map((_, ket) => ket).sort((a, b) => (most[b] ?? 0) - (most[a] ?? 0));
  return ranked.slice(0, MOST_KETS).sort((a, b) => a - b);
}

const block = (matrix: Density["re"][number] | undefined, kept: readonly number[]): number[][] =>
  kept.map((row) => kept.map((column) => matrix?.[row]?.[column] ?? 0));
