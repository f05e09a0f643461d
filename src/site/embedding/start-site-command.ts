import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { findSiteSources } from "../find-site-sources.ts";

/**
 * Starts `opswright site …` of this very package as a process of its own, in `root`; its outputs are
 * collected, and a server ends with this process, however that ends. Starts a process.
 */
export function startSiteCommand(root: string, args: readonly string[]) {
  const { packageRoot, isBuilt } = findSiteSources();
  const program = path.join(packageRoot, isBuilt ? "dist/cli/bin.js" : "src/cli/bin.ts");
  return execa(process.execPath, [program, "site", ...args], {
    cwd: root,
    reject: false,
    stdin: "ignore",
    // By its end the command knows of ours, also of one by force.
    ipc: true,
    // Astro sets it for its own; the two sites need not agree.
    env: { NODE_ENV: undefined, NO_COLOR: "1" },
  });
}
