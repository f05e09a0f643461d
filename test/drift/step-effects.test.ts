import { expect, test } from "vitest";
import { changesSystem, findLosses } from "../../src/drift/step-effects.ts";
import type { CommandStep } from "../../src/model/runbook.ts";
import { compileText, fence, mdx } from "../compile/compile-text.ts";

function stepOf(script: string, info = "bash"): CommandStep {
  const [step] = compileText(mdx(fence(info, script))).value?.steps ?? [];
  if (step?.kind !== "command") throw new Error(`There is no command in ${script}.`);
  return step;
}

test.each([
  ["sudo -u postgres dropdb app", "dropdb app"],
  ['psql -c "DROP TABLE members"', 'psql -c "DROP TABLE members"'],
  ["git push origin develop --force", "git push origin develop --force"],
  ["git reset --hard HEAD~3", "git reset --hard HEAD~3"],
  ["rm -rf /var/lib/app", "rm -rf /var/lib/app"],
  ["kubectl -n web delete pvc data-0", "kubectl -n web delete pvc data-0"],
  ["docker compose down --volumes", "docker compose down --volumes"],
  ["alembic downgrade -1", "alembic downgrade -1"],
])("%s loses data", (script, expected) => {
  const [loss] = findLosses(stepOf(script));
  expect(script.slice(loss?.range.start, loss?.range.end)).toContain(expected);
});

test.each([
  "rm -rf ./build /tmp/x",
  "kubectl delete pod db-0",
  "git reset --hard origin/main",
  "git branch -D topic",
  "docker system prune -f",
  "systemctl stop app",
  "curl -X DELETE http://localhost/silences/1",
])("%s loses nothing that does not come back", (script) => {
  expect(findLosses(stepOf(script))).toEqual([]);
});

test("believes the author of a command that nobody knows", () => {
  expect(findLosses(stepOf("wipe-tenant x", "bash risk=destructive"))).toHaveLength(1);
  expect(findLosses(stepOf("kubectl delete pod db-0", "bash risk=destructive"))).toEqual([]);
});

test.each([
  "systemctl restart app",
  "git push",
  "echo 1 >/etc/app.conf",
  "cp app.conf /etc/app.conf",
  "sed -i s/a/b/ /etc/app.conf",
  "kubectl apply -f app.yaml",
])("%s changes what others use", (script) => {
  expect(changesSystem(stepOf(script))).toBe(true);
});

test.each([
  "uptime",
  "/usr/bin/kubectl logs api >log",
  "mkdir -p out; cp /etc/app.conf out",
  "git switch develop; git commit -am x",
  "pip install alembic",
  "tar -xf dump.tar -C /tmp/x",
])("%s is its operator's own affair", (script) => {
  expect(changesSystem(stepOf(script))).toBe(false);
});
