// Rounds in which all rows take turns, so that a machine that slows down slows all of them.
import { max, median, min } from "simple-statistics";
import type { PeerTime, References } from "./references.ts";
import type { Row, Timer } from "./rows.ts";

/** The yardstick, one complex 16 x 16 product in C, on the machine that the demands are meant for. */
const YARDSTICK_NS = 43;
const YARDSTICK_UNITS = 20_000;
/** A row that has taken so long is not asked again, but for two rounds. */
const ROW_SECONDS = 5;

export interface Measured {
  readonly row: Row;
  readonly rounds: number;
  readonly median: number;
  readonly fastest: number;
  /** Median of the rounds, each scaled by the yardstick timed just before it; null without a C compiler. */
  readonly scaled: number | null;
  /** Fastest of the reference in C, if the row has one. */
  readonly reference: number | null;
  /** fastest / reference */
  readonly ratio: number | null;
  readonly peer?: PeerTime;
}

interface Running {
  readonly row: Row;
  readonly timer: Timer;
  readonly values: number[];
  readonly scaled: number[];
  readonly references: number[];
  spent: number;
}

export async function measure(
  rows: readonly Row[],
  references: References,
  rounds: number,
): Promise<Measured[]> {
  const running: Running[] = [];
  for (const row of rows) {
    say(`preparing ${row.name}`);
    running.push({ row, timer: await row.prepare(), values: [], scaled: [], references: [], spent: 0 });
  }
  for (let round = 0; round < rounds; round++) {
    for (const each of running) {
      if (each.spent > ROW_SECONDS * 1000 && round > 1) continue;
      say(`round ${round + 1} of ${rounds}: ${each.row.name}`);
      await measureOnce(each, references);
    }
  }
  say("");
  return running.map(summary);
}

/** What is being done, on a terminal. */
function say(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${what.padEnd(70)}\r`);
}

async function measureOnce(each: Running, references: References): Promise<void> {
  const yardstick = await references.get("matvec16")?.time(YARDSTICK_UNITS);
  const start = performance.now();
  const { value, reference } = await each.timer();
  each.spent += performance.now() - start;
  each.values.push(value);
  if (reference !== null) each.references.push(reference);
  // Two threads are not told by one core's speed.
  if (yardstick !== undefined && each.row.unit !== "x")
    each.scaled.push((value * YARDSTICK_NS) / yardstick.nanoseconds);
}

function summary({ row, values, scaled, references }: Running): Measured {
  const best = row.unit === "x" ? max : min;
  const fastest = best(values);
  const reference = references.length > 0 ? best(references) : null;
  return {
    row,
    rounds: values.length,
    median: median(values),
    fastest,
    scaled: scaled.length > 0 ? median(scaled) : null,
    reference,
    ratio: reference === null ? null : fastest / reference,
  };
}
