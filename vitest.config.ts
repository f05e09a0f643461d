import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const folders = ["contract", "cli", "world", "remote", "site", "browser"] as const;

/**
 * One project a kind of test: `unit` (a stage alone), `contract` (a port against the real thing),
 * `cli` (the command as a person types it), `world` (drills in a provisioned world), `remote`
 * (an SSH server of the tests' own), `site` (what is
 * built) and `browser` (what Chromium makes of it).
 *
 * `scripts/test` decides which of them the machine can run.
 */
export default defineConfig({
  test: {
    // Tests run the sources as Node itself does, as the command line does: nothing is rewritten.
    experimental: { viteModuleRunner: false },
    pool: "forks",
    // Drills run side by side; each has a database, a service and a shell of its own.
    maxConcurrency: 3,
    // Most tests wait for processes that they start.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // A process for each of these files takes longer than most of them do. They share what is
          // loaded, and nothing else: stages keep no state but what they have read of a text.
          isolate: false,
          // A test that hangs is told, and a slow machine is no failure.
          testTimeout: 60_000,
          include: ["test/**/*.test.ts"],
          exclude: [
            ...folders.map((folder) => `test/${folder}/**`),
            "test/fixtures/**",
            "test/lighthouse/**",
          ],
        },
      },
      ...folders.map((folder) => ({
        extends: true as const,
        test: {
          name: folder,
          include: [`test/${folder}/**/*.test.ts`],
          // Each test here starts processes; the machine sets their pace, not the test.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
