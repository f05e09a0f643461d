import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findPrograms } from "../../src/node/find-program.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

describe("findPrograms", () => {
  it("finds every executable of the name on PATH, in its order, once each", () => {
    const folder = makeTemporaryFolder();
    for (const name of ["a", "b", "c", "d"]) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, "a", "tool"), "", { mode: 0o644 });
    writeFileSync(path.join(folder, "b", "tool"), "", { mode: 0o755 });
    mkdirSync(path.join(folder, "c", "tool"));
    writeFileSync(path.join(folder, "d", "tool"), "", { mode: 0o755 });
    const where = {
      path: `${folder}/a:${folder}/d:${folder}/c:b:${folder}/b:/none`,
      directory: folder,
    };

    expect(findPrograms("tool", where)).toEqual([`${folder}/d/tool`, `${folder}/b/tool`]);
    expect(findPrograms("b/tool", where)).toEqual([`${folder}/b/tool`]);
    expect(findPrograms("a/tool", where)).toEqual([]);
    expect(findPrograms("other", where)).toEqual([]);
    expect(findPrograms("tool", { ...where, path: undefined })).toEqual([]);
  });
});
