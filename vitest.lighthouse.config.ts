import { defineConfig } from "vitest/config";

/**
 * What Lighthouse says of the site: `npm run lighthouse`.
 *
 * It measures time, and a machine that does other things meanwhile takes points away: it runs alone,
 * on its own call, and not among the tests.
 */
export default defineConfig({
  test: {
    name: "lighthouse",
    include: ["test/lighthouse/**/*.test.ts"],
    experimental: { viteModuleRunner: false },
    pool: "forks",
    hookTimeout: 240_000,
  },
});
