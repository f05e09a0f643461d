import process from "node:process";

/** The environment of this process, as it is, for programs that it starts. Reads the environment. */
export function currentEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
