import { Language, Parser } from "web-tree-sitter";
import type { ReadShell } from "../model/shell-script.ts";
import { readScript } from "./read-script.ts";

/**
 * Makes a reader of shell scripts from the two WebAssembly files' bytes: web-tree-sitter's runtime and
 * tree-sitter-bash's grammar.
 *
 * Takes about 25 ms, once; each script then takes a fraction of a millisecond. Throws where the bytes
 * are no such files. No I/O.
 */
export async function createShellReader(assets: {
  runtime: Uint8Array;
  grammar: Uint8Array;
}): Promise<ReadShell> {
  // Emscripten's types want an ArrayBuffer; the runtime takes either
  await Parser.init({ wasmBinary: assets.runtime.slice().buffer });
  const parser = new Parser();
  parser.setLanguage(await Language.load(assets.grammar));
  return (script) => readScript(script, parser);
}
