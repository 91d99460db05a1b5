import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/slowest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 4,
    // Loading the sandbox takes a second of CPU, so files share workers; no test leaves anything behind in a module.
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    globalSetup: "test/shipped.ts",
  },
});
