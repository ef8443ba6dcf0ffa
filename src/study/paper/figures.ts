import type { AnyFigure, Curve, Figure, Panel, Points } from "../../figures/figure.ts";
import { spectrumFigure } from "../../figures/levels.ts";
import { curveOf, explainMarks } from "../../figures/routes.ts";
import { solveMaster } from "../../master/solve.ts";
import type { Result, Series } from "../../results/result.ts";
import type { SolvedSystem } from "./compute.ts";
import { entanglementOfFirst } from "./formulas.ts";
import type { SolvedSystems } from "./paper.ts";
import { PAPER, type SystemName } from "./systems.ts";

/** A panel of the paper, drawn anew, or one that the paper does not have. */
export interface PaperFigure {
  /** Of the file, without an ending: "fig2a". */
  readonly name: string;
  readonly caption: string;
  readonly figure: AnyFigure;
}

/** Curves over time, one a system. */
interface PanelSpec {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly systems: readonly SystemName[];
  readonly quantity: string;
  readonly yTitle: string;
  readonly xTitle?: string;
  /** Last time that is shown. */
  readonly until?: number;
}

const PAIR = ["11", "10", "dark", "bright"] as const;
const starts = <P extends string>(panel: P) => PAIR.map((start) => `${panel}-${start}` as const);
const ENERGY = { quantity: "energy", yTitle: "energy E/ħω" };
const FIDELITY = { quantity: "dark", yTitle: "fidelity F = ⟨Ψ₋|ρ|Ψ₋⟩" };
const X_TITLE = "evolution time ωt";
const DEFINED = "F is the population, which the paper plots, not the root that it prints.";

/** The paper's panels in its order, with its axes and the order of its captions. */
const PANELS: readonly PanelSpec[] = [
  {
    name: "fig1d",
    title: "Fig. 1(d)",
    caption:
      "N qubits with phases 0.4 (j − 1), the first one excited: (N − 1)/N of the energy stays for ever.",
    systems: ["N-2", "N-4", "N-8", "N-20"],
    ...ENERGY,
    until: 2000,
  },
  {
    name: "fig2a",
    title: "Fig. 2(a)",
    caption: "Energy of two qubits that share a reservoir, from four starts; ω = 1, κ/ω = 0.001.",
    systems: starts("2"),
    ...ENERGY,
  },
  {
    name: "fig2b",
    title: "Fig. 2(b)",
    caption: `Fidelity with |Ψ₋⟩, same starts. ${DEFINED}`,
    systems: starts("2"),
    ...FIDELITY,
  },
  {
    name: "fig3a",
    title: "Fig. 3(a)",
    caption: "Energy with own losses, α/κ = 0.05.",
    systems: starts("3ab"),
    ...ENERGY,
  },
  {
    name: "fig3b",
    title: "Fig. 3(b)",
    caption: `Fidelity with own losses. ${DEFINED} From |11⟩ it is not quite 0.`,
    systems: starts("3ab"),
    ...FIDELITY,
  },
  {
    name: "fig3c",
    title: "Fig. 3(c)",
    caption: "Energy with detuning, δ/ω = 0.1, which sits on qubit 2.",
    systems: starts("3cd"),
    ...ENERGY,
  },
  {
    name: "fig3d",
    title: "Fig. 3(d)",
    caption: `Fidelity with detuning, up to ωt = 500 so that the beats can be seen. ${DEFINED}`,
    systems: starts("3cd"),
    ...FIDELITY,
    until: 500,
  },
  {
    name: "fig3e",
    title: "Fig. 3(e), reconstruction",
    caption:
      "Logarithmic negativity of the quantum clockwork, a reconstruction: the paper's supplement, which defines it, was not available. κ = 1, γ/κ = 3, β/κ = 0.1, ε/κ = 2; without the pump ε = 0, and with α = 0.05κ also β = 0.",
    systems: ["3e-ideal", "3e-lossy", "3e-detuned", "3e-worst", "3e-still", "3e-unpumped"],
    quantity: "EN",
    yTitle: "logarithmic negativity",
    xTitle: "time κt",
    until: 20,
  },
  {
    name: "fig4a",
    title: "Fig. 4(a)",
    caption: "Energy of three qubits that share a reservoir, from two starts: 2/3 stays.",
    systems: ["4-100", "4-011"],
    ...ENERGY,
  },
  {
    name: "fig4b",
    title: "Fig. 4(b)",
    caption: "Fidelity with |Ψ₂⟩ = (2|100⟩ − |010⟩ − |001⟩)/√6, as its population.",
    systems: ["4-100", "4-011"],
    quantity: "dark",
    yTitle: "fidelity F = ⟨Ψ₂|ρ|Ψ₂⟩",
  },
  {
    name: "exceptional",
    title: "δ = 2κ",
    caption:
      "Not in the paper: fidelity at the exceptional point δ = 2κ, α/κ = 0.05, from |10⟩. It no longer beats.",
    systems: ["exceptional"],
    ...FIDELITY,
  },
];

/** All figures, from the systems that the claims were judged by. */
export function paperFigures(solved: SolvedSystems): PaperFigure[] {
  const of = (name: SystemName): SolvedSystem => {
    const system = solved.get(name);
    if (system === undefined) throw new RangeError(`paper: the system ${name} must be solved to be drawn`);
    return system;
  };
  const panels = PANELS.map((panel) => ({
    name: panel.name,
    caption: panel.caption,
    figure: panelFigure(panel, panel.systems.map(of)),
  }));
  const levels = {
    name: "eq3",
    caption: "Eq. 3: eigenvalues E − iΓ/2 of H_eff of two qubits: |00⟩, |Ψ₋⟩, |Ψ₊⟩ and |11⟩.",
    figure: spectrumFigure(of("2-11").spectrum(), "Eq. 3"),
  };
  return [...panels.slice(0, 1), levels, ...panels.slice(1), heralds(of("4-011")), wState(of)];
}

function panelFigure(panel: PanelSpec, systems: readonly SolvedSystem[]): Figure {
  const { title, quantity, yTitle, xTitle = X_TITLE, until = Number.POSITIVE_INFINITY } = panel;
  const routes = systems.map(({ run, exact, spec }) => ({
    run: run.result,
    exact: smooth(exact, quantity, until),
    label: spec.label,
  }));
  return {
    kind: "curves",
    title,
    subtitle: explainMarks(routes),
    columns: 1,
    panels: [
      {
        letter: "",
        xTitle,
        yTitle,
        curves: routes.map((route) => cut(curveOf(route, quantity, route.label), until)),
      },
    ],
  };
}

/** Steps of a line from its first to its last time that look like none. */
const SMOOTH_STEPS = 400;

/** The exact values of one quantity up to a time, solved again at closer times where those that are known are too few. */
function smooth(exact: Result, quantity: string, until: number): Result {
  const { model, times } = exact;
  const shown = times.filter((time) => time <= until);
  if (shown.length > SMOOTH_STEPS) return exact;
  const [first = 0, last = first] = [shown[0], shown.at(-1)];
  const own = ({ name }: { readonly name: string }) => name === quantity;
  return solveMaster({
    ...model,
    observables: model.observables.filter(own),
    measures: model.measures.filter(own),
    times: Array.from({ length: SMOOTH_STEPS + 1 }, (_, k) => first + (k * (last - first)) / SMOOTH_STEPS),
  });
}

/** A curve up to a time. */
function cut({ line, points, ...rest }: Curve, until: number): Curve {
  const kept = (x: readonly number[]): number => x.filter((time) => time <= until).length;
  return {
    ...rest,
    ...(line && { line: { x: line.x.slice(0, kept(line.x)), y: line.y.slice(0, kept(line.x)) } }),
    ...(points && {
      points: {
        x: points.x.slice(0, kept(points.x)),
        y: points.y.slice(0, kept(points.x)),
        error: points.error.slice(0, kept(points.x)),
      },
    }),
  };
}

const CLICKS = ["no click", "one click", "two clicks"];

/** Averages over the trajectories with 0, 1, 2 clicks so far: weights, and the fidelity within each group. */
function heralds({ run, counted, exact }: SolvedSystem): PaperFigure {
  const { result } = run;
  const curves = (
    sampled: (group: number) => Pick<Series, "mean"> & { standardError?: readonly (number | null)[] },
    line: (group: number) => readonly number[],
  ): Curve[] =>
    CLICKS.map((label, group) => {
      const { mean, standardError = [] } = sampled(group);
      const points: Points = { x: result.times, y: mean, error: standardError };
      return { label, line: known({ x: exact.times, y: line(group) }), points: knownPoints(points) };
    });
  const empty = { mean: [] };
  const weights = curves(
    (group) => result.clicks?.[group]?.weight ?? empty,
    (group) => counted[group]?.weight ?? [],
  );
  const fidelities = curves(
    (group) => {
      const series = result.clicks?.[group]?.observables.dark;
      return series === undefined
        ? empty
        : { mean: series.mean.map((value) => value ?? Number.NaN), standardError: series.standardError };
    },
    (group) => counted[group]?.observables.dark ?? [],
  );
  return {
    name: "herald",
    caption:
      "Not in the paper: three qubits from |011⟩, averaged over the trajectories with so many clicks so far. Exactly one click heralds |Ψ₂⟩.",
    figure: {
      kind: "curves",
      title: "three qubits from |011⟩, by clicks",
      subtitle: explainMarks([{ run: result, exact }]),
      columns: 1,
      panels: [
        { letter: "(a)", xTitle: X_TITLE, yTitle: "probability", curves: weights },
        { letter: "(b)", xTitle: X_TITLE, yTitle: "F = ⟨Ψ₂|ρ|Ψ₂⟩ in the group", curves: fidelities },
      ],
    },
  };
}

const finite = (y: readonly number[]) => y.flatMap((value, index) => (Number.isFinite(value) ? [index] : []));
const pick = <T>(values: readonly T[], indices: readonly number[], missing: T): T[] =>
  indices.map((index) => values[index] ?? missing);
const known = ({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }) => ({
  x: pick(x, finite(y), 0),
  y: pick(y, finite(y), 0),
});
const knownPoints = ({ error, ...at }: Points): Points => ({
  ...known(at),
  error: pick(error, finite(at.y), null),
});

const SIZES = [2, 3, 4, 8, 16, 32, 64] as const;

/** What N does to the final state from one excited qubit. */
function wState(of: (name: SystemName) => SolvedSystem): PaperFigure {
  const systems = SIZES.map((N) => of(`W-${N}`));
  const smooth = Array.from({ length: 121 }, (_, i) => 2 * 32 ** (i / 120));
  const panel = (letter: string, name: string, yTitle: string, closedForm: (N: number) => number): Panel => {
    const last = systems.map(({ run: { result } }) => {
      const { mean = [], standardError = [] } = result.observables[name] ?? result.measures[name] ?? {};
      return { mean: mean.at(-1) ?? Number.NaN, error: standardError.at(-1) ?? null };
    });
    const points = { x: [...SIZES], y: last.map(({ mean }) => mean), error: last.map(({ error }) => error) };
    return {
      ...{ letter, xTitle: "number of qubits N", yTitle, logX: true },
      curves: [
        { label: "closed form", line: { x: smooth, y: smooth.map(closedForm) } },
        { label: "trajectories", points: { ...points, all: true } },
      ],
    };
  };
  return {
    name: "w-state",
    caption: `Not in the paper: final state from one of N excited qubits, at ωt = ${5 / PAPER.kappa}. The energy kept tends to 1, entanglement and likeness to a W state to 0.`,
    figure: {
      kind: "curves",
      title: "one of N qubits excited",
      subtitle: explainMarks(systems.map(({ run }) => ({ run: run.result }))),
      columns: 2,
      panels: [
        panel("(a)", "energy", "energy kept E/ħω", (N) => 1 - 1 / N),
        panel("(b)", "EN", "log-negativity, qubit 1 | others", entanglementOfFirst),
        panel("(c)", "w", "fidelity with a W state", (N) => (4 * (N - 1) ** 2) / N ** 3),
        panel("(d)", "C12", "concurrence of qubits 1 and 2", (N) => (2 * (N - 1)) / N ** 2),
      ],
    },
  };
}
