import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import { containerExec, dockerGlobal } from "../../shell/wrapper-table.ts";

/** A call of docker or podman that acts on containers by name. */
export interface ContainerCall {
  readonly verb: string;
  readonly containers: readonly { readonly name: string; readonly range: TextRange }[];
  /** True where the names can be those of images, volumes or networks too. */
  readonly isAmbiguous: boolean;
  /** True where an option names another engine. */
  readonly isForeign: boolean;
}

const engines = new Set(["docker", "podman", "nerdctl"]);

/** Verbs that take any number of containers. */
const manyVerbs = new Set(
  "logs start stop restart rm kill inspect stats wait pause unpause update".split(" "),
);
/** Verbs that take one, and something else behind it; `exec` and `cp` are read on their own. */
const oneVerbs = new Set("port top attach rename commit".split(" "));

const ofExec = new Set(containerExec.split(" "));
const valued = new Set(
  `${dockerGlobal} -t --time --timeout -s --signal -n --tail --since --until -f --filter --format --type -a --author -c --change -m --message --memory --cpus --restart -o --output`.split(
    " ",
  ),
);
/** Options above that take no value behind these verbs: `logs -f`, `rm -v`. */
const flags: Readonly<Record<string, string>> = {
  logs: "-f -t",
  rm: "-f -l -v",
  stats: "-a",
  inspect: "-s",
  start: "-a",
};
const globalOptions = new Set(dockerGlobal.split(" "));

/**
 * Reads which containers a call names; undefined where it is no such call.
 *
 * Names that are not literal are left out, and ids, which no file can know. Docker's command line
 * reference. No I/O.
 *
 * @example for `docker exec -it ip2a-db psql -U postgres`:
 *   { verb: "exec", containers: [{ name: "ip2a-db", range }], isAmbiguous: false, isForeign: false }
 */
export function readContainerCall(command: ShellCommand): ContainerCall | undefined {
  if (!engines.has(command.name)) return undefined;
  const head = readOptions(command.words, 1, globalOptions, true);
  const isForeign = command.words
    .slice(1, head.firstOperand)
    .some((word) => /^(?:-H|--host|-c|--context|--url|--connection)(?:=|$)/u.test(word));
  const isGroup = command.words[head.firstOperand] === "container";
  const verbAt = isGroup ? head.firstOperand + 1 : head.firstOperand;
  const verb = command.words[verbAt] ?? "";
  const named = (place: number | undefined): readonly { name: string; range: TextRange }[] => {
    const name = command.words[place ?? -1];
    const range = command.ranges[place ?? -1];
    if (name === undefined || range === undefined) return [];
    if (command.isLiteral[place ?? -1] !== true || !isContainerName(name)) return [];
    return [{ name, range }];
  };
  if (verb === "exec") {
    const { firstOperand } = readOptions(command.words, verbAt + 1, ofExec, true);
    return { verb, containers: named(firstOperand), isAmbiguous: false, isForeign };
  }
  const rest = readOptions(command.words, verbAt + 1, withoutFlags(verb), false);
  if (verb === "cp") {
    const containers = rest.operandPlaces.flatMap(named).flatMap(({ name, range }) => {
      const colon = name.indexOf(":");
      // A letter before the colon is a drive, a slash belongs to a path.
      if (colon < 2 || name.slice(0, colon).includes("/")) return [];
      return [{ name: name.slice(0, colon), range: { ...range, end: range.start + colon } }];
    });
    return { verb, containers, isAmbiguous: false, isForeign };
  }
  if (oneVerbs.has(verb)) {
    return { verb, containers: named(rest.operandPlaces[0]), isAmbiguous: false, isForeign };
  }
  if (!manyVerbs.has(verb)) return undefined;
  return {
    verb,
    containers: rest.operandPlaces.flatMap(named),
    isAmbiguous: verb === "inspect" && !isGroup,
    isForeign,
  };
}

/**
 * The names that a call gives to containers by itself: of `run`, `create` and `rename`.
 *
 * No I/O.
 *
 * @example for `docker run --name scratch-db postgres:15`: ["scratch-db"]
 */
export function readMadeContainers(command: ShellCommand): readonly string[] {
  if (!engines.has(command.name)) return [];
  const { words } = command;
  if (words.includes("rename")) return words.slice(-1);
  if (!words.includes("run") && !words.includes("create")) return [];
  return words.flatMap((word, index) => {
    if (word === "--name") return words[index + 1] ?? [];
    return word.startsWith("--name=") ? word.slice("--name=".length) : [];
  });
}

function isContainerName(name: string): boolean {
  return /^[\w][\w.:/-]*$/u.test(name) && !/^[0-9a-f]{12,64}$/u.test(name);
}

function withoutFlags(verb: string): ReadonlySet<string> {
  const without = Object.hasOwn(flags, verb) ? (flags[verb] ?? "").split(" ") : [];
  return new Set([...valued].filter((option) => !without.includes(option)));
}
