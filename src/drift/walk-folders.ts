import type { ShellCommand } from "../model/shell-script.ts";
import { joinPath } from "./file-tree.ts";
import { findOpenedShell, isLoginCall } from "./opened-shell.ts";

/** Where a command of a document starts. */
export interface CommandStart {
  /** Folders of the subject, the likeliest first; undefined where nobody knows. */
  readonly folders: readonly string[] | undefined;
  /** The wrapper that took a person elsewhere before: `ssh`, `docker exec`; absent on this machine. */
  readonly session?: string | undefined;
}

/** Follows the commands of one section from folder to folder, and into other machines and back. */
export interface FolderWalk {
  /** A new script begins: the subshells of the one before have ended. */
  startScript(): void;
  /** Tells where the next command starts, then does what it does; `opensShell` waits for a person. */
  pass(command: ShellCommand, opensShell: boolean): CommandStart;
}

type Folders = readonly string[] | undefined;

interface WalkState extends CommandStart {
  /** For `cd -`. */
  readonly previous: Folders;
  /** For `popd`. */
  readonly pushed: readonly Folders[];
  /** The shell that `exit` leads back to. */
  readonly outer: WalkState | undefined;
}

/** Nobody nests as many; hostile text must not take more memory than it is long. */
const mostNested = 50;
const topLevel = /^"?\$\(git rev-parse --show-toplevel\)"?((?:\/[\w.-]+)*)"?$/;

/**
 * Starts in a folder of the subject, or in the subject itself.
 *
 * A `cd` in a subshell, in `bash -c` or in a substitution ends with it; `pushd`, `popd` and `cd -` are
 * followed. Behind a shell that is opened for a person elsewhere (`ssh HOST`, `docker exec -it C bash`)
 * all commands are there until `exit`. No I/O.
 *
 * @example behind `(cd api && make)`, `cd web`: ["web", ""]
 */
export function createFolderWalk(folder = ""): FolderWalk {
  let state: WalkState = { folders: [folder], previous: undefined, pushed: [], outer: undefined };
  let scopes: { readonly end: number; readonly before: WalkState }[] = [];

  function leaveScopes(at: number): void {
    for (let last = scopes.at(-1); last !== undefined && last.end <= at; last = scopes.at(-1)) {
      state = last.before;
      scopes.pop();
    }
  }

  function change(next: WalkState, scopeEnd: number | undefined): void {
    const isNew = scopeEnd !== undefined && scopes.at(-1)?.end !== scopeEnd;
    if (isNew && scopes.length < mostNested) scopes.push({ end: scopeEnd, before: state });
    state = next;
  }

  return {
    startScript() {
      leaveScopes(Number.POSITIVE_INFINITY);
      scopes = [];
    },
    pass(command, opensShell) {
      leaveScopes(command.range.start);
      const { folders, session } = state;
      const opened = opensShell ? findOpenedShell(command) : undefined;
      if (opened !== undefined) {
        const isDeep = depthOf(state) >= mostNested;
        const outer = isDeep ? state.outer : state;
        const next = { ...state, ...opened, outer };
        change(opened.keepsFolder ? next : { ...next, folders: undefined }, command.scopeEnd);
      } else if (/^(?:exit|logout)$/.test(command.name) && command.words.length === 1) {
        if (state.outer !== undefined) change(state.outer, command.scopeEnd);
      } else if (isLoginCall(command)) {
        const end = command.range.end + (command.stdinText?.length ?? 0);
        change({ ...state, folders: undefined }, end);
      } else if (session === undefined && command.place === "here") {
        const moved = moveFolder(command, state);
        if (moved !== undefined) change(moved, command.scopeEnd);
      }
      return { folders, session };
    },
  };
}

function depthOf(state: WalkState): number {
  let depth = 0;
  for (let at = state.outer; at !== undefined; at = at.outer) depth += 1;
  return depth;
}

/** What `cd`, `pushd` and `popd` make of a state; undefined for any other command. */
function moveFolder(command: ShellCommand, state: WalkState): WalkState | undefined {
  const { name, words, isLiteral } = command;
  const { folders, previous, pushed } = state;
  if (name === "popd") {
    return { ...state, folders: pushed.at(-1), previous: folders, pushed: pushed.slice(0, -1) };
  }
  if (name !== "cd" && name !== "pushd") return undefined;
  const at = words.findIndex((word, index) => index > 0 && !/^-./.test(word));
  const target = words[at];
  const stack = name === "pushd" && pushed.length < mostNested ? [...pushed, folders] : pushed;
  const moved = { ...state, previous: folders, pushed: stack };
  if (target === "-") return { ...moved, folders: previous };
  const [, below] = topLevel.exec(target ?? "") ?? [];
  if (below !== undefined) return { ...moved, folders: [joinPath("", below.slice(1))] };
  if (folders === undefined || target === undefined || isLiteral[at] !== true) {
    return { ...moved, folders: undefined };
  }
  const next = joinPath(folders[0] ?? "", target);
  const leadsOut = /^[/~]/.test(target) || next.startsWith("..");
  // The next block may be meant from where this one began.
  return { ...moved, folders: leadsOut ? undefined : [...new Set([next, ...folders])] };
}
