import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { completeLockFile, type LockFile } from "../scripts/complete-lock-file.ts";

const text = await readFile(new URL("../package-lock.json", import.meta.url), "utf8");
const lock = JSON.parse(text) as LockFile;

describe("package-lock.json", () => {
  test("names the packages of each platform: without them `npm ci` fails", () => {
    expect(
      Object.keys(completeLockFile(lock).packages),
      "Run: node scripts/complete-lock-file.ts",
    ).toEqual(Object.keys(lock.packages));
  });

  test("names no registry host, so that it works with each mirror", () => {
    const places = Object.entries(lock.packages).filter(([, locked]) => locked.resolved);
    expect(places.map(([place, { resolved }]) => [place, resolved])).toEqual([
      ["node_modules/dev-node", "scripts/dev-node"],
    ]);
  });
});

describe("completeLockFile", () => {
  const owner = {
    version: "1.0.0",
    dev: true,
    license: "MIT",
    optionalDependencies: {
      "@tool/binding-linux-x64-gnu": "1.0.0",
      "@tool/binding-linux-arm64-musl": "1.0.0",
      "@tool/darwin-arm64": "1.0.0",
    },
  };

  test("adds what is missing, with its platform, and leaves the rest alone", () => {
    const present = { version: "1.0.0", os: ["linux"], cpu: ["x64"] };
    const { packages } = completeLockFile({
      packages: {
        "": {},
        "node_modules/@tool/binding-linux-x64-gnu": present,
        "node_modules/tool": owner,
      },
    });
    const about = { version: "1.0.0", dev: true, license: "MIT", optional: true, cpu: ["arm64"] };
    expect(packages).toEqual({
      "": {},
      "node_modules/@tool/binding-linux-arm64-musl": { ...about, os: ["linux"], libc: ["musl"] },
      "node_modules/@tool/binding-linux-x64-gnu": present,
      "node_modules/@tool/darwin-arm64": { ...about, os: ["darwin"] },
      "node_modules/tool": owner,
    });
    expect(Object.keys(packages)[0]).toBe("");
  });

  test("does not guess the platform of a package whose name has none", () => {
    const packages = { "node_modules/a": { optionalDependencies: { fsevents: "1.0.0" } } };
    expect(() => completeLockFile({ packages })).toThrow(/fsevents .* install it/);
  });
});
