import { InputError } from "../base/errors.ts";
import type { JumpList } from "../results/trajectories.ts";

/** Jump records as a file has them. */
export interface RecordTable extends JumpList {
  /** Of the trajectory of each jump; null with plain sampling, where all weigh the same. */
  readonly weight: readonly number[] | null;
}

const HEADER = ["trajectory", "time", "channel"];
const MOST_FAULTS = 10;

/** Reads the text of a file that RecordsFile has written. Throws InputError with the lines that are not as they must be. */
export function parseRecords(text: string, file: string): RecordTable {
  const rows = splitCsv(text);
  const header = rows[0]?.fields.join(",");
  const weighted = header === [...HEADER, "weight"].join(",");
  if (!weighted && header !== HEADER.join(",")) {
    const message = `must have the columns trajectory,time,channel and perhaps weight, but has ${JSON.stringify((header ?? "").slice(0, 80))}`;
    throw new InputError([{ file, line: 1, column: 1, where: "", message }]);
  }
  const table = { trajectory: [] as number[], time: [] as number[], channel: [] as string[] };
  const weight: number[] = [];
  const wrong: number[] = [];
  for (const { fields, line } of rows.slice(1)) {
    const [trajectory = "", time = "", channel = "", share = ""] = fields;
    // The branch without any jump has a weight and nothing else.
    if (weighted && trajectory === "" && time === "" && channel === "") continue;
    if (isRow(fields, weighted)) {
      table.trajectory.push(Number(trajectory));
      table.time.push(Number(time));
      table.channel.push(channel);
      weight.push(Number(share));
    } else wrong.push(line);
  }
  if (wrong.length > 0) {
    const message = `must be a jump (trajectory, time >= 0, channel${weighted ? ", weight" : ""}), but is not`;
    throw new InputError(
      wrong.slice(0, MOST_FAULTS).map((line) => ({ file, line, column: 1, where: "", message })),
    );
  }
  return { ...table, weight: weighted ? weight : null };
}

function isRow(fields: readonly string[], weighted: boolean): boolean {
  const [trajectory = "", time = "", channel = "", weight = ""] = fields;
  const isNumber = (field: string) =>
    field.trim() !== "" && Number(field) >= 0 && Number.isFinite(Number(field));
  return (
    fields.length === (weighted ? 4 : 3) &&
    /^\d+$/.test(trajectory) &&
    isNumber(time) &&
    channel !== "" &&
    (!weighted || isNumber(weight))
  );
}

/** Fields of CSV text as RFC 4180 has it, with the line that each row starts in; empty lines are left out. */
function splitCsv(text: string): { readonly fields: string[]; readonly line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  let [fields, line, rowLine]: [string[], number, number] = [[], 1, 1];
  for (const [, quoted, plain, end = ""] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    line += (quoted?.split("\n").length ?? 1) - 1 + (end.endsWith("\n") ? 1 : 0);
    if (end === ",") continue;
    if (fields.length > 1 || fields[0] !== "") rows.push({ fields, line: rowLine });
    [fields, rowLine] = [[], line];
  }
  return rows;
}
