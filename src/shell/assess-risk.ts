import type {
  RiskAssessment,
  RiskLevel,
  RiskReason,
  ShellRedirection,
} from "../model/shell-script.ts";
import { fitsPattern, indexByProgram, readCall, type CommandCall } from "./command-call.ts";
import { judgeMongo, judgeRedis, judgeSql, type StatementRisk } from "./judge-statements.ts";
import type { ReadCommand } from "./read-command.ts";
import type { RiskRow } from "./risk-row.ts";
import { riskTable } from "./risk-table.ts";

const rowsByProgram = indexByProgram(riskTable);
const levels: readonly RiskLevel[] = ["safe", "change", "destructive"];
/** More reasons than anybody reads. */
const maximumReasons = 200;

const sqlClients = new Set([
  "psql",
  "mysql",
  "mariadb",
  "sqlite3",
  "clickhouse-client",
  "cockroach",
  "sqlcmd",
  "duckdb",
  "pgcli",
  "mycli",
  "sqlplus",
  "cqlsh",
  "bq",
]);
const mongoClients = new Set(["mongo", "mongosh"]);
const redisClients = new Set(["redis-cli", "valkey-cli", "keydb-cli"]);
const shells = /^(?:ba|z|da|k|a)?sh$/u;
const harmlessTargets =
  /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/\d+|tcp\/.*|udp\/.*)|&?\d+-?|-)$/u;

/**
 * What the commands of a script change or destroy, as far as their words say.
 *
 * Each reason is a fact of the table. No reason for a command is no proof that it is harmless: most
 * programs are not in the table. The level is that of the worst reason, else `safe`. No I/O.
 */
export function assessRisk(commands: readonly ReadCommand[]): RiskAssessment {
  const reasons: RiskReason[] = [];
  for (const command of commands) {
    if (reasons.length >= maximumReasons) break;
    reasons.push(...assessCommand(command).slice(0, maximumReasons));
  }
  const worstLevel = Math.max(0, ...reasons.map(({ level }) => levels.indexOf(level)));
  return { level: levels[worstLevel] ?? "safe", reasons };
}

function assessCommand(command: ReadCommand): RiskReason[] {
  const call = readCall(command);
  const row = asksForHelp(call) ? undefined : findRow(call);
  const reasons: RiskReason[] = [];
  if (row !== undefined && row.level !== "safe") reasons.push(toReason(row, findRange(call, row)));
  const statement = asksForHelp(call) ? undefined : judgeInput(call);
  if (statement !== undefined) reasons.push(toReason(statement, command.range));
  const fetched = judgeFetchedScript(call);
  if (fetched !== undefined) reasons.push(toReason(fetched, command.range));
  // a dump's file is its purpose: see the row pg-dump
  const redirections = row?.rule === "pg-dump" ? [] : command.redirections;
  return [...reasons, ...redirections.flatMap(judgeRedirection)];
}

function asksForHelp({ args, options }: CommandCall): boolean {
  return (
    options.some((option) => option === "--help" || option === "--version") || args[0] === "help"
  );
}

function findRow(call: CommandCall): RiskRow | undefined {
  if (/^mkfs(?:\.|$)|^mke2fs$|^mkswap$/u.test(call.name) && !call.options.includes("-n"))
    return makeFileSystem;
  return rowsByProgram.get(call.name)?.find((row) => fitsPattern(call, row));
}

const makeFileSystem: RiskRow = {
  rule: "mkfs",
  command: "mkfs",
  level: "destructive",
  text: "it makes a new file system over whatever the device holds",
  source: "mkfs(8)",
};

function toReason(
  { rule, level, text }: Pick<RiskRow, "rule" | "level" | "text">,
  range: RiskReason["range"],
): RiskReason {
  return { rule, level, text, range };
}

/** The option that makes it so where it is one word (`--force`), else the whole command. */
function findRange({ command }: CommandCall, row: RiskRow): RiskReason["range"] {
  const options = new Set(row.any?.filter((option) => String(option).startsWith("--")));
  const at = command.values.findIndex((value) => options.has(value));
  return (at > 0 ? command.ranges[at] : undefined) ?? command.range;
}

/** SQL, Redis commands and MongoDB scripts in a client's words or on its standard input. */
function judgeInput(call: CommandCall): StatementRisk | undefined {
  const { name, args, command } = call;
  const input = command.stdinScript?.text;
  if (sqlClients.has(name)) return judgeSqlClient(call, input);
  if (mongoClients.has(name)) return judgeMongo([...args, input ?? ""].join("\n"));
  if (redisClients.has(name)) {
    const lines = (input ?? "").split("\n").map((line) => line.trim().split(/\s+/u));
    return worst([call.operands, ...lines].map(judgeRedis));
  }
  return undefined;
}

function judgeSqlClient(
  { args, optionValues, command }: CommandCall,
  input: string | undefined,
): StatementRisk | undefined {
  const texts = args.map((word) => word.replace(/^(?:--?\w+=|-[ce](?=\w))/u, ""));
  const found = worst([...texts, input ?? ""].map(judgeSql));
  if (found !== undefined) return found;
  const readsFile =
    optionValues.has("-f") ||
    optionValues.has("--file") ||
    command.redirections.some(({ operator }) => /^0?<$/u.test(operator));
  return readsFile
    ? { level: "change", rule: "sql-file", text: "it runs the statements of a file" }
    : undefined;
}

function worst(found: readonly (StatementRisk | undefined)[]): StatementRisk | undefined {
  return found.reduce((one, other) => {
    if (one === undefined || other === undefined) return one ?? other;
    return levels.indexOf(other.level) > levels.indexOf(one.level) ? other : one;
  }, undefined);
}

/** `curl … | bash`, `bash <(curl …)`, `sh -c "$(curl …)"`: what runs is whatever the server sends. */
function judgeFetchedScript({ name, args, command }: CommandCall): StatementRisk | undefined {
  const runsText = shells.test(name) || name === "eval" || name === "source" || name === ".";
  const interpreter = /^(?:python3?|perl|ruby|node)$/u.test(name);
  if (!runsText && !interpreter) return undefined;
  const isFed = /^(?:curl|wget)$/u.test(command.feeder?.name ?? "") && readsItsInput(args);
  const isInWords =
    runsText && args.some((word) => /^(?:<\(|["']?\$\(|["']?`)\s*(?:curl|wget)\s/u.test(word));
  return isFed || isInWords
    ? { level: "change", rule: "fetched-script", text: "it runs a script that it fetches, unseen" }
    : undefined;
}

function readsItsInput(args: readonly string[]): boolean {
  const first = args[0];
  return (
    first === undefined ||
    first === "-" ||
    first === "-s" ||
    args.every((word) => word.startsWith("-") && !word.endsWith("c")) ||
    args.includes("-s")
  );
}

function judgeRedirection({ operator, target, range }: ShellRedirection): RiskReason[] {
  if (!operator.includes(">") || harmlessTargets.test(target)) return [];
  if (operator.endsWith(">&") && /^(?:\d+|-|\$\w+|"?\$\{?\w+\}?"?)$/u.test(target)) return [];
  if (/^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|loop|md|dm-|mapper\/|disk\/|ram)/u.test(target)) {
    return [{ rule: "write-device", level: "destructive", text: "it overwrites a device", range }];
  }
  if (target.startsWith("/dev/")) return [];
  return [{ rule: "write-file", level: "change", text: "it writes a file", range }];
}
