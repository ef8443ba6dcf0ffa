// npm run bench: times every row of bench/workloads.ts, interleaved with its reference in C; see README.md beside it.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Measured, measure } from "./measure.ts";
import { askQutip, OLDEST_QUTIP, qutipVersion, References } from "./references.ts";
import { allRows, type Row } from "./rows.ts";
import { markdownTable, textTable } from "./table.ts";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "7" },
    json: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
    growth: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  if (options.growth) {
    await (await import("./growth.ts")).drawGrowth();
    return;
  }
  const references = new References();
  try {
    const wanted = (name: string) =>
      options.only.length === 0 || options.only.some((part) => name.includes(part));
    const rows = allRows(references).filter(({ name }) => wanted(name));
    const measured = await measure(rows, references, Number(options.rounds));
    const qutip = qutipVersion();
    const all = measured.map((row) => (isUsable(qutip) ? withPeer(row) : row));
    print(all, [machine(), compilerLine(references), peerLine(qutip, rows)]);
  } finally {
    references.close();
  }
}

function withPeer(measured: Measured): Measured {
  const { peer, name } = measured.row;
  if (!peer) return measured;
  try {
    return { ...measured, peer: askQutip(peer.script, peer.args) };
  } catch (error) {
    console.error(`${name}: QuTiP failed: ${String(error)}`);
    return measured;
  }
}

const machine = () => {
  const all = cpus();
  return `${all.length} x ${all[0]?.model.trim()}, Node ${process.version}`;
};
const compilerLine = ({ compiler }: References) =>
  compiler === null ? "C references: skipped, there is no C compiler (cc)" : `C references: ${compiler}`;
const isUsable = (version: string | null) => Number.parseInt(version ?? "0", 10) >= OLDEST_QUTIP;
const peerLine = (version: string | null, rows: readonly Row[]) => {
  if (version === null) return "QuTiP: skipped, python3 does not have it";
  if (!isUsable(version)) return `QuTiP: skipped, ${version} found, ${OLDEST_QUTIP} needed`;
  const long = rows.filter(({ peer }) => peer === null).map(({ name }) => name);
  return `QuTiP ${version}${long.length > 0 ? ` (left out, over a minute: ${long.join("; ")})` : ""}`;
};

function print(all: readonly Measured[], notes: readonly string[]): void {
  if (options.json) {
    const rows = all.map(({ row: { name, unit, demand, ratioDemand }, ...figures }) => {
      return { name, unit, demand, ratioDemand, ...figures };
    });
    console.log(JSON.stringify({ notes, rows }, null, 1));
  } else console.log((options.table ? markdownTable : textTable)(all, notes));
}

await main();
