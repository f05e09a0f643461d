import type { ShellCommand } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";

/** A word of a git command that names something, by its place among the words. */
export interface GitWord {
  readonly text: string;
  readonly place: number;
  /**
   * `remote`; `sure` where nothing but a branch, a tag or a commit can stand; `loose` where a path can
   * stand as well.
   */
  readonly role: "remote" | "sure" | "loose";
}

/** What a git command names, and what it makes. */
export interface GitNames {
  readonly words: readonly GitWord[];
  /** Branches, tags and remotes that come to be by it. */
  readonly made: readonly string[];
  /** The repository that is cloned, as written. */
  readonly cloned?: string | undefined;
}

/** Options of git itself that take a value; those of the first group lead to another repository. */
const elsewhere = ["-C", "--git-dir", "--work-tree"];
const global = new Set([...elsewhere, "-c", "--namespace", "--exec-path", "--config-env"]);

const strategy = "-s --strategy -X --strategy-option";
const history =
  "-n --max-count --since --until --after --before --author --committer --grep -S -G -L --skip --diff-filter --pretty --format --date --sort";
/** Options that take a value, by sub-command. */
const valued: Readonly<Record<string, string>> = {
  push: "--receive-pack --repo -o --push-option --exec",
  pull: `--depth --deepen -j --jobs --upload-pack -o ${strategy}`,
  fetch: "--depth --deepen --shallow-since -j --jobs --upload-pack -o --refmap",
  checkout: "-b -B --orphan --conflict --pathspec-from-file",
  switch: "-c -C --create --force-create --orphan --conflict",
  merge: `-m -F --into-name ${strategy}`,
  rebase: `--onto -x --exec ${strategy}`,
  branch: "-u --set-upstream-to --contains --no-contains --sort --format --points-at",
  tag: "-m -F -u --local-user --sort --format --contains --points-at",
  clone:
    "-b --branch -o --origin --depth -c --config --reference --separate-git-dir -j --jobs --filter --template -u --upload-pack --shallow-since",
  "ls-remote": "--sort --upload-pack -o",
  worktree: "-b -B",
  reset: "",
  log: history,
  diff: "-S -G -U --diff-filter",
  show: history,
  "rev-list": history,
  "rev-parse": "",
  "merge-base": "",
  shortlog: history,
  cherry: "",
  archive: "-o --output --format --prefix --remote",
};

/**
 * Reads the names in a call of git; undefined for another program, for another repository (`-C DIR`)
 * and for sub-commands that name nothing.
 *
 * Words that are not literal are given as they are written. Git's manual pages. No I/O.
 */
export function readGitNames(command: ShellCommand): GitNames | undefined {
  if (command.name !== "git") return undefined;
  const head = readOptions(command.words, 1, global, true);
  const sub = command.words[head.firstOperand] ?? "";
  if (!Object.hasOwn(valued, sub) && sub !== "remote") return undefined;
  if (elsewhere.some((option) => head.values.has(option))) return undefined;
  // Behind `--` stand paths alone.
  const end = command.words.indexOf("--", head.firstOperand);
  const words = end === -1 ? command.words : command.words.slice(0, end);
  const options = new Set((valued[sub] ?? "").split(" "));
  const line = readOptions(words, head.firstOperand + 1, options, false);
  const operands = line.operands.map((text, index) => ({
    text,
    place: line.operandPlaces[index] ?? -1,
  }));
  const valuesOf = (...names: readonly string[]): readonly Operand[] =>
    names.flatMap((name) => {
      const text = line.values.get(name);
      return text === undefined ? [] : [{ text, place: line.valuePlaces.get(name) ?? -1 }];
    });
  return readSub(sub, operands, line.options, valuesOf);
}

interface Operand {
  readonly text: string;
  readonly place: number;
}

function readSub(
  sub: string,
  operands: readonly Operand[],
  options: readonly string[],
  valuesOf: (...names: readonly string[]) => readonly Operand[],
): GitNames {
  const has = (...wanted: readonly string[]): boolean =>
    wanted.some((one) => options.includes(one));
  const [first, second, third] = operands;
  const rest = operands.slice(1);
  switch (sub) {
    case "push":
      return naming([...remoteOf(first), ...(has("-d", "--delete") ? [] : rest.flatMap(bothEnds))]);
    case "pull":
    case "fetch":
      if (has("--all", "--multiple")) return naming([]);
      return naming([...remoteOf(first), ...rest.flatMap(source)]);
    case "checkout": {
      const made = valuesOf("-b", "-B", "--orphan").map(({ text }) => text);
      // With paths behind it, and for a name like a path, it takes files back.
      const isFile = first !== undefined && /\/|\.[a-z]+$/i.test(first.text);
      return naming(first === undefined ? [] : [as(isFile ? "loose" : "sure")(first)], made);
    }
    case "switch": {
      const made = valuesOf("-c", "-C", "--create", "--force-create", "--orphan");
      return naming(
        operands.map(as("sure")),
        made.map(({ text }) => text),
      );
    }
    case "merge":
      return naming(operands.map(as("sure")));
    case "rebase":
      return naming([...operands, ...valuesOf("--onto")].map(as("sure")));
    case "reset":
      if (!has("--hard", "--soft", "--mixed", "--merge", "--keep")) return naming([]);
      return naming(operands.slice(0, 1).map(as("sure")));
    case "branch":
      return readBranch(operands, has, valuesOf);
    case "tag":
      if (has("-d", "--delete", "-l", "--list", "-v", "--verify")) return naming([]);
      return naming(second === undefined ? [] : [as("loose")(second)], textOf(first));
    case "remote":
      return readRemote(first?.text ?? "", second, third);
    case "ls-remote":
      return naming([...remoteOf(first), ...rest.map(as("loose"))]);
    case "clone":
      return {
        words: valuesOf("-b", "--branch").map(as("sure")),
        made: valuesOf("-o", "--origin").map(({ text }) => text),
        cloned: first?.text ?? "",
      };
    case "worktree": {
      const made = valuesOf("-b", "-B").map(({ text }) => text);
      return naming(third === undefined ? [] : [as("loose")(third)], made);
    }
    default:
      return naming(operands.map(as("loose")));
  }
}

function naming(words: readonly GitWord[], made: readonly string[] = []): GitNames {
  return { words, made };
}

function textOf(operand: Operand | undefined): readonly string[] {
  return operand === undefined ? [] : [operand.text];
}

function as(role: GitWord["role"]): (operand: Operand) => GitWord {
  return ({ text, place }) => ({ text, place, role });
}

/** A remote's name; an address or a path is none. */
function remoteOf(operand: Operand | undefined): readonly GitWord[] {
  if (operand === undefined || !/^\w[\w.-]*$/.test(operand.text)) return [];
  return [as("remote")(operand)];
}

/** `HEAD:develop` pushes to `develop`; `:develop` deletes it. */
function bothEnds({ text, place }: Operand): readonly GitWord[] {
  if (/^["']?:/.test(text)) return [];
  return text.split(":", 2).map((part) => ({ text: part, place, role: "sure" }));
}

/** Of `develop:mine` the remote's side. */
function source({ text, place }: Operand): readonly GitWord[] {
  const [part = ""] = text.split(":", 1);
  return part.includes("/") ? [] : [{ text: part, place, role: "sure" }];
}

function readBranch(
  operands: readonly Operand[],
  has: (...options: readonly string[]) => boolean,
  valuesOf: (...names: readonly string[]) => readonly Operand[],
): GitNames {
  const told = valuesOf("-u", "--set-upstream-to", "--contains").map(as("loose"));
  if (has("-d", "-D", "--delete", "-l", "--list", "-r", "-a", "--merged", "--no-merged"))
    return naming(told);
  if (has("-m", "-M", "--move", "-c", "-C", "--copy")) return naming(told, textOf(operands.at(-1)));
  const [first, start] = operands;
  // `git branch -u origin/develop develop` makes nothing.
  const made = told.length > 0 ? [] : textOf(first);
  return naming([...told, ...(start === undefined ? [] : [as("loose")(start)])], made);
}

function readRemote(verb: string, name: Operand | undefined, next: Operand | undefined): GitNames {
  if (verb === "add") return naming([], textOf(name));
  if (verb === "rename") return naming(remoteOf(name), textOf(next));
  const verbs = ["show", "get-url", "set-url", "prune", "remove", "rm", "set-head", "set-branches"];
  return naming(verbs.includes(verb) ? remoteOf(name) : []);
}
