import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { ReadShell } from "../model/shell-script.ts";
import { createShellReader } from "../shell/create-shell-reader.ts";

let shared: Promise<ReadShell> | undefined;

/**
 * The reader of shell scripts, made from the two WebAssembly files that npm installed.
 *
 * Reads the files on the first call; later calls share the reader. Rejects where a file cannot be read.
 */
export function loadShellReader(): Promise<ReadShell> {
  // V8's optimising compiler takes half a gigabyte and most of a second for the grammar's one large
  // function, and gains nothing that a check of a thousand documents could measure.
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
  shared ??= readAssets().then(createShellReader);
  return shared;
}

async function readAssets(): Promise<{ runtime: Uint8Array; grammar: Uint8Array }> {
  const [runtime, grammar] = await Promise.all([
    readFile(fileURLToPath(import.meta.resolve("web-tree-sitter/web-tree-sitter.wasm"))),
    readFile(fileURLToPath(import.meta.resolve("tree-sitter-bash/tree-sitter-bash.wasm"))),
  ]);
  return { runtime, grammar };
}
