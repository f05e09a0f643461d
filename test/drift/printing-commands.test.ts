import { expect, test } from "vitest";
import { isPassingOn, isPrinting } from "../../src/drift/printing-commands.ts";
import { readShell } from "../compile/compile-text.ts";

function commandOf(script: string): NonNullable<ReturnType<typeof readShell>["commands"][number]> {
  const command = readShell(script).commands.at(-1);
  if (command === undefined) throw new Error(`There is no command in ${script}.`);
  return command;
}

test.each([
  "git status --short",
  "git -C app log --oneline -5",
  "git diff HEAD~1",
  "git stash list",
  "docker ps --filter name=db",
  "docker compose ps",
  "docker-compose ps",
  "kubectl get pods -n web -o wide",
  "kubectl -n web get pods,svc",
  "kubectl top nodes",
  "helm list -A",
  "curl -sS -o /dev/null -w '%{http_code}' http://localhost",
  "sudo ss -tlnp",
  "ls -la .",
  "ps aux",
  "journalctl -u app -n 50",
  "systemctl list-units --failed",
  "echo done",
])("%s prints whatever it finds", (script) => {
  expect(isPrinting(commandOf(script))).toBe(true);
});

test.each([
  "git diff --exit-code",
  "git log origin/main..main",
  "git push",
  "docker inspect ip2a-db",
  "docker compose ps db",
  "kubectl get pod db-0",
  "kubectl get pod/db-0",
  "kubectl get -f app.yaml",
  "kubectl wait --for=condition=ready pod",
  "curl -fsS http://localhost",
  "curl --fail-with-body http://localhost",
  "ssh web uptime",
  "timeout 5 uptime",
  "ls backups/app.dump",
  "cat VERSION",
  "ps -p 12",
  "journalctl --grep ready",
  "systemctl status app",
  "grep ready state",
  "./status",
  '"$TOOL" status',
])("%s can say no, or is not known", (script) => {
  expect(isPrinting(commandOf(script))).toBe(false);
});

test("tells what only hands on what it is given", () => {
  expect(isPassingOn(commandOf("date | head -1"))).toBe(true);
  expect(isPassingOn(commandOf("date"))).toBe(false);
  expect(isPassingOn(commandOf("head -1 VERSION"))).toBe(false);
});
