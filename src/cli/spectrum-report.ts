import { printable } from "../base/printable.ts";
import type { Level } from "../spectrum/levels.ts";
import type { SectorSpectrum, Spectrum } from "../spectrum/spectrum.ts";
import type { Fate, Remaining } from "../spectrum/trapping.ts";
import { formatNumber } from "./numbers.ts";
import { count } from "./report.ts";
import { formatTable } from "./table.ts";

const MOST_SECTORS = 24;
/** Of the levels of a sector: so many silent and slow ones from the start, so many fast ones from the end. */
const FIRST_LEVELS = 16;
const LAST_LEVELS = 4;
const MOST_STATES = 6;
const MOST_COMPONENTS = 24;

/** A spectrum as a page of text: levels by sector, exceptional points, what becomes of the initial states. */
export function formatSpectrum(spectrum: Spectrum): string {
  const { model, sectors, remarks, engine } = spectrum;
  const title = model.title === "" ? "" : `${printable(model.title)}\n`;
  const parts = [
    `${title}H_eff has the eigenvalues energy - (i/2) rate: the squared norm decays at the rate, exp(-rate t);\n` +
      'the class compares it with the column "independent", the rate if no two emitters interfered\n',
    levelTable(sectors),
    remarks.length === 0 ? "" : `${remarks.join("\n")}\n`,
    fateTable(spectrum),
    remainingText(spectrum),
    `engine: mcwf ${engine.version}, ${count(sectors.length, "sector", "sectors")}, ${engine.method}\n`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

interface Line {
  readonly cells: readonly string[];
  /** Left aligned behind the cells. */
  readonly text: string;
}

function levelTable(sectors: readonly SectorSpectrum[]): string {
  const head = {
    cells: ["sector", "class", "dimension", "energy", "rate", "independent", "states"],
    text: "",
  };
  const lines = [head, ...sectors.slice(0, MOST_SECTORS).flatMap(sectorLines)];
  const rest = sectors.length - MOST_SECTORS;
  return (
    tableWithText(lines) +
    (rest > 0 ? `and ${count(rest, "more sector", "more sectors")}, which --json shows\n` : "")
  );
}

/** The cells as a table, which are all equally long as the last column is aligned to the right, then the texts. */
function tableWithText(lines: readonly Line[]): string {
  const table = formatTable(
    lines.map(({ cells }) => cells),
    2,
  ).split("\n");
  const width = Math.max(...table.map((row) => row.length));
  return lines
    .map(({ text }, i) => (text === "" ? (table[i] ?? "") : `${(table[i] ?? "").padEnd(width)}  ${text}`))
    .map((row) => `${row}\n`)
    .join("");
}

function sectorLines({ dimension, levels, refused }: SectorSpectrum, index: number): Line[] {
  const name = String(index + 1);
  if (refused) return [{ cells: [name, "refused", String(dimension), "", "", "", ""], text: "too large" }];
  const left = levels.length - FIRST_LEVELS - LAST_LEVELS;
  const shown = left <= 1 ? levels : [...levels.slice(0, FIRST_LEVELS), null, ...levels.slice(-LAST_LEVELS)];
  return shown.flatMap((level, i): Line[] => {
    if (level === null) return [{ cells: ["", "...", "", "", "", "", ""], text: `${left} more levels` }];
    const [first = "", ...others] = stateTexts(level);
    const start = i === 0 ? [name, level.class, String(dimension)] : ["", level.class, ""];
    const numbers = [level.energy, level.rate, level.independentRate].map(formatNumber);
    const own = { cells: [...start, ...numbers, String(level.multiplicity)], text: first };
    return [own, ...others.map((text) => ({ cells: ["", "", "", "", "", "", ""], text }))];
  });
}

function stateTexts({ states, multiplicity, jordan }: Level): string[] {
  if (multiplicity > 1 && jordan[0] !== 1) return ["exceptional point"];
  const texts = states.slice(0, MOST_STATES).map(({ text }) => text);
  const left = multiplicity - texts.length;
  return left > 0 && texts.length > 0 ? [...texts, `and ${left} more`] : texts;
}

function fateTable({ initial, mixture }: Spectrum): string {
  const row = (state: string, weight: string, fate: Fate | null): string[] => {
    const cells = fate === null ? ["?", "?", "?"] : [fate.dark, fate.stable, fate.elsewhere].map(probability);
    return [state, weight, ...cells];
  };
  const rows = initial
    .slice(0, MOST_COMPONENTS)
    .map(({ state, weight, fate }) => row(state, formatNumber(weight), fate));
  if (initial.length > MOST_COMPONENTS)
    rows.push([`and ${initial.length - MOST_COMPONENTS} more`, "", "", "", ""]);
  if (initial.length > 1) rows.push(row("the mixture", "1", mixture));
  return formatTable([["initial state", "weight", "trapped dark", "ends stable", "keeps emitting"], ...rows]);
}

function remainingText({ initial, mixture }: Spectrum): string {
  const all = initial.slice(0, MOST_COMPONENTS).map(({ state, fate }) => ({ state, fate }));
  const named = initial.length > 1 ? [...all, { state: "the mixture", fate: mixture }] : all;
  return named
    .flatMap(({ state, fate }) =>
      fate?.remaining ? [`from ${state}, once trapped:\n${remainingLines(fate.remaining)}`] : [],
    )
    .join("");
}

function remainingLines({ states, purity, turning }: Remaining): string {
  const turns = turning ? "  parts of different energy go on turning against each other\n" : "";
  const [only] = states;
  if (only !== undefined && states.length === 1) return `  ${only.state.text}, pure\n${turns}`;
  const shown = states
    .slice(0, MOST_STATES)
    .map(({ weight, state }) => `  ${probability(weight)} of ${state.text}`);
  if (states.length > shown.length) shown.push(`  and ${states.length - shown.length} more states`);
  return `${[...shown, `  purity ${probability(purity)}`].join("\n")}\n${turns}`;
}

/** Ten digits: these are exact but for rounding. */
const probability = (p: number): string => String(Number(p.toPrecision(10)));
