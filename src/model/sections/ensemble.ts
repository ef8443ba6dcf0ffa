import type { Node } from "../document.ts";
import { didYouMean } from "../meant.ts";
import type { EnsembleOptions, Model } from "../model.ts";
import { describeNode, isAbsent, type Reader } from "../reader.ts";

export function readEnsemble(node: Node | undefined, reader: Reader): EnsembleOptions {
  const section = isAbsent(node) ? undefined : reader.mapping(node, "ensemble", "a mapping");
  if (section === undefined) return {};
  const keys = reader.keys(section, "ensemble", ["trajectories", "tolerance", "seed"], []);
  const trajectories = reader.numberAt(keys, "ensemble", "trajectories", { whole: true, atLeast: 1 });
  const tolerance = reader.numberAt(keys, "ensemble", "tolerance", { moreThan: 0 });
  const seedNode = keys.get("seed");
  const seed = seedNode && reader.scalar(seedNode, "ensemble.seed", "a text");
  return {
    ...(trajectories !== undefined && { trajectories }),
    ...(tolerance !== undefined && { tolerance }),
    ...(seed !== undefined && { seed: seed.text }),
  };
}

const DENSITIES = ["none", "final", "all"] as const;

export function readDensity(node: Node | undefined, reader: Reader): Model["density"] {
  if (isAbsent(node) || node.kind === "broken") return "none";
  const text = node.kind === "scalar" ? node.text.trim() : undefined;
  const density = DENSITIES.find((name) => name === text);
  if (density !== undefined) return density;
  const hint = didYouMean(text ?? "", DENSITIES);
  reader.fault(
    node,
    "density",
    `must be one of ${DENSITIES.join(", ")}, but is ${describeNode(node)}${hint}`,
  );
  return "none";
}

export function readTitle(node: Node | undefined, reader: Reader): string {
  if (isAbsent(node)) return "";
  return reader.scalar(node, "title", "a text")?.text ?? "";
}
