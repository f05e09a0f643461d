import { mkdir, writeFile } from "node:fs/promises";
import { renderDiagnosticsPage } from "../src/report/render-explanation.ts";

const page = new URL("../docs/diagnostics.md", import.meta.url);
await mkdir(new URL(".", page), { recursive: true });
await writeFile(page, renderDiagnosticsPage());
