import type { ParsedDocument } from "../../model/parsed-document.ts";
import type { ShellCommand } from "../../model/shell-script.ts";
import { listValuedOptions } from "../../shell/command-call.ts";
import { readOptions } from "../../shell/read-options.ts";
import { joinPath } from "../file-tree.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { isGeneratingTask } from "./is-generating-task.ts";
import { listNamedPaths, listTestedPaths } from "./list-named-paths.ts";

/** What a runbook makes by itself: a path among it proves nothing about the repository. */
export interface MadePaths {
  /** True for a path that a command writes, or one below a folder that it makes. */
  has(path: string): boolean;
  /** The offset from which on files may be there that nobody names: unpacked, cloned, fetched. */
  readonly foreignFrom: number;
  /** The same for what a build or a generator of the repository leaves in its folders. */
  readonly generatedFrom: number;
}

/** Programs all of whose operands come to be by their call. */
const makers = new Set(
  "touch mkdir tee vim vi nvim nano emacs code mkfifo truncate virtualenv sponge".split(" "),
);
/** Their operands need not be there behind them. */
const removers = new Set("rm unlink shred rmdir".split(" "));
/** Programs whose last operand comes to be. */
const copiers = new Set("cp mv ln scp rsync install".split(" "));
/** Sub-commands of others that copy: `docker cp`, `aws s3 cp`, `rclone sync`. */
const copyVerbs = new Set("cp copy copyto sync download get pull".split(" "));
/** Options that name what a command writes, whatever the command. */
const outputOptions =
  /^(?:-o|-O|-{1,2}out|--output|--output-file|--output-dir|--outfile|--output-document|--dest|--destination|--export|--log-file|-{1,2}keyout)$/;
const outputFolders = /^(?:--output-dir|--outdir|--out-dir|--directory-prefix|-{1,2}dest-dir)$/;
/** Options of dump programs that mean the file to be written. */
const dumpFile = new Set(
  "pg_dump pg_dumpall mysqldump mongodump pg_basebackup ssh-keygen".split(" "),
);

/**
 * Collects what the commands of a document write, and what its prose says will be written.
 *
 * Targets of redirections, copies, `mkdir`, `touch`, `tee`, editors, `-o FILE`, downloads, clones;
 * what a script asks for (`[ -f x ]`), removes, or hands to a program that no table knows;
 * blocks that are headed by a file's name; names in sentences about creating or saving a file. No
 * I/O.
 */
export function collectMadePaths(
  parsed: ParsedDocument,
  commands: readonly PlacedCommand[],
): MadePaths {
  const files = new Set<string>();
  const folders = new Set<string>();
  const inProse = new Set(listNamesInProse(parsed));
  const bare = new Set<string>();
  let foreignFrom = Number.POSITIVE_INFINITY;
  let generatedFrom = Number.POSITIVE_INFINITY;
  let tested: readonly string[] = [];
  let last: PlacedCommand | undefined;
  for (const placed of commands) {
    const { command, folders: starts = [""] } = placed;
    for (const { path, isFolder } of listMade(command)) {
      const written = path.replace(/^["']|["']$/g, "");
      const isRelative = /^[\w.@+-][\w.@+/-]*$/.test(written);
      // Of `"$DIR/dump.sql"` the name is what a later step in that folder repeats.
      if (written.includes("$")) bare.add(nameOf(written));
      for (const start of isRelative ? starts : []) {
        (isFolder ? folders : files).add(joinPath(start, written));
      }
    }
    if (bringsFiles(command)) {
      foreignFrom = Math.min(foreignFrom, placed.locate(command.range).start.offset);
    }
    if (isGeneratingTask(command)) {
      generatedFrom = Math.min(generatedFrom, placed.locate(command.range).start.offset);
    }
    const { step } = placed;
    if (step === last?.step && placed.folders === last?.folders) continue;
    if (step !== last?.step) tested = listTestedPaths(step?.script ?? "");
    for (const start of tested.length === 0 ? [] : starts) {
      for (const path of tested) files.add(joinPath(start, path));
    }
    last = placed;
  }
  return {
    foreignFrom,
    generatedFrom,
    has(path) {
      if (files.has(path) || bare.has(path) || inProse.has(nameOf(path))) return true;
      for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
        if (folders.has(path.slice(0, end))) return true;
      }
      return false;
    },
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

interface MadePath {
  readonly path: string;
  readonly isFolder?: boolean;
}

function listMade(command: ShellCommand): readonly MadePath[] {
  const { name, words, redirections } = command;
  const { operands } = readOptions(words, 1, listValuedOptions(name), false);
  const made: MadePath[] = redirections
    .filter(({ operator }) => /^(?:\d|&)?>[>|]?$/.test(operator))
    .map(({ target }) => ({ path: target }));
  if (removers.has(name)) made.push(...operands.map((path) => ({ path })));
  if (makers.has(name)) {
    const isFolder = name === "mkdir" || name === "virtualenv";
    made.push(...operands.map((path) => ({ path, isFolder })));
  }
  const copies =
    copiers.has(name) || operands.slice(0, 3).some((operand) => copyVerbs.has(operand));
  if (copies && operands.length > 1) made.push(...listCopied(operands));
  for (const [index, word] of words.entries()) {
    const [option = "", value] = word.startsWith("-") ? word.split("=", 2) : [];
    const isDump = dumpFile.has(name) && (option === "-f" || option === "--file");
    const path = value ?? words[index + 1] ?? "";
    if (isDump || outputOptions.test(option)) made.push({ path });
    if (outputFolders.test(option)) made.push({ path, isFolder: true });
  }
  if (name === "wget" || name === "curl") made.push(...listDownloads(words));
  made.push(...listNamedPaths(command).map((path) => ({ path })));
  made.push(...listMadeFolders(name, words, operands));
  return made;
}

/** `cp a/x.conf b` makes `b`, and `b/x.conf` where `b` is a folder. */
function listCopied(operands: readonly string[]): readonly MadePath[] {
  const last = operands.at(-1) ?? "";
  // `host:path` is on another machine.
  if (/^[^/]{2,}:/.test(last)) return [];
  const sources = operands.slice(0, -1);
  return [
    { path: last },
    ...sources.map((source) => ({ path: `${last.replace(/\/$/, "")}/${nameOf(source)}` })),
  ];
}

function listDownloads(words: readonly string[]): readonly MadePath[] {
  return words
    .filter((word) => word.includes("://"))
    .map((word) => ({ path: word.slice(word.lastIndexOf("/") + 1).replace(/[?#"'].*$/s, "") }))
    .filter(({ path }) => path !== "");
}

function listMadeFolders(
  name: string,
  words: readonly string[],
  operands: readonly string[],
): readonly MadePath[] {
  const folder = (path: string | undefined): readonly MadePath[] =>
    path === undefined ? [] : [{ path, isFolder: true }];
  const behind = (option: string): string | undefined =>
    words.includes(option) ? words[words.indexOf(option) + 1] : undefined;
  if (name === "git" && (operands[0] === "clone" || operands[0] === "init")) {
    const url = operands[1] ?? "";
    return folder(operands[2] ?? url.replace(/\.git$/, "").slice(url.lastIndexOf("/") + 1));
  }
  if (name === "git" && operands[0] === "worktree") return folder(operands[2]);
  if (name === "tar") return folder(behind("-C"));
  if (name === "wget") return folder(behind("-P"));
  if (name === "unzip") return folder(behind("-d"));
  if (/^python\d?$/.test(name) && words.includes("venv")) return folder(words.at(-1));
  if (name === "helm" && operands[0] === "create") return folder(operands[1]);
  return [];
}

/** True where a command leaves files that it does not name. */
function bringsFiles({ name, words }: ShellCommand): boolean {
  const [, first = "", second = ""] = words;
  switch (name) {
    case "git":
      return words.includes("clone") || first === "submodule";
    case "tar":
      return (
        /^[a-zA-Z]*x[a-zA-Z]*$/.test(first) ||
        words.some((word) => /^-[a-zA-Z]*x[a-zA-Z]*$|^--(?:extract|get)$/.test(word))
      );
    case "unzip":
    case "7z":
    case "7za":
    case "cpio":
    case "gh":
    case "svn":
    case "hg":
      return name !== "gh" || ["clone", "download"].includes(second);
    case "helm":
      return first === "pull" || first === "fetch";
    case "npx":
      return /^create-|degit/.test(first);
    case "npm":
    case "yarn":
    case "pnpm":
      return first === "create" || first === "init";
    case "cookiecutter":
    case "degit":
    case "rsync":
      return true;
    default:
      return false;
  }
}

const creation =
  /\b(?:creat\w*|sav(?:e|ed|es|ing)|writ(?:e|es|ing|ten)|generat\w*|download\w*|paste|stor(?:e|ed|ing)|named|called|export\w*|following (?:content|file|yaml|script)|new file)\b/i;

/** Names of files in lines that speak of creating one, and those that head a block. */
function listNamesInProse({ source, blocks }: ParsedDocument): readonly string[] {
  const names: string[] = [];
  const inside = blocks.filter((block) => block.kind === "fence");
  let next = 0;
  let offset = 0;
  for (const line of source.text.split("\n")) {
    while (next < inside.length && (inside[next]?.span.end.offset ?? 0) <= offset) next += 1;
    const isCode = offset >= (inside[next]?.codeSpan.start.offset ?? Number.POSITIVE_INFINITY);
    offset += line.length + 1;
    if (isCode || line.length > 2000) continue;
    const found = findFileNames(line);
    // A name and nothing else stands above a block with the file's text.
    const isTitle = found.length === 1 && (line.match(/[^\s>#*_`:-]+/g) ?? []).length === 1;
    if (found.length > 0 && (isTitle || creation.test(line))) names.push(...found);
  }
  for (const { language, meta, code } of inside) {
    const first = code.slice(0, 200).split("\n", 1)[0] ?? "";
    const isShell = /^(?:ba|z|k)?sh$|^shell|^console$/.test(language ?? "");
    const title = /^\s*(?:#|\/\/|--|;|<!--)/.test(first) && !isShell ? first : "";
    names.push(...findFileNames(`${meta.slice(0, 500)} ${title}`));
  }
  return names;
}

/** Names with an ending, without their folders. */
function findFileNames(text: string): readonly string[] {
  return text
    .split(/[^\w.@+-]+/)
    .map((word) => word.replace(/\.+$/, ""))
    .filter((word) => /\.[a-z][a-z0-9]{0,9}$/i.test(word));
}
