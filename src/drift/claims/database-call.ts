import type { Span } from "../../model/source.ts";
import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import type { DriftDocument } from "../drift-document.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { readComposeCall } from "./compose-call.ts";
import { readContainerCall, readMadeContainers } from "./container-call.ts";
import { readShownNames } from "./shown-names.ts";

/** The kinds of database servers whose images take their first user from the environment. */
export type DatabaseEngine = "postgres" | "mysql" | "mongo";

/** The container that a command runs in: by its own name, or by that of its Compose service. */
export interface ContainerReference {
  readonly kind: "container" | "service";
  readonly name: string;
}

/** A user or database that a client names inside a container. */
export interface DatabaseName {
  readonly engine: DatabaseEngine;
  readonly place: ContainerReference;
  readonly name: string;
  /** True where the same document makes it (`createdb`, `CREATE ROLE`), or the container itself. */
  readonly isMadeHere: boolean;
}

/** A name with where it stands in the document. */
export interface PlacedDatabaseName {
  readonly value: DatabaseName;
  readonly span: Span;
  readonly origin: PlacedCommand["origin"];
}

interface Client {
  readonly engine: DatabaseEngine;
  readonly valued: string;
  /** Options that name a database. */
  readonly database: string;
  /** Whether the first operand is a database. */
  readonly hasOperand: boolean;
}

const postgresOptions = "-h --host -p --port -U --username -d --dbname --maintenance-db --role";
const dumpOptions =
  "-f --file -F --format -j --jobs -n --schema -N --exclude-schema -t --table -T --exclude-table --exclude-table-data -Z --compress -E --encoding -S --superuser --section --trigger -I --index -L --use-list -P --function -e --extension --snapshot --lock-wait-timeout";
const psqlOptions =
  "-c --command -f --file -v --set --variable -o --output -F --field-separator -P --pset -L --log-file -R --record-separator -T --table-attr";
const mysqlOptions =
  "-h --host -P --port -u --user -D --database -e --execute -S --socket --protocol --default-character-set --defaults-file --defaults-extra-file --where -w --result-file -r --ignore-table --max-allowed-packet";
const mongoOptions =
  "--host --port -u --username -p --password --authenticationDatabase --authenticationMechanism --eval -f --file -d --db -c --collection -o --out --archive --uri -h";

/** Clients by name. Sources: the programs' own `--help`. */
const clients: Readonly<Record<string, Client>> = {
  psql: {
    engine: "postgres",
    valued: `${postgresOptions} ${psqlOptions}`,
    database: "-d --dbname",
    hasOperand: true,
  },
  pg_dump: {
    engine: "postgres",
    valued: `${postgresOptions} ${dumpOptions}`,
    database: "-d --dbname",
    hasOperand: true,
  },
  pg_restore: {
    engine: "postgres",
    valued: `${postgresOptions} ${dumpOptions}`,
    database: "-d --dbname",
    hasOperand: false,
  },
  pg_dumpall: {
    engine: "postgres",
    valued: `${postgresOptions} ${dumpOptions} -l --database`,
    database: "-l --database",
    hasOperand: false,
  },
  createdb: {
    engine: "postgres",
    valued: `${postgresOptions} -D --tablespace -E --encoding -l --locale -O --owner -T --template`,
    database: "",
    hasOperand: false,
  },
  createuser: {
    engine: "postgres",
    valued: `${postgresOptions} -c --connection-limit -g --role -m --member`,
    database: "",
    hasOperand: false,
  },
  dropdb: { engine: "postgres", valued: postgresOptions, database: "", hasOperand: true },
  vacuumdb: {
    engine: "postgres",
    valued: `${postgresOptions} -j --jobs -t --table -n --schema`,
    database: "-d --dbname",
    hasOperand: true,
  },
  reindexdb: {
    engine: "postgres",
    valued: `${postgresOptions} -j --jobs -t --table -S --schema -i --index`,
    database: "-d --dbname",
    hasOperand: true,
  },
  mysql: { engine: "mysql", valued: mysqlOptions, database: "-D --database", hasOperand: true },
  mariadb: { engine: "mysql", valued: mysqlOptions, database: "-D --database", hasOperand: true },
  mysqldump: { engine: "mysql", valued: mysqlOptions, database: "", hasOperand: true },
  "mariadb-dump": { engine: "mysql", valued: mysqlOptions, database: "", hasOperand: true },
  mysqladmin: { engine: "mysql", valued: mysqlOptions, database: "", hasOperand: false },
  mongosh: { engine: "mongo", valued: mongoOptions, database: "", hasOperand: false },
  mongo: { engine: "mongo", valued: mongoOptions, database: "", hasOperand: false },
  mongodump: { engine: "mongo", valued: mongoOptions, database: "", hasOperand: false },
  mongorestore: { engine: "mongo", valued: mongoOptions, database: "", hasOperand: false },
};

const hereHosts = new Set(["localhost", "127.0.0.1", "::1"]);

/**
 * Reads the users or databases that clients name inside containers, in document order.
 *
 * Those that ask another host, connection strings and names that are not literal are left out. No
 * I/O.
 *
 * @example for `docker exec ip2a-db pg_dump -U postgres`, users: one of engine "postgres", place
 *   { kind: "container", name: "ip2a-db" }, name "postgres"
 */
export function readDatabaseNames(
  document: DriftDocument,
  what: "user" | "database",
): readonly PlacedDatabaseName[] {
  const found: PlacedDatabaseName[] = [];
  let outer: { place: ContainerReference; span: Span } | undefined;
  let made: ReadonlySet<string> | undefined;
  for (const placed of document.commands) {
    const place = readContainer(placed.command);
    if (place !== undefined) {
      outer = { place, span: placed.locate(placed.command.range) };
      continue;
    }
    if (outer === undefined || !/^(?:docker|podman)\b/u.test(placed.command.place)) continue;
    const named = readClientName(placed.command, what);
    if (named === undefined) continue;
    const span = placed.locate(named.range);
    if (span.start.offset < outer.span.start.offset || span.end.offset > outer.span.end.offset)
      continue;
    made ??= listMadeNames(document);
    found.push({
      value: {
        engine: named.engine,
        place: outer.place,
        name: named.name,
        isMadeHere: made.has(named.name) || made.has(outer.place.name),
      },
      span,
      origin: placed.origin,
    });
  }
  return found;
}

function readContainer(command: ShellCommand): ContainerReference | undefined {
  const compose = readComposeCall(command);
  if (compose !== undefined) {
    const [service] = compose.services;
    if (compose.verb !== "exec" || service?.isLiteral !== true) return undefined;
    return { kind: "service", name: service.text };
  }
  const call = readContainerCall(command);
  const [container] = call?.containers ?? [];
  return call?.verb === "exec" && container !== undefined
    ? { kind: "container", name: container.name }
    : undefined;
}

interface ClientName {
  readonly engine: DatabaseEngine;
  readonly name: string;
  readonly range: TextRange;
}

function readClientName(command: ShellCommand, what: "user" | "database"): ClientName | undefined {
  if (!Object.hasOwn(clients, command.name)) return undefined;
  const client = clients[command.name];
  if (client === undefined) return undefined;
  const { engine } = client;
  // MySQL's -p takes its value only where it is attached, and its letters are no options.
  const words = command.words.map((word) =>
    engine === "mysql" && /^-p./u.test(word) ? "--password" : word,
  );
  const line = readOptions(words, 1, new Set(client.valued.split(" ")), false);
  const valueOf = (options: string): { at: number; text: string } | undefined => {
    const option = options.split(" ").find((one) => line.values.has(one));
    if (option === undefined) return undefined;
    return { at: line.valuePlaces.get(option) ?? -1, text: line.values.get(option) ?? "" };
  };
  const host = valueOf("-h --host");
  if (host !== undefined && !hereHosts.has(host.text)) return undefined;
  let given: { at: number; text: string } | undefined;
  if (what === "user") given = valueOf(engine === "mysql" ? "-u --user" : "-U -u --username");
  else {
    given = valueOf(client.database);
    const lists = line.options.some((option) =>
      /^(?:-[aAB]|--all(?:-databases)?|--databases|--if-exists)$/u.test(option),
    );
    const operandAt = line.operandPlaces[0];
    if (given === undefined && client.hasOperand && !lists && operandAt !== undefined) {
      given = { at: operandAt, text: words[operandAt] ?? "" };
    }
  }
  const range = command.ranges[given?.at ?? -1];
  if (given === undefined || range === undefined || command.isLiteral[given.at] !== true) {
    return undefined;
  }
  // A connection string names more than a database.
  if (!/^[\w.-]+$/u.test(given.text)) return undefined;
  const isWhole = words[given.at] === given.text;
  return {
    engine,
    name: given.text,
    range: isWhole ? range : { start: range.end - given.text.length, end: range.end },
  };
}

const madeBySql =
  /\bcreate\s+(?:role|user|database|schema)\s+(?:if\s+not\s+exists\s+)?["'`]?([\w.-]+)/gi;

/** SQL can stand in any block and word, so the whole text is asked. */
function listMadeNames(document: DriftDocument): ReadonlySet<string> {
  const { parsed, commands } = document;
  const bySql = [...parsed.source.text.matchAll(madeBySql)].map(([, name = ""]) => name);
  const byTools = commands
    .filter(({ command }) => command.name === "createdb" || command.name === "createuser")
    .flatMap(({ command }) => command.words.slice(1));
  const containers = commands.flatMap(({ command }) => readMadeContainers(command));
  return new Set([...bySql, ...byTools, ...containers, ...readShownNames(document)]);
}
