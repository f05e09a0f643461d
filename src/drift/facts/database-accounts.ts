import type { ComposeService } from "./compose-service.ts";
import type { PlacedName } from "./placed-name.ts";

/** How the official images of a database server take a name from their environment. */
export interface AccountVariables {
  /** Variables that name the first user; each that is set makes one. */
  readonly user: readonly string[];
  readonly database: readonly string[];
  /** Users that are there whatever the environment says. */
  readonly builtInUsers: readonly string[];
  readonly builtInDatabases: readonly string[];
  /** The user where no variable names one. */
  readonly defaultUser?: string;
  /** Images that are known to work this way. */
  readonly images: RegExp;
}

/**
 * By the kind of server. Sources: the documentation of the images `postgres`, `mysql`, `mariadb` and
 * `mongo` on Docker Hub.
 */
export const accountVariables: Readonly<Record<"postgres" | "mysql" | "mongo", AccountVariables>> =
  {
    postgres: {
      user: ["POSTGRES_USER"],
      database: ["POSTGRES_DB"],
      builtInUsers: [],
      builtInDatabases: ["postgres", "template0", "template1"],
      defaultUser: "postgres",
      images:
        /^(?:library\/)?(?:postgres|postgis\/postgis|timescale\/timescaledb|pgvector\/pgvector)(?:[:@]|$)/u,
    },
    mysql: {
      user: ["MYSQL_USER", "MARIADB_USER"],
      database: ["MYSQL_DATABASE", "MARIADB_DATABASE"],
      builtInUsers: ["root"],
      builtInDatabases: ["mysql", "information_schema", "performance_schema", "sys"],
      images: /^(?:library\/)?(?:mysql|mariadb)(?:[:@]|$)/u,
    },
    mongo: {
      user: ["MONGO_INITDB_ROOT_USERNAME"],
      database: [],
      builtInUsers: [],
      builtInDatabases: [],
      images: /^(?:library\/)?mongo(?:[:@]|$)/u,
    },
  };

/** What the environment of some services says of users or databases. */
export interface NamedAccounts {
  readonly names: readonly PlacedName[];
  /** True where a variable is set to something that is not known from here. */
  readonly isOpen: boolean;
}

/** The names that some services give by one of these variables, each once. No I/O. */
export function readAccounts(
  services: readonly ComposeService[],
  variables: readonly string[],
): NamedAccounts {
  const names = services.flatMap(({ environment }) =>
    variables.flatMap((variable) => environment.get(variable) ?? []),
  );
  const isOpen = services.some((service) =>
    variables.some(
      (variable) => service.environmentNames.has(variable) && !service.environment.has(variable),
    ),
  );
  return { names, isOpen: isOpen || (names.length === 0 && isAnyOpen(services)) };
}

function isAnyOpen(services: readonly ComposeService[]): boolean {
  return services.some(({ isEnvironmentOpen }) => isEnvironmentOpen);
}
