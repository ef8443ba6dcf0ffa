// Adds up vitest's JSON reports: names the skipped tests, then one line "N passed, N failed". Exit 1 on any failure.
import { readFileSync } from "node:fs";

let [passed, failed] = [0, 0];
for (const path of process.argv.slice(2)) {
  const report = read(path);
  if (report === undefined) {
    console.log(`no report at ${path}: the suite did not finish`);
    failed += 1;
    continue;
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const file of report.testResults) {
    const skipped = file.assertionResults.filter(({ status }) => status !== "passed" && status !== "failed");
    for (const { fullName } of skipped) console.log(`skipped: ${file.name}: ${fullName}`);
    if (file.status === "failed" && file.assertionResults.length === 0) {
      console.log(`did not load: ${file.name}`);
      failed += 1;
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
