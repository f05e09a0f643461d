import { describe, expect, test } from "vitest";
import type { DiagnosticCode } from "../../src/model/diagnostic.ts";
import type { DiagnosticsDocument } from "../../src/report/diagnostics-to-json.ts";
import { catalogueCodes } from "../../src/report/catalogue.ts";
import { provokingCases } from "./diagnostics-table.ts";
import { createProject } from "./run-opswright.ts";

test("each code of the catalogue has a case that provokes it", () => {
  expect(Object.keys(provokingCases).toSorted()).toEqual(catalogueCodes.toSorted());
});

describe.concurrent("a call provokes", () => {
  const codes = Object.keys(provokingCases) as DiagnosticCode[];

  test.each(codes)("%s", async (code) => {
    const provoking = provokingCases[code];
    if (provoking === undefined) throw new Error(`There is no case for ${code}.`);
    const {
      files,
      args = ["check"],
      options,
      exitCode,
      severity = "error",
      message,
      hint,
      line,
    } = provoking;
    await using project = await createProject(files);
    const call = await project.run([...args, "--json"], { ...options, isRaw: true });
    expect(call.stderr).toBe("");
    const { diagnostics } = JSON.parse(call.stdout) as DiagnosticsDocument;
    const found = diagnostics.find((one) => one.code === code);
    expect(found, call.stdout).toMatchObject({ severity, line, hint });
    const isOpen = message.endsWith("…");
    const said = found?.message ?? "";
    expect(isOpen ? `${said.slice(0, message.length - 1)}…` : said).toBe(message);
    expect(call.exitCode).toBe(exitCode);
  });
});
