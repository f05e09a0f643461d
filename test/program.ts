import path from "node:path";
import process from "node:process";

const repository = path.resolve(import.meta.dirname, "..");

/**
 * The program that the tests start, an absolute path: the sources, or what `OPSWRIGHT_PROGRAM` names
 * below the repository, as the bundle that is published (`dist/cli/bin.js`).
 */
export const program = path.resolve(
  repository,
  process.env["OPSWRIGHT_PROGRAM"] || "src/cli/main.ts",
);
