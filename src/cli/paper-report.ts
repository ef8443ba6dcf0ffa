import type { CheckOutcome } from "../study/paper/check.ts";
import { SETTLED } from "../study/paper/checks.ts";
import { type ClaimOutcome, passes, VERDICTS } from "../study/paper/claim.ts";
import type { PaperFigure } from "../study/paper/figures.ts";
import type { PaperReport } from "../study/paper/paper.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { count } from "./report.ts";
import { formatTable } from "./table.ts";

const PAPER =
  "Yang, Wang, Li, Hu, You, “Entanglement Emerges from Dissipation-Structured Quantum Self-Organization” (2021)";

/** Rounding leaves about this much of an exact zero. */
const ZERO = 1e-13;
const number = (value: number): string =>
  Number.isFinite(value) ? formatNumber(Math.abs(value) < ZERO ? 0 : value) : "–";
const SIGNS = { equals: "", above: "> ", below: "< " } as const;
const statedText = ({ relation, stated }: CheckOutcome): string => SIGNS[relation] + number(stated);
const sampledText = ({ trajectories }: CheckOutcome): string =>
  trajectories === null || Number.isNaN(trajectories.mean)
    ? "–"
    : formatWithError(trajectories.mean, trajectories.standardError);

/** What is checked, and when the numbers beside it are taken, where that is one of many times. */
const placed = ({ label, at, time }: CheckOutcome): string =>
  at === "always" && time !== null ? `${label}, t = ${formatNumber(time)}` : label;

/** The check that decides, or else the printed number, or else the first number that both routes have. */
function headline({ holds, printed }: ClaimOutcome): CheckOutcome | undefined {
  const all = [...holds, ...printed];
  return (
    all.find((check) => !passes(check)) ??
    [...printed, ...holds].find(({ trajectories, relation }) => trajectories && relation === "equals") ??
    all[0]
  );
}

/** A row a claim, for a terminal. */
export function formatPaperSummary(report: PaperReport): string {
  const rows = report.claims.map((claim) => {
    const check = headline(claim);
    const numbers =
      check === undefined ? ["", "", ""] : [statedText(check), number(check.exact), sampledText(check)];
    const unexpected = claim.verdict === claim.expected ? "" : "  (expected: ".concat(claim.expected, ")");
    return [claim.id, check === undefined ? "" : placed(check), ...numbers, claim.verdict + unexpected];
  });
  const head = ["claim", "checked (of several)", "stated", "exact", "trajectories", "verdict"];
  return `${formatTable([head, ...rows], 2)}\n${summaryLine(report)}\n`;
}

/** How many of each verdict, and whether all came out as known. */
function summaryLine({ claims, unexpected, falseAlarm, tests }: PaperReport): string {
  const counts = VERDICTS.map((verdict) => {
    const found = claims.filter((claim) => claim.verdict === verdict).length;
    return `${found} ${verdict}`;
  });
  const level = `${tests} tests of trajectories together at a false-alarm probability of ${formatNumber(falseAlarm)}`;
  const outcome =
    unexpected.length === 0
      ? "all verdicts as they should be"
      : `NOT as they should be: ${unexpected.join(", ")}`;
  return `${counts.join(", ")} (${level})\n${outcome}`;
}

/** In one or two sentences: what was found, and why, where it is what should be found. */
export function whyOf(claim: ClaimOutcome): string {
  const found = findingOf(claim);
  return claim.verdict === claim.expected ? `${claim.because} ${found}` : found;
}

function findingOf({ disagreements, holds, printed }: ClaimOutcome): string {
  const [apart] = disagreements;
  if (apart !== undefined)
    return `The two routes disagree on ${apart.disagreeing.join(", ")} of ${apart.system}.`;
  const failed = [...holds, ...printed].find((check) => !passes(check));
  if (failed !== undefined) return `${failureOf(failed)}.`;
  const sharp = [...holds, ...printed].filter(
    ({ relation, within }) => relation === "equals" && within <= SETTLED,
  );
  const deviation = Math.max(0, ...sharp.map((check) => check.deviation));
  const exactly = deviation < ZERO ? "to rounding" : `to ${deviation.toExponential(0)}`;
  const sampled = [...holds, ...printed].some(({ trajectories }) => trajectories !== null);
  return [
    ...(sharp.length > 0 ? [`The master equation gives it ${exactly}.`] : []),
    ...(sampled ? ["The trajectories are within their interval."] : []),
  ].join(" ");
}

const RELATIONS = { equals: "is not", above: "is not above", below: "is not below" } as const;

function failureOf(check: CheckOutcome): string {
  const { relation, stated, exact, exactHolds } = check;
  const by = exactHolds
    ? `${sampledText(check)} by trajectories, though ${number(exact)} exactly`
    : `${number(exact)} exactly${check.trajectories === null ? "" : ` and ${sampledText(check)} by trajectories`}`;
  const undecided = exactHolds && relation !== "equals" ? "; more trajectories are needed to tell" : "";
  return `“${placed(check)}” ${RELATIONS[relation]} ${number(stated)}: ${by}${undecided}`;
}

/** report.md */
export function formatPaperReport(report: PaperReport, figures: readonly PaperFigure[]): string {
  const { claims, seed, falseAlarm, tests, engine } = report;
  return `${[
    "# The paper, claim by claim",
    PAPER,
    `${summaryLine(report).replace("\n", ": ")}.`,
    `Every number comes from two routes that share nothing but the model files in examples/: quantum trajectories (independent ones, by plain sampling; mean ± standard error) and the master equation; eigenvalues and what is trapped for ever come from the spectrum of H_eff. A verdict follows from the numbers: *confirmed* where both routes agree with the statement and with the number that the paper prints, *confirmed with another number* where only the printed number is off, *not confirmed* where the statement is off or the routes disagree. Of many times the one is shown at which the trajectories are farthest off. All ${tests} tests of trajectories together call something right wrong with a probability of ${formatNumber(falseAlarm)} at most.`,
    `mcwf ${engine.version}, seed “${seed}”, kernel ${engine.kernel}.`,
    "## Claims",
    claimTable(claims),
    "## Figures",
    ...figures.map(
      ({ name, caption }) =>
        `### ${name}\n\n![${cellText(caption)}](${name}.svg)\n\n${caption} ([PNG](${name}.png))`,
    ),
    "## All checks",
    ...claims.map(checkTable),
    "## Systems",
    systemTable(report),
  ].join("\n\n")}\n`;
}

const MOST_SHOWN = 5;

function claimTable(claims: readonly ClaimOutcome[]): string {
  const cell = (checks: readonly CheckOutcome[], show: (check: CheckOutcome) => string): string => {
    // A bound and a number for the same quantity say the same here.
    const lines = [...new Set(checks.map((check) => `${placed(check)}: ${show(check)}`))];
    const shown = lines.slice(0, MOST_SHOWN);
    const more =
      lines.length > MOST_SHOWN ? [`and ${count(lines.length - MOST_SHOWN, "more", "more")}, below`] : [];
    return [...shown, ...more].join("<br>");
  };
  const rows = claims.map((claim) => {
    const checks = [...claim.holds, ...claim.printed];
    const sampled = checks.filter(({ trajectories }) => trajectories !== null);
    const links = claim.figures.map((name) => `[${name}](${name}.svg)`).join(", ");
    return [
      `${claim.where}<br>[${claim.id}](#${claim.id})${links === "" ? "" : `<br>${links}`}`,
      claim.says,
      cell(checks, ({ exact }) => number(exact)),
      cell(sampled, sampledText),
      `**${claim.verdict}**`,
      whyOf(claim),
    ];
  });
  return markdownTable(["claim", "the paper says", "exact", "trajectories ± error", "verdict", "why"], rows);
}

const AT = { always: "all times", finally: "the end" } as const;

function checkTable(claim: ClaimOutcome): string {
  const row = (check: CheckOutcome, kind: string): string[] => [
    check.label,
    kind,
    check.time === null ? "–" : typeof check.at === "number" ? `t = ${formatNumber(check.at)}` : AT[check.at],
    `${statedText(check)}${check.within > 0 ? ` ± ${formatNumber(check.within)}` : ""}`,
    number(check.exact),
    check.relation === "equals" ? check.deviation.toExponential(1) : "–",
    sampledText(check),
    check.limit === null ? "–" : `${check.limit.toFixed(1)} errors`,
    passes(check) ? "yes" : "NO",
  ];
  const head = [
    "checked",
    "as",
    "at",
    "stated",
    "exact",
    "largest deviation",
    "trajectories",
    "interval ±",
    "holds",
  ];
  const rows = [
    ...claim.holds.map((check) => row(check, "statement")),
    ...claim.printed.map((check) => row(check, "printed number")),
  ];
  return `### ${claim.id}\n\n${claim.says} — **${claim.verdict}**\n\n${markdownTable(head, rows)}`;
}

function systemTable({ systems }: PaperReport): string {
  const rows = systems.map(({ system, file, set, trajectories, agree, disagreeing }) => [
    system,
    `${file}.yaml${Object.entries(set)
      .map(([name, value]) => ` --set ${name}="${value}"`)
      .join("")}`,
    String(trajectories),
    agree ? "agree" : `DISAGREE: ${disagreeing.join(", ")}`,
  ]);
  return markdownTable(["system", "model file", "trajectories", "routes"], rows);
}

const cellText = (text: string): string => text.replaceAll("|", "\\|");
const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cellText).join(" | ")} |`).join("\n");
