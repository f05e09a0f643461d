import { startSiteCommand } from "./start-site-command.ts";

/** Which project's site goes where. */
export interface EmbeddedSite {
  /** Absolute path of the project's root. */
  readonly root: string;
  /** The path below which the site is served: `/docs/ops`. */
  readonly base: string;
  /** Absolute path of the folder that it is written into. */
  readonly outDir: string;
}

/**
 * Builds the site of a project's runbooks into a part of another site.
 *
 * Throws, with what the command said, where it cannot be built. Writes files.
 *
 * @returns what came of it, in one line: `"160 pages of 5 runbooks in dist/ops/ (9.2s)."`.
 */
export async function buildEmbeddedSite({ root, base, outDir }: EmbeddedSite): Promise<string> {
  const args = ["build", "--base", base, "--out-dir", outDir];
  const { exitCode, stdout, stderr, shortMessage } = await startSiteCommand(root, args);
  if (exitCode !== 0) throw new Error(stderr.trim() || shortMessage);
  const [summary = ""] = stdout.split("\n");
  return summary;
}
