import { expect, test } from "vitest";
import { loadShellReader } from "../../src/node/load-shell-reader.ts";
import { createShellReader } from "../../src/shell/create-shell-reader.ts";

test("the reader is made from the installed files and reads a script", async () => {
  const readShell = await loadShellReader();
  expect(readShell("sudo git push").commands.map(({ name, wrappers }) => [name, wrappers])).toEqual(
    [
      ["sudo", []],
      ["git", ["sudo"]],
    ],
  );
});

test("the reader is made once", async () => {
  expect(await loadShellReader()).toBe(await loadShellReader());
});

test("bytes that are no grammar are refused", async () => {
  await loadShellReader();
  const grammar = new Uint8Array([0, 1, 2, 3]);
  await expect(createShellReader({ runtime: new Uint8Array(), grammar })).rejects.toThrow();
});
