import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import { containerExec, dockerGlobal } from "../../shell/wrapper-table.ts";

/** A call of docker or podman that acts on containers by name. */
export interface ContainerCall {
  readonly verb: string;
  readonly containers: readonly { readonly name: string; readonly range: TextRange }[];
  /** Where the inner command of `exec` begins in the words; absent for other verbs. */
  readonly innerStart?: number | undefined;
}

const engines = new Set(["docker", "podman", "nerdctl"]);

/** Verbs that take any number of containers; `exec` and `cp` are read on their own. */
const verbs = new Set(
  "logs start stop restart rm kill inspect port top stats attach wait pause unpause rename commit".split(
    " ",
  ),
);

const ofExec = new Set(containerExec.split(" "));
const valued = new Set(
  `${dockerGlobal} -t --time --timeout -s --signal -n --tail --since --until -f --filter --format --type`.split(
    " ",
  ),
);

/**
 * Reads which containers a call names; undefined where it is no such call.
 *
 * Names that are not literal are left out. Docker's command line reference. No I/O.
 *
 * @example for `docker exec -it ip2a-db psql -U postgres`:
 *   { verb: "exec", containers: [{ name: "ip2a-db", range }], innerStart: 4 }
 */
export function readContainerCall(command: ShellCommand): ContainerCall | undefined {
  if (!engines.has(command.name)) return undefined;
  const start = command.words[1] === "container" ? 2 : 1;
  const head = readOptions(command.words, start, valued, true);
  const verb = command.words[head.firstOperand] ?? "";
  const named = (place: number): readonly { name: string; range: TextRange }[] => {
    const name = command.words[place];
    const range = command.ranges[place];
    if (name === undefined || range === undefined || command.isLiteral[place] !== true) return [];
    return [{ name, range }];
  };
  if (verb === "exec") {
    const { firstOperand } = readOptions(command.words, head.firstOperand + 1, ofExec, true);
    return { verb, containers: named(firstOperand), innerStart: firstOperand + 1 };
  }
  const rest = readOptions(command.words, head.firstOperand + 1, withoutFlags(verb), false);
  if (verb === "cp") {
    const containers = rest.operandPlaces.flatMap(named).flatMap(({ name, range }) => {
      const colon = name.indexOf(":");
      // A letter before the colon is a drive, a slash belongs to a path.
      if (colon < 2 || name.slice(0, colon).includes("/")) return [];
      return [{ name: name.slice(0, colon), range: { ...range, end: range.start + colon } }];
    });
    return { verb, containers };
  }
  if (!verbs.has(verb)) return undefined;
  return { verb, containers: rest.operandPlaces.flatMap(named) };
}

/** `logs -f` and `logs -t`, `rm -f` and `rm -v`, take no value; `stop -t 5` does. */
function withoutFlags(verb: string): ReadonlySet<string> {
  const flags: Readonly<Record<string, readonly string[]>> = {
    logs: ["-f", "-t"],
    rm: ["-f", "-l", "-v"],
    stats: ["-a"],
    inspect: ["-s"],
  };
  const without = flags[verb] ?? [];
  return new Set([...valued].filter((option) => !without.includes(option)));
}
