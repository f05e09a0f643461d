import type { ShellCommand } from "../../model/shell-script.ts";
import type { CallWord } from "./tool-call.ts";
import { walkCall, type WalkedCall } from "./walk-call.ts";

/** A call that runs a script of a `package.json`. */
export interface PackageScriptCall {
  readonly manager: string;
  readonly script: CallWord;
  readonly folder?: CallWord | undefined;
  /**
   * Which packages: a name or folder of one (`-w api`), or all of the workspace; absent for the one
   * of the folder.
   */
  readonly workspace?: CallWord | "all" | undefined;
  /** True where, without such a script, a program of a dependency is started. */
  readonly canBeProgram: boolean;
}

interface Manager {
  readonly valued: string;
  /** Options that change nothing about which script is run. */
  readonly flags: string;
  readonly run: string;
  /** Commands of its own that run the script of the same name. */
  readonly shortcuts: Readonly<Record<string, string>>;
  /** Its other commands; absent where a word that is none of `run` and `shortcuts` is no script. */
  readonly own?: string;
  readonly runsPrograms: boolean;
}

/** Sources: `npm help run`, `yarn --help` of 1 and 4, `pnpm --help`, `bun --help`. */
const managers: Readonly<Record<string, Manager>> = {
  npm: {
    valued:
      "--prefix -C -w --workspace --registry --tag --loglevel --userconfig --cache --script-shell --node-options",
    flags:
      "-s --silent -q --quiet -d -dd -ddd --verbose -ws --workspaces -iwr --include-workspace-root --ignore-scripts --foreground-scripts --color --no-color --no-audit --no-fund --offline",
    run: "run run-script rum urn",
    shortcuts: { test: "test", t: "test", tst: "test", start: "start", stop: "stop" },
    runsPrograms: false,
  },
  pnpm: {
    valued: "-C --dir -F --filter --filter-prod --workspace-concurrency --reporter --loglevel",
    flags:
      "-s --silent -r --recursive -w --workspace-root --parallel --stream --aggregate-output --no-bail --sequential --color --no-color",
    run: "run run-script",
    shortcuts: { test: "test", t: "test", start: "start", stop: "stop" },
    own: "add approve-builds audit bin bugs c cache cat-file cat-index ci clean completion config create dedupe deploy deprecate dist-tag dlx docs doctor edit env exec fetch find-hash get help home i ignored-builds import info init install install-test it la licenses link list ll ln login logout ls outdated owner pack patch patch-commit patch-remove ping pkg prefix profile prune publish rb rebuild remove repo restart rm root search self-update server set setup show stage store team token un unlink uninstall unpublish up update upgrade v version view whoami why",
    runsPrograms: true,
  },
  yarn: {
    valued: "--cwd --registry --mutex --network-timeout --modules-folder --cache-folder",
    flags:
      "-s --silent -T --top-level --verbose --offline --non-interactive --no-progress --frozen-lockfile",
    run: "run",
    shortcuts: {},
    own: "access add audit autoclean bin cache check config constraints create dedupe dlx exec explain generate-lock-entry global help import info init install licenses link list login logout node npm outdated owner pack patch patch-commit plugin policies prune publish rebuild remove search set stage tag team unlink unplug up upgrade upgrade-interactive version versions why workspaces",
    runsPrograms: true,
  },
  bun: {
    valued: "--cwd --filter -F --env-file -c --config",
    flags: "--silent -b --bun --watch --hot --smol",
    run: "run",
    shortcuts: {},
    own: "a add audit build c completions create discord exec getcompletes help i info init install link outdated patch pm publish remove repl rm test unlink up update upgrade why x",
    runsPrograms: true,
  },
};

const wordSets = new Map<string, ReadonlySet<string>>();

function hasWord(list: string | undefined, word: string): boolean {
  if (list === undefined) return false;
  let set = wordSets.get(list);
  if (set === undefined) {
    set = new Set(list.split(" "));
    wordSets.set(list, set);
  }
  return set.has(word);
}

/**
 * Reads which script a call of npm, pnpm, yarn, bun or `node --run` runs; undefined where it runs
 * none, or none that must be there (`--if-present`).
 *
 * A manager's own commands (`npm ci`, `yarn add`) run none. No I/O.
 *
 * @example for `pnpm --dir web run build`: { manager: "pnpm", script: build, folder: web, … }
 */
export function readPackageScriptCall(command: ShellCommand): PackageScriptCall | undefined {
  const { name } = command;
  if (name === "node") return readNodeRun(command);
  const manager = Object.hasOwn(managers, name) ? managers[name] : undefined;
  if (manager === undefined) return undefined;
  const call = walkCall(command, new Set(manager.valued.split(" ")));
  if (call.options.some((option) => option.name === "--if-present")) return undefined;
  const found = findScript(name, manager, call);
  if (found === undefined || !isScriptName(found.script)) return undefined;
  // An option that is not known may take the word behind it as its value.
  const before = call.options.find(({ place }) => place === found.place - 1);
  const isKnown =
    before === undefined || before.value !== undefined || hasWord(manager.flags, before.name);
  if (!isKnown) return undefined;
  const folder = call.valueOf("--prefix", "-C", "--dir", "--cwd");
  const workspace = found.workspace ?? findWorkspace(name, call);
  return {
    manager: name,
    script: found.script,
    folder,
    workspace,
    canBeProgram: manager.runsPrograms && (name !== "pnpm" || !found.hasRun),
  };
}

function readNodeRun(command: ShellCommand): PackageScriptCall | undefined {
  const script = walkCall(command, new Set(["--run"])).valueOf("--run");
  if (script === undefined || !isScriptName(script)) return undefined;
  return { manager: "node", script, canBeProgram: false };
}

/** A file, a pattern (`/^build:/`), a beginning (`play:`) and what a variable gives are no names. */
function isScriptName({ text, isLiteral }: CallWord): boolean {
  if (!isLiteral || /[:-]$|\.[cm]?[jt]sx?$/.test(text)) return false;
  return /^[\w@][\w:@+.-]*$/.test(text);
}

interface FoundScript {
  readonly script: CallWord;
  readonly place: number;
  readonly hasRun: boolean;
  readonly workspace?: CallWord | "all" | undefined;
}

function findScript(
  name: string,
  manager: Manager,
  { operands }: WalkedCall,
): FoundScript | undefined {
  let [verb, ...rest] = operands;
  let workspace: CallWord | "all" | undefined;
  if (name === "yarn" && verb?.text === "workspace") {
    [workspace, verb, ...rest] = rest;
  } else if (name === "yarn" && verb?.text === "workspaces") {
    const at = rest.findIndex(({ text }) => text === "run");
    if (at === -1) return undefined;
    workspace = "all";
    [verb, ...rest] = rest.slice(at);
  }
  if (verb === undefined || !verb.isLiteral) return undefined;
  if (hasWord(manager.run, verb.text)) {
    const [script] = rest;
    // `npm run env` lists the environment where there is no such script.
    if (script === undefined || (name === "npm" && script.text === "env")) return undefined;
    return { script, place: script.place, hasRun: true, workspace };
  }
  const shortcut = Object.hasOwn(manager.shortcuts, verb.text)
    ? manager.shortcuts[verb.text]
    : undefined;
  if (shortcut !== undefined) {
    return { script: { ...verb, text: shortcut }, place: verb.place, hasRun: true, workspace };
  }
  if (manager.own === undefined || hasWord(manager.own, verb.text)) return undefined;
  return { script: verb, place: verb.place, hasRun: false, workspace };
}

function findWorkspace(name: string, call: WalkedCall): CallWord | "all" | undefined {
  const has = (...names: readonly string[]): boolean =>
    call.options.some((option) => names.includes(option.name));
  if (name === "npm") {
    return has("-ws", "--workspaces") ? "all" : call.valueOf("-w", "--workspace");
  }
  if (name === "pnpm" && has("-r", "--recursive", "-w", "--workspace-root")) return "all";
  const filter = call.valueOf("-F", "--filter", "--filter-prod");
  if (filter === undefined) return undefined;
  // Selectors are a language of their own; only a plain name or folder means one package.
  return filter.isLiteral && /^(?:@[\w.-]+\/)?[\w.-]+$|^\.\/[\w./-]+$/.test(filter.text)
    ? filter
    : "all";
}
