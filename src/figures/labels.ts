import type { Model } from "../model/model.ts";
import { modelOf, type Routes } from "./routes.ts";
import { printedKets, printedName, printedNumber } from "./text.ts";

export interface NamedRoutes extends Routes {
  /** Of the file, for systems that nothing else tells apart. */
  readonly file: string;
}

export interface Labels {
  /** What the systems have in common. */
  readonly title: string;
  /** One for each, all different; empty for a system that is alone. */
  readonly labels: readonly string[];
}

/** Short names for the systems of one figure: what differs in their titles, else in their parameters, else their files. */
export function labelSystems(systems: readonly NamedRoutes[]): Labels {
  const models = systems.map(modelOf);
  const titles = models.map(({ title }) => title);
  const [first = ""] = titles;
  if (systems.length <= 1) return { title: first, labels: systems.map(() => "") };
  if (allDiffer(titles) && !titles.includes("")) return splitTitles(titles);
  const title = titles.every((one) => one === first) ? first : "";
  const byParameters = models.map((model) => differingParameters(model, models));
  if (allDiffer(byParameters)) return { title, labels: byParameters };
  const seen = new Map<string, number>();
  const labels = systems.map(({ file }) => {
    const count = (seen.get(file) ?? 0) + 1;
    seen.set(file, count);
    return count === 1 ? file : `${file} (${count})`;
  });
  return { title, labels };
}

const allDiffer = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** "two qubits, from |10>" and "two qubits, from |11>" are "two qubits" with labels "|10⟩" and "|11⟩". */
function splitTitles(titles: readonly string[]): Labels {
  const words = titles.map((title) => title.split(" "));
  const [first = []] = words;
  const shortest = Math.min(...words.map(({ length }) => length)) - 1;
  let common = 0;
  while (common < shortest && words.every((own) => own[common] === first[common])) common++;
  const title = first
    .slice(0, common)
    .join(" ")
    .replace(/,?\s*\b(?:from|with|at|for|in|of)$/, "")
    .replace(/[,;:]$/, "");
  return { title, labels: words.map((own) => printedKets(own.slice(common).join(" "))) };
}

/** "κ = 0.1, N = 3": the parameters in which not all models agree. */
function differingParameters({ parameters }: Model, models: readonly Model[]): string {
  const differs = (name: string) => {
    const values = models.map((model) => JSON.stringify(model.parameters[name]));
    return values.some((value) => value !== values[0]);
  };
  return Object.entries(parameters)
    .filter(([name]) => differs(name))
    .map(([name, value]) => {
      const printed = typeof value === "number" ? printedNumber(value) : JSON.stringify(value);
      return `${printedName(name)} = ${printed}`;
    })
    .join(", ");
}
