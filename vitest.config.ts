import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    // Processes are started by the hundred; a busy machine must not fail them.
    testTimeout: 60_000,
    reporters: ["default"],
    coverage: { include: ["src/**"] },
  },
});
