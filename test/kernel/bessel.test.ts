import { test } from "vitest";
import { Buffer, expectClose, kernel } from "../support/kernel-functions.ts";

test("Bessel functions by their integral over one period, which the trapezium rule gives exactly", () => {
  const count = 65;
  const points = 256;
  const angle = (j: number): number => (2 * Math.PI * j) / points;
  for (const x of [0, 1e-9, 1e-3, 0.5, 3, 17, 40, 70]) {
    const out = new Buffer([], count);
    kernel.besselJ(x, count, out.address);
    const expected = Array.from({ length: count }, (_, k) => {
      const terms = Array.from({ length: points }, (_unused, j) =>
        Math.cos(k * angle(j) - x * Math.sin(angle(j))),
      );
      return terms.reduce((s, t) => s + t, 0) / points;
    });
    // The angles k theta are off by 2^-53 of their size.
    expectClose(out.read(), expected, 1e-13);
  }
});
