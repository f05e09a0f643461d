import { expect, test } from "vitest";
import { keepsSomething } from "../../src/drift/keeping-commands.ts";
import { readCommandStep } from "./read-command-step.ts";

test.each([
  "pg_dump \\\n  --format=custom app",
  "mongodump",
  "redis-cli BGSAVE",
  "redis-cli --rdb dump.rdb",
  "pgbackrest --stanza=app backup",
  "barman backup main",
  "heroku pg:backups:capture",
  "gcloud sql backups create --instance app",
  "aws ec2 create-image --instance-id i-1",
  "kubectl get pvc data --output=yaml >data.yaml",
  "rbd snap create pool/a@before",
  "psql -c 'create table members_old as select * from members'",
  'sqlite3 app.db ".backup app.old.db"',
  "cat app.conf >app.conf.bak",
  "mv app.conf app.conf.old",
  "make backup",
  "./scripts/backup.sh",
  "sudo -u postgres scripts/db-dump",
])("%s keeps something", (script) => {
  expect(keepsSomething(readCommandStep(script))).toBe(true);
});

test.each([
  "barman list-backup main",
  "pgbackrest restore",
  "velero backup get",
  "velero restore create --from-backup daily",
  "rbd snap rm pool/a@before",
  "rm app.conf.bak",
  "psql -f backup.sql",
  "pg_restore backup.dump",
  "export BACKUP=app.dump",
  "echo backup",
  "git stash list",
  "systemctl stop app",
])("%s keeps nothing", (script) => {
  expect(keepsSomething(readCommandStep(script))).toBe(false);
});

test("only what stands before the place counts", () => {
  const script = "dropdb app\npg_dump other";
  expect(keepsSomething(readCommandStep(script), script.indexOf("\n"))).toBe(false);
});

test("is linear in the length of a command", () => {
  const script = `psql -c '${"copy create table get dd gsutil ".repeat(20_000)}'`;
  expect(keepsSomething(readCommandStep(script))).toBe(false);
});
