import type { ClaimKind } from "../claim-kind.ts";
import { readDatabaseNames, type DatabaseName } from "./database-call.ts";

/** Databases that clients open inside containers: `docker exec ip2a-db psql -d ip2a_db`. */
export const containerDatabaseClaims: ClaimKind<DatabaseName> = {
  name: "container-database",
  title: "databases in containers",
  description:
    "The database that `psql`, `pg_dump`, `pg_restore`, `dropdb`, `mysql` and `mysqldump` are given where `docker exec` or `docker compose exec` runs them, as an option or as an operand. Connection strings are left out.",
  collect: (document) =>
    readDatabaseNames(document, "database").map((found) => ({ ...found, text: found.value.name })),
};
