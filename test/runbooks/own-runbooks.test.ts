import path from "node:path";
import { defineRunbookTests } from "../../src/vitest.ts";

await defineRunbookTests({ root: path.resolve(import.meta.dirname, "../.."), failsOn: "warning" });
