import { defineConfig } from "vitest/config";
import { viteSchema } from "./scripts/schema.js";

const report = process.env.RECCTL_TEST_REPORT;

export default defineConfig({
  plugins: [viteSchema],
  test: {
    include: ["test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    // Most tests wait, for processes or for time: two workers would leave a core idle now and then.
    maxWorkers: 3,
    // Processes are started by the hundred; a busy machine must not fail them.
    testTimeout: 60_000,
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    coverage: { include: ["src/**"] },
  },
});
