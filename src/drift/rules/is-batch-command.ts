import type { ShellCommand } from "../../model/shell-script.ts";

/** Programs that never talk to a person, whatever their arguments are. */
const alwaysBatch = new Set(
  "ls cat grep egrep ps env printenv df du find curl wget pg_dump pg_dumpall pg_restore pg_isready createdb dropdb mysqldump mariadb-dump mysqladmin mongodump mongorestore redis-benchmark head wc date hostname whoami id uname mkdir chmod chown touch stat sha256sum md5sum tar gzip nproc free uptime ip netstat ss nslookup dig getent sed awk jq rabbitmqctl rabbitmq-diagnostics nodetool pytest".split(
    " ",
  ),
);

/** What makes a call of a program that can be a prompt a batch command. */
const batchForms: Readonly<Record<string, (args: readonly string[]) => boolean>> = {
  psql: (args) => has(args, /^(?:-[AtXqEeaxn1]*[cfl]$|--command|--file|--list)/u),
  mysql: (args) => has(args, /^(?:-e|--execute)/u),
  mariadb: (args) => has(args, /^(?:-e|--execute)/u),
  mongosh: (args) => has(args, /^--eval/u),
  mongo: (args) => has(args, /^--eval/u),
  "redis-cli": (args) =>
    has(
      args,
      /^(?:ping|info|dbsize|get|set|del|keys|config|flushall|flushdb|client|ttl|save|bgsave|lastsave|llen|exists|memory|slowlog|cluster|role)$/iu,
    ),
  python: runsManageTask,
  python3: runsManageTask,
  alembic: (args) =>
    has(args, /^(?:upgrade|downgrade|current|history|heads|stamp|check|revision|show|branches)$/u),
  flask: (args) => has(args, /^(?:db|routes)$/u),
  ceph: (args) =>
    has(
      args,
      /^(?:status|health|-s|osd|mon|mgr|pg|df|fs|quorum_status|crash|orch|auth|config|versions|mds|tell|device|balancer)$/u,
    ),
  rbd: (args) => has(args, /^(?:ls|list|info|status|du|create|rm|snap|mirror)$/u),
  rados: (args) => has(args, /^(?:df|ls|lspools|rm|get|put)$/u),
  nginx: (args) => has(args, /^-[tTsvV]$/u),
  // In production `artisan migrate` asks first.
  php: (args) =>
    has(args, /^(?:cache|config|route|view|event|queue|optimize|schedule|storage):[\w-]+$/u) ||
    (has(args, /^(?:migrate|db)(?::[\w-]+)?$/u) && has(args, /^(?:--force|--no-interaction|-n)$/u)),
  rails: (args) => has(args, /^(?:db|cache|assets):/u),
  rake: (args) => has(args, /^(?:db|cache|assets):/u),
  etcdctl: (args) =>
    has(args, /^(?:get|put|del|endpoint|member|snapshot|alarm|defrag|compaction)$/u),
  "kafka-topics.sh": (args) => args.length > 0,
  "kafka-consumer-groups.sh": (args) => args.length > 0,
};

/** Options by which a program asks for a password, as its manual page says. */
const passwordOptions: ReadonlyMap<string, RegExp> = new Map([
  ...listOptions(
    "psql pg_dump pg_dumpall pg_restore createdb dropdb",
    /^(?:-[a-zA-Z]*W|--password)$/u,
  ),
  ...listOptions("mysql mysqldump mysqladmin mariadb mariadb-dump", /^(?:-p|--password)$/u),
  ...listOptions("redis-cli", /^--askpass$/u),
  ...listOptions("wget", /^--ask-password$/u),
]);

function listOptions(names: string, option: RegExp): readonly (readonly [string, RegExp])[] {
  return names.split(" ").map((name) => [name, option]);
}

/** True for what asks for a password, or reads what a person types. */
function asksPerson(name: string, args: readonly string[]): boolean {
  const option = passwordOptions.get(name);
  if (option !== undefined) return has(args, option);
  if (name === "cat" || name === "nslookup") return !has(args, /^[^-]/u);
  if (name === "find") return has(args, /^-ok(?:dir)?$/u);
  // A login name alone makes these ask for its password.
  if (name === "curl") return valueOf(args, /^(?:-u|--user)$/u)?.includes(":") === false;
  if (!name.startsWith("mongo") || !has(args, /^(?:-u|--username)/u)) return false;
  if (has(args, /^(?:-p.|--password=.)/u)) return false;
  return valueOf(args, /^(?:-p|--password)$/u)?.startsWith("-") ?? true;
}

/** The word behind an option; undefined where the option, or a word behind it, is not there. */
function valueOf(args: readonly string[], option: RegExp): string | undefined {
  const at = args.findIndex((arg) => option.test(arg));
  return at < 0 ? undefined : args[at + 1];
}

/**
 * True where a command that runs in a container is known to end by itself without asking a person.
 *
 * Shells, prompts (`psql` without `-c`), what asks for a password (`mysqldump -p`), editors, `top` and
 * whatever is not known are not. No I/O.
 *
 * @example `pg_dump -U postgres` → true; `bash`, `psql -U postgres`, `mysqldump -p app` → false
 */
export function isBatchCommand({ name, words, isLiteral }: ShellCommand): boolean {
  if (isLiteral[0] !== true || asksPerson(name, words.slice(1))) return false;
  if (alwaysBatch.has(name)) return true;
  if (!Object.hasOwn(batchForms, name)) return false;
  return batchForms[name]?.(words.slice(1)) === true;
}

function has(args: readonly string[], pattern: RegExp): boolean {
  return args.some((arg) => pattern.test(arg));
}

/** Django's `manage.py`, without the tasks that ask (`shell`, `dbshell`, `createsuperuser`, `flush`). */
function runsManageTask([script = "", task = ""]: readonly string[]): boolean {
  return (
    /(?:^|\/)manage\.py$/u.test(script) &&
    /^(?:migrate|showmigrations|check|loaddata|dumpdata|clearsessions)$/u.test(task)
  );
}
