import { expect, it } from "vitest";
import { nameScriptKey } from "../../src/run/name-script-key.ts";

it.each([
  [2, "push", "main", "002-push"],
  [1000, "push", "main", "1000-push"],
  [3, "backup/dump", "main", "003-backup.dump"],
  [1, "../../etc/passwd", "rollback", "rollback-001-......etc.passwd"],
  [1, "größe x", "main", "001-gr..e.x"],
  [1, "a".repeat(300), "main", `001-${"a".repeat(150)}`],
] as const)("step %d %j of %s has the key %j", (number, id, phase, key) => {
  expect(nameScriptKey({ number, id }, phase)).toBe(key);
});
