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
    // Nor must a slow disk: what hooks put up and take away are whole installations.
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    // On a busy machine what two sides race for may come out the rarer way: once more is asked there, and told.
    retry: Number(process.env.RECCTL_TEST_RETRY ?? 0),
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    coverage: { include: ["src/**"] },
  },
});
