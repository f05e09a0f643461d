import { expect, test } from "vitest";
import { looksAtSomething } from "../../src/drift/looking-commands.ts";
import { readCommandStep } from "./read-command-step.ts";

test.each([
  "systemctl is-active app",
  "kubectl -n web get pods",
  "docker logs app",
  "curl http://localhost/ >answer",
  "psql -c 'select 1'",
  "ssh web-1 tail /var/log/app.log",
  "./scripts/smoke",
])("%s looks at something", (script) => {
  expect(looksAtSomething(readCommandStep(script), 0)).toBe(true);
});

test.each([
  "echo done",
  "cd /srv; export A=b; date",
  "systemctl restart app",
  "sudo systemctl restart app",
  "ssh web-1 systemctl restart app",
  "git commit --all --message x",
])("%s does not look", (script) => {
  expect(looksAtSomething(readCommandStep(script), 0)).toBe(false);
});

test("only what stands behind the place counts", () => {
  const step = readCommandStep("uptime\nsystemctl restart app");
  expect([looksAtSomething(step, 0), looksAtSomething(step, 7)]).toEqual([true, false]);
});

test("what another language does is believed", () => {
  expect(looksAtSomething(readCommandStep("print(1)", "python run"), 0)).toBe(true);
});
