import { defineConfig } from "vitest/config";

const globalSetup = ["test/support/testing-kernel.ts"];
const setupFiles = ["test/support/property-seed.ts"];

// Files share what they import; loading it anew for each of them took half of the time.
const isolate = false;

// `fast` is what `npm test` runs; `slow` holds the statistical, stress and size suites (*.slow.test.ts).
export default defineConfig({
  test: {
    // Vitest leaves one core free by default; on two cores that would double the time.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "fast",
          isolate,
          globalSetup,
          setupFiles,
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.slow.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "slow",
          isolate,
          globalSetup,
          setupFiles,
          include: ["test/**/*.slow.test.ts"],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
