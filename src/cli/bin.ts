#!/usr/bin/env node
// What the installed `opswright` starts with: V8's compiled code of the last call is loaded first.
import module from "node:module";
import path from "node:path";
import process from "node:process";
import { findCacheFolder } from "../node/find-cache-folder.ts";

// An older one fails at the first thing that it does not know, in words that help nobody.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `error: Opswright needs Node 22.12 or newer, and this is Node ${process.versions.node}.\n` +
      "Install a newer one: https://nodejs.org\n",
  );
  process.exit(6);
}

const { NODE_COMPILE_CACHE } = process.env;
const folder = findCacheFolder();

// Node's own choice would be a folder in /tmp, which somebody else could have filled.
const cache = NODE_COMPILE_CACHE || (folder && path.join(folder, "opswright", "compiled"));
if (cache) module.enableCompileCache(cache);

await import("./main.ts");
