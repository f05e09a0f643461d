import { defineConfig } from "vitest/config";

/** What Lighthouse says of the site: it measures time, so nothing else may run beside it. */
export default defineConfig({
  test: {
    name: "lighthouse",
    include: ["test/lighthouse/**/*.test.ts"],
    experimental: { viteModuleRunner: false },
    pool: "forks",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
