import { expect, test } from "vitest";
import { isSlip } from "../../src/compile/is-slip.ts";

test.each([
  ["timeot", "timeout"],
  ["timout", "timeout"],
  ["tiemout", "timeout"],
  ["TIMEOT", "timeout"],
  ["chek", "check"],
  ["exti", "exit"],
  ["reviewd", "reviewed"],
  ["continue-on-eror", "continue-on-error"],
  ["procedurs", "procedures"],
])("%s is a slip for %s", (name, known) => {
  expect(isSlip(name, known)).toBe(true);
});

test.each([
  ["timeout", "timeout"],
  ["step", "stop"],
  ["edit", "exit"],
  ["disk", "risk"],
  ["reviewer", "reviewed"],
  ["creator", "created"],
  ["related", "created"],
  ["contents", "contacts"],
  ["sample", "example"],
  ["checked", "check"],
  ["tag", "tags"],
  ["service", "services"],
  ["estimated", "estimate"],
  ["ech", "env"],
  ["", "id"],
])("%s is a word of its own beside %s", (name, known) => {
  expect(isSlip(name, known)).toBe(false);
});
