import type { Model } from "#src/model/model.js";
import { clockwork, nQubits, productMixture, threeQubits, twoQubits } from "#src/model/presets.js";

/** The files of `examples/` that are a preset, but for titles, seeds and what else is measured. */
export const presets: Readonly<Record<string, Model>> = {
  "pair-11.yaml": twoQubits({ start: "11" }),
  "pair-10.yaml": twoQubits({ start: "10" }),
  "pair-dark.yaml": twoQubits({ start: "Psi-" }),
  "pair-bright.yaml": twoQubits({ start: "Psi+" }),
  "pair-own-loss.yaml": twoQubits({ start: "10", alpha: 5e-5 }),
  "pair-detuned.yaml": twoQubits({ start: "10", delta: 0.1 }),
  "pair-exceptional.yaml": twoQubits({ start: "10", alpha: 5e-5, delta: 2e-3 }),
  "three-qubits-100.yaml": threeQubits({ start: "100" }),
  "three-qubits-011.yaml": threeQubits({ start: "011" }),
  "n-qubits.yaml": nQubits({ N: 8, phi: [0, 1, 2, 3, 4, 5, 6, 7].map((j) => 0.4 * j) }),
  "mixture.yaml": productMixture({ b: 0.5, d: 0.5 }),
  "clockwork.yaml": clockwork(),
  "clockwork-lossy.yaml": clockwork({ alpha: 0.05 }),
  "clockwork-detuned.yaml": clockwork({ alpha: 0.05, delta: 0.1 }),
};
