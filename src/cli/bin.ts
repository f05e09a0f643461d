#!/usr/bin/env node
// What the installed `opswright` starts with: V8's compiled code of the last call is loaded first.
import { enableCompileCache } from "node:module";
import path from "node:path";
import process from "node:process";

const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
const folder = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && path.join(HOME, ".cache"));

// Node's own choice would be a folder in /tmp, which somebody else could have filled.
const cache = NODE_COMPILE_CACHE || (folder && path.join(folder, "opswright", "compiled"));
if (cache) enableCompileCache(cache);

await import("./main.ts");
