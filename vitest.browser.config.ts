import { defineConfig } from "vitest/config";

/**
 * Every test of the site in a browser, `npm run test:browser`: those of `npm test`, those that take
 * minutes, and what Lighthouse says, which measures time and wants a machine that does nothing else.
 */
export default defineConfig({
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts", "test/lighthouse/**/*.test.ts"],
    experimental: { viteModuleRunner: false },
    pool: "forks",
    // One browser at a time: Lighthouse measures.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
