import type { RiskLevel } from "../model/shell-script.ts";

/** What statements of a database language do, in words. */
export interface StatementRisk {
  readonly level: RiskLevel;
  readonly rule: string;
  readonly text: string;
}

const sqlRules: readonly { pattern: RegExp; level: RiskLevel; rule: string; text: string }[] = [
  {
    pattern: /(?:^|[;\n])\s?DROP\s+\w/iu,
    level: "destructive",
    rule: "sql-drop",
    text: "DROP removes a database object and its data",
  },
  {
    pattern: /(?:^|[;\n])\s?TRUNCATE\s+\S/iu,
    level: "destructive",
    rule: "sql-truncate",
    text: "TRUNCATE removes every row of a table",
  },
  {
    pattern: /(?:^|[;(\s])DELETE\s+FROM\s+\S/iu,
    level: "destructive",
    rule: "sql-delete",
    text: "DELETE removes rows",
  },
  {
    pattern: /(?:^|[;\n])\s?ALTER\s[^;]{0,500}?\sDROP\s/iu,
    level: "destructive",
    rule: "sql-alter-drop",
    text: "ALTER … DROP removes a column, constraint or key",
  },
  {
    pattern: /(?:^|[;(\s])UPDATE\s+(?:ONLY\s+)?[\w."`$[\]{}]+\s+(?:AS\s+\w+\s+|\w+\s+)?SET\s/iu,
    level: "change",
    rule: "sql-update",
    text: "UPDATE changes rows",
  },
  {
    pattern: /(?:^|[;\n])\s?(?:WITH\s[^;]{0,2000})?(?:INSERT|REPLACE|MERGE)\s+INTO\s/iu,
    level: "change",
    rule: "sql-insert",
    text: "INSERT adds rows",
  },
  {
    pattern: /(?:^|[;\n])\s?(?:CREATE|ALTER|GRANT|REVOKE|RENAME|COMMENT\s+ON|REASSIGN)\s+\w/iu,
    level: "change",
    rule: "sql-schema",
    text: "it changes the schema or who may do what",
  },
  {
    pattern:
      /(?:^|[;\n])\s?(?:VACUUM|REINDEX|CLUSTER|REFRESH\s+MATERIALIZED|LOCK|KILL|SET\s+(?:GLOBAL|PERSIST)|RESET\s+MASTER|FLUSH)\b/iu,
    level: "change",
    rule: "sql-maintenance",
    text: "it locks, rewrites or reconfigures the database",
  },
  {
    pattern: /\bpg_(?:terminate|cancel)_backend\s*\(/iu,
    level: "change",
    rule: "sql-terminate",
    text: "it ends other sessions' work",
  },
  {
    pattern: /(?:^|[;\n])\s?\\?COPY\s[^;]{0,500}\sFROM\s/iu,
    level: "change",
    rule: "sql-copy",
    text: "COPY … FROM adds rows",
  },
];

/** Nobody reviews more than this; the rest of a longer text is not judged. */
const longestText = 100_000;

/** Comments and text between apostrophes say nothing about what a statement does; blanks are made one. */
function stripSql(sql: string): string {
  return sql
    .slice(0, longestText)
    .replace(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)/gu, (found) =>
      found.startsWith("'") ? "''" : " ",
    )
    .replace(/\s+/gu, (blank) => (blank.includes("\n") ? "\n" : " "));
}

/** `EXPLAIN` without `ANALYZE` runs nothing. */
function stripExplained(sql: string): string {
  return sql
    .split(";")
    .filter((statement) => !/^\s*EXPLAIN\s+(?!\(?[^)]*ANALYZE)/iu.test(statement))
    .join(";");
}

/**
 * The worst that a piece of SQL does; undefined where it only reads, or is not known.
 *
 * @example judgeSql("DELETE FROM users WHERE id = 1")?.level === "destructive"
 */
export function judgeSql(sql: string): StatementRisk | undefined {
  const stripped = stripExplained(stripSql(sql));
  return sqlRules.find(({ pattern }) => pattern.test(stripped));
}

const mongoRules: readonly { pattern: RegExp; level: RiskLevel; rule: string; text: string }[] = [
  {
    pattern: /\.(?:dropDatabase|drop|dropIndex|dropIndexes|dropUser|dropRole)\s*\(/u,
    level: "destructive",
    rule: "mongo-drop",
    text: "it drops a database, collection, index or user",
  },
  {
    pattern: /\.(?:deleteMany|deleteOne|remove|findOneAndDelete)\s*\(/u,
    level: "destructive",
    rule: "mongo-delete",
    text: "it removes documents",
  },
  {
    pattern:
      /\.(?:insert\w*|update\w*|replaceOne|save|findOneAndUpdate|bulkWrite|createIndex|createUser|shutdownServer|stepDown|reconfig|killOp)\s*\(/u,
    level: "change",
    rule: "mongo-change",
    text: "it changes documents or the server",
  },
];

/** The worst that a script for the MongoDB shell does; undefined where nothing is known of it. */
export function judgeMongo(script: string): StatementRisk | undefined {
  const text = script.slice(0, longestText);
  return mongoRules.find(({ pattern }) => pattern.test(text));
}

/** The worst that commands for Redis do; `words` are one command's, in order. */
export function judgeRedis(words: readonly string[]): StatementRisk | undefined {
  const [first = "", second = ""] = words.map((word) => word.toUpperCase());
  if (/^(?:FLUSHALL|FLUSHDB)$/u.test(first)) {
    return { level: "destructive", rule: "redis-flush", text: `${first} removes every key` };
  }
  if (/^(?:DEL|UNLINK|GETDEL)$/u.test(first)) {
    return { level: "destructive", rule: "redis-delete", text: `${first} removes keys` };
  }
  if (first === "SHUTDOWN") {
    return { level: "destructive", rule: "redis-shutdown", text: "SHUTDOWN stops the server" };
  }
  const isChange =
    /^(?:SET\w*|MSET\w*|HSET\w*|HDEL|LPUSH|RPUSH|LPOP|RPOP|LTRIM|SADD|SREM|ZADD|ZREM|INCR\w*|DECR\w*|EXPIRE\w*|PERSIST|RENAME\w*|MOVE|RESTORE|MIGRATE|EVAL|REPLICAOF|SLAVEOF|FAILOVER|BGREWRITEAOF)$/u.test(
      first,
    ) ||
    (first === "CONFIG" && second === "SET") ||
    (first === "CLIENT" && second === "KILL") ||
    (first === "CLUSTER" && /^(?:FAILOVER|RESET|FORGET|MEET|SETSLOT)$/u.test(second));
  return isChange
    ? { level: "change", rule: "redis-change", text: `${first} changes data or the server` }
    : undefined;
}
