import { CLICK_QUANTITIES } from "../results/clicks.ts";
import { quote } from "../results/csv.ts";
import { formatNumber } from "../results/numbers.ts";
import { writersOf } from "../results/writers.ts";
import type { ClickPoint } from "./estimate.ts";
import type { ClickStatistics } from "./statistics.ts";

/**
 * One row a point: detector, quantity (numbers, firstWait, rate, waits, g2), the bin from .. to (numbers of clicks: from is
 * the number, an empty `to` means "and more"), value, its standard error, the exact value, z and the test's p-value. What
 * is not known is an empty field.
 */
export function formatClicksCsv({ detectors }: ClickStatistics): string {
  const rows = detectors.flatMap((detector) =>
    CLICK_QUANTITIES.flatMap((quantity) =>
      detector[quantity].map((point) => [quote(detector.name), quantity, ...fields(point)].join(",")),
    ),
  );
  const header = "detector,quantity,from,to,value,standard_error,exact,z,p_value";
  return `${[header, ...rows].join("\n")}\n`;
}

const fields = ({ from, to, value, standardError, exact, z, pValue }: ClickPoint): string[] =>
  [from, to, value, standardError, exact, z, pValue].map((x) =>
    x === null ? "" : formatNumber(x, "clicks"),
  );

export const clicksWriterFor = writersOf(formatClicksCsv);
