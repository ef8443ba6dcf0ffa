import { NumericsError } from "../base/errors.ts";

/**
 * The shortest decimal text that reads back as exactly the same double, -0 included. NaN and infinities have no place
 * in a result (JSON cannot even hold them): they are refused by name instead of being turned into null.
 */
export function formatNumber(value: number, where: string): string {
  if (!Number.isFinite(value)) throw new NumericsError(`result.${where} must be finite, but is ${value}`);
  return Object.is(value, -0) ? "-0" : String(value);
}
