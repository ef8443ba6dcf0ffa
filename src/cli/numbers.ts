/** Decimals beyond this are rounding noise next to the error. */
const MOST_DECIMALS = 12;
const DIGITS = 6;

/** A mean with its standard error, both to the error's second digit: "0.5420 ± 0.0048". "?" where it is not known. */
export function formatWithError(mean: number, error: number | null | undefined): string {
  if (error === undefined) return formatNumber(mean);
  if (error === null) return `${formatNumber(mean)} ± ?`;
  if (error === 0) return `${formatNumber(mean)} ± 0`;
  // The exponent of the error as it will be printed: 0.00996 rounds to 0.010.
  const exponent = Number(error.toExponential(1).split("e")[1]);
  const decimals = 1 - exponent;
  if (decimals > MOST_DECIMALS || Math.abs(mean) >= 1e7 || exponent >= 7) {
    return `${formatNumber(mean)} ± ${error.toExponential(1)}`;
  }
  const places = Math.max(0, decimals);
  return `${mean.toFixed(places)} ± ${error.toFixed(places)}`;
}

/** Six digits, without zeros at the end, as a power of ten only where it would be long. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return value.toExponential(DIGITS - 1).replace(/\.?0+e/, "e");
  const fixed = value.toPrecision(DIGITS);
  return fixed.includes(".") && !fixed.includes("e") ? fixed.replace(/\.?0+$/, "") : String(Number(fixed));
}
