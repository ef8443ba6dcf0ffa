import type { Setting } from "../../model/file.ts";

/** More than the files have: without a drive they are quick, and error bars become smaller than the points. */
export const TRAJECTORIES = 40_000;

/** The constants of the paper's Figs. 2 to 4: amplitude rates and frequencies in units of omega. */
export const PAPER = { omega: 1, kappa: 1e-3, alpha: 0.05e-3, delta: 0.1 } as const;

/** One curve of the paper, or one system of its text: a model file of `examples/` and what is set in it. */
export interface SystemSpec {
  /** Name of the file without its ending. */
  readonly file: string;
  readonly set?: readonly Setting[];
  /** As the curve's label. */
  readonly label: string;
  /** Instead of the file's times. */
  readonly times?: readonly number[];
  /** Times behind those of the file, at which it has settled. */
  readonly later?: readonly number[];
  /** Where nobody says how many; default TRAJECTORIES. */
  readonly trajectories?: number;
  /** Averages apart for 0, 1, ..., this many jumps or more. */
  readonly clicks?: number;
}

const set = (settings: Readonly<Record<string, string>>): readonly Setting[] =>
  Object.entries(settings).map(([name, value]) => ({ name, value }));

/** The four starts of Figs. 2 and 3(a-d), in the order of the captions; amplitudes of |11>, |10>, |01>. */
const STARTS = {
  "11": { label: "|11⟩", start: "[1, 0, 0]" },
  "10": { label: "|10⟩", start: "[0, 1, 0]" },
  dark: { label: "|Ψ₋⟩", start: "[0, 1, -1]" },
  bright: { label: "|Ψ₊⟩", start: "[0, 1, 1]" },
} as const;
export type Start = keyof typeof STARTS;
export const PAIR_STARTS = Object.keys(STARTS) as readonly Start[];

const fromStart = (file: string, start: Start): SystemSpec => ({
  file,
  set: set({ start: STARTS[start].start }),
  label: STARTS[start].label,
});

/** The clockwork settles within about 50/kappa; at the second time it is seen not to move any more. */
const SETTLED = [100, 200];
/** Of Fig. 3(e); measures take most of the time that trajectories take here. */
const SHOWN = Array.from({ length: 81 }, (_, i) => i / 4);
const clockwork = (file: string, label: string, settings: Readonly<Record<string, string>> = {}) => ({
  file,
  set: set(settings),
  label,
  times: SHOWN,
  later: SETTLED,
  trajectories: 10_000,
});

/** Measures take long: for numbers that stand in no figure over time, two times are enough. */
const ENDS = [0, 5 / PAPER.kappa];
const mixture = (b: number, d: number): SystemSpec => ({
  file: "mixture",
  set: set({ b: String(b), d: String(d) }),
  label: `b = ${b}, d = ${d}`,
  times: ENDS,
});

const wState = (N: number): SystemSpec => ({
  file: "w-state",
  set: set({ N: String(N) }),
  label: `N = ${N}`,
  times: ENDS,
});

/** All that the claims and figures need, by name. */
export const SYSTEMS = {
  "2-11": { file: "pair-11", label: "|11⟩", clicks: 2 },
  "2-10": { file: "pair-10", label: "|10⟩", clicks: 1 },
  "2-entangled": { file: "pair-entangled", label: "|10⟩" },
  "2-dark": { file: "pair-dark", label: "|Ψ₋⟩", clicks: 1 },
  "2-bright": { file: "pair-bright", label: "|Ψ₊⟩", clicks: 1 },
  "3ab-11": fromStart("pair-own-loss", "11"),
  "3ab-10": fromStart("pair-own-loss", "10"),
  "3ab-dark": fromStart("pair-own-loss", "dark"),
  "3ab-bright": fromStart("pair-own-loss", "bright"),
  "3cd-11": fromStart("pair-detuned", "11"),
  "3cd-10": fromStart("pair-detuned", "10"),
  "3cd-dark": fromStart("pair-detuned", "dark"),
  "3cd-bright": fromStart("pair-detuned", "bright"),
  exceptional: { file: "pair-exceptional", label: "δ = 2κ, |10⟩" },
  "3e-ideal": clockwork("clockwork", "α = 0, δ = 0"),
  "3e-lossy": clockwork("clockwork-lossy", "α = 0.05κ, δ = 0"),
  "3e-detuned": clockwork("clockwork-detuned", "α = 0.05κ, δ = 0.1κ"),
  "3e-worst": clockwork("clockwork-detuned", "α = 0.1κ, δ = 0.1κ", { alpha: "0.1*kappa" }),
  "3e-still": clockwork("clockwork", "no pump, α = β = 0", { epsilon: "0", beta: "0" }),
  "3e-emptied": clockwork("clockwork", "no pump, α = 0", { epsilon: "0" }),
  "3e-unpumped": clockwork("clockwork-lossy", "no pump, α = 0.05κ", { epsilon: "0", beta: "0" }),
  "4-100": { file: "three-qubits-100", label: "|100⟩", clicks: 1 },
  "4-011": { file: "three-qubits-011", label: "|011⟩", clicks: 2 },
  "N-2": { file: "n-qubits", set: set({ N: "2" }), label: "N = 2", later: [5000] },
  "N-4": { file: "n-qubits", set: set({ N: "4" }), label: "N = 4", later: [5000] },
  "N-8": { file: "n-qubits", label: "N = 8", later: [5000] },
  "N-20": { file: "n-qubits", set: set({ N: "20" }), label: "N = 20", later: [5000] },
  "N-8-k4": { file: "n-qubits", set: set({ k: "4" }), label: "N = 8, k = 4", times: [0, 10_000], clicks: 5 },
  "W-2": wState(2),
  "W-3": wState(3),
  "W-4": wState(4),
  "W-8": wState(8),
  "W-16": wState(16),
  "W-32": wState(32),
  "W-64": wState(64),
  "mixture-unequal": mixture(0.8, 0.3),
  "mixture-equal": mixture(0.5, 0.5),
} as const satisfies Readonly<Record<string, SystemSpec>>;
export type SystemName = keyof typeof SYSTEMS;
export const SYSTEM_NAMES = Object.keys(SYSTEMS) as readonly SystemName[];
