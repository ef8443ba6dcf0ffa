import { expect, test } from "vitest";
import { formatNumber, formatWithError } from "#src/cli/numbers.js";

test.each([
  [0.54203, 0.0048, "0.5420 ± 0.0048"],
  [0.5, 0.00996, "0.500 ± 0.010"], // the error rounds up to the next power of ten
  [123.4, 25, "123 ± 25"],
  [1234, 250, "1234 ± 250"],
  [-0.1, 0.02, "-0.100 ± 0.020"],
  [1e-9, 2e-10, "0.00000000100 ± 0.00000000020"],
  [1e-20, 2e-20, "1e-20 ± 2.0e-20"],
  [2e9, 1e3, "2e+9 ± 1.0e+3"],
  [0.25, 0, "0.25 ± 0"],
  [0.25, null, "0.25 ± ?"],
  [0.25, undefined, "0.25"],
])("%d with error %s is %s", (mean, error, text) => {
  expect(formatWithError(mean, error)).toBe(text);
});

test.each([
  [0, "0"],
  [-0, "0"],
  [5000, "5000"],
  [2 / 3, "0.666667"],
  [1e-4, "0.0001"],
  [1.5e-5, "1.5e-5"],
  [1e7, "1e+7"],
  [1234567, "1234570"],
  [-0.5, "-0.5"],
  [1e300, "1e+300"],
])("%d is %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
