import type { JumpRecords } from "../kernel/types.ts";
import { AtomicFile } from "../results/atomic.ts";
import { quote } from "../results/csv.ts";
import { byEnding } from "../results/endings.ts";

/** Throws InputError unless the name ends as the format asks. */
export function checkRecordsName(path: string, option: string): void {
  byEnding({ ".csv": true }, path, option);
}

/** Rows that are turned into one piece of text at a time. */
const ROWS = 16384;
const BLOCK = 1 << 20;
/** Ends a row whose weight is not known yet; a name of a channel may hold a line break, but not this. */
const UNWEIGHTED = "\0";

/**
 * CSV file of jump records: trajectory,time,channel and one row a jump, ordered by trajectory, then time. Rows go to the
 * disk as they come, so memory does not depend on their number; the file appears under its name when it is complete.
 *
 * With stratified sampling the trajectories do not have the weight 1/n each, and the branch without any jump is not among
 * them: a fourth column gives the weight of the trajectory, jumpWeight / n, and a first row with nothing else in it the
 * weight of that branch. Weights are known at the end only, so rows without them wait in a file beside.
 */
export class RecordsFile {
  readonly #path: string;
  readonly #channels: readonly string[];
  readonly #weighted: boolean;
  readonly #rows: AtomicFile;
  #length = 0;

  private constructor(path: string, channels: readonly string[], weighted: boolean, rows: AtomicFile) {
    this.#path = path;
    this.#channels = channels;
    this.#weighted = weighted;
    this.#rows = rows;
  }

  /**
   * @param channels names by index in the records
   * @throws WriteError
   */
  static async create(path: string, channels: readonly string[], weighted: boolean): Promise<RecordsFile> {
    const rows = await AtomicFile.create(path);
    if (!weighted) rows.writeNow("trajectory,time,channel\n");
    return new RecordsFile(path, channels.map(quote), weighted, rows);
  }

  /** Number of jumps so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds the records that follow; they are on their way to the disk when it returns, which keeps a run from going faster
   * than the disk.
   * @throws WriteError
   */
  add({ trajectory, time, channel }: JumpRecords): void {
    this.#length += time.length;
    const end = this.#weighted ? UNWEIGHTED : "\n";
    for (let from = 0; from < time.length; from += ROWS) {
      let text = "";
      for (let i = from; i < Math.min(from + ROWS, time.length); i++) {
        text += `${trajectory[i]},${time[i]},${this.#channels[channel[i] ?? 0]}${end}`;
      }
      this.#rows.writeNow(text);
    }
  }

  /**
   * Completes the file.
   * @param jumpWeight weight of what the trajectories sample; 1 with plain sampling
   * @throws WriteError
   */
  async finish(trajectories: number, jumpWeight: number): Promise<void> {
    if (!this.#weighted) return this.#rows.commit();
    const file = await AtomicFile.create(this.#path);
    try {
      await file.write(`trajectory,time,channel,weight\n,,,${1 - jumpWeight}\n`);
      const ending = `,${jumpWeight / trajectories}\n`;
      let position = 0;
      for (
        let block = await this.#rows.read(position, BLOCK);
        block.length > 0;
        block = await this.#rows.read(position, BLOCK)
      ) {
        position += block.length;
        // One byte a character, so that a name may be cut anywhere.
        const text = Buffer.from(block).toString("latin1").replaceAll(UNWEIGHTED, ending);
        await file.write(Buffer.from(text, "latin1"));
      }
      await file.commit();
    } finally {
      await file.discard();
      await this.discard();
    }
  }

  /** Removes what was written, unless it is finished. */
  discard(): Promise<void> {
    return this.#rows.discard();
  }
}
