import { expect, test } from "vitest";
import { csvFaults, formatComparisonCsv, formatCsv } from "#src/results/csv.js";
import { model, result } from "./sample.ts";

test("one row a time, errors beside the means, real part before imaginary part", () => {
  expect(formatCsv(result)).toBe(
    [
      "time,n,n_se,sm,sm_se,sm_im,sm_im_se",
      "0,1,0,-0,0,0.1,3",
      "0.1,0.9048374180359595,,1e+21,1,0.2,4",
      "0.30000000000000004,5e-324,1.7976931348623157e+308,1e-7,2,0.30000000000000004,",
      "",
    ].join("\n"),
  );
});

test("an exact result has no error columns", () => {
  const exact = { ...result, kind: "exact" as const, observables: { n: { mean: [1, 0.5, 0.25] } } };
  expect(formatCsv(exact).split("\n")[0]).toBe("time,n");
});

test("names are quoted as RFC 4180 says", () => {
  const odd = { ...result, observables: { 'a,"b"': { mean: [1, 2, 3] }, "c\nd": { mean: [1, 2, 3] } } };
  expect(formatCsv(odd).startsWith('time,"a,""b""","c\nd"\n0,1,1\n')).toBe(true);
});

test("headings that clash are known before a run", () => {
  const observable = (name: string, hermitian = true) => ({
    name,
    hermitian,
    operator: { terms: [], dyads: [] },
  });
  expect(csvFaults(model, "--out")).toEqual([]);
  const clash = {
    ...model,
    observables: [observable("n"), observable("n_se"), observable("z", false), observable("z_im")],
  };
  const messages = csvFaults(clash, "x.csv").map(({ message }) => message);
  expect(messages).toHaveLength(3); // n_se twice, z_im twice, z_im_se twice
  expect(messages[0]).toContain('"n" and "n_se" both give "n_se"');
  expect(csvFaults({ ...model, observables: [observable("time")] }, "x.csv")).toHaveLength(1);
});

test("a comparison has the exact values beside the means", () => {
  const exact = {
    ...result,
    observables: { n: { mean: [1, 2, 3] }, sm: { mean: [4, 5, 6], meanIm: [7, 8, 9] } },
  };
  const [header, first] = formatComparisonCsv(result, exact).split("\n");
  expect(header).toBe("time,n,n_se,n_exact,sm,sm_se,sm_im,sm_im_se,sm_exact,sm_im_exact");
  expect(first).toBe("0,1,0,1,-0,0,0.1,3,4,7");
  const renamed = {
    ...model,
    observables: ["n", "n_exact"].map((name) => ({ name, hermitian: true, operator: model.hamiltonian })),
  };
  expect(csvFaults(renamed, "--out")).toEqual([]);
  expect(csvFaults(renamed, "--out", true)).toHaveLength(1);
});
