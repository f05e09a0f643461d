import { maskCode, pythonManner } from "./mask-code.ts";
import { readCallArguments, type CallArgument } from "./read-call-arguments.ts";
import type { ReadScriptOptions, ScriptCommand, ScriptOption } from "./script-options.ts";

interface Decorator {
  readonly name: string;
  readonly args: readonly CallArgument[];
  readonly range: ScriptCommand["range"];
}

interface Draft {
  readonly command: ScriptCommand;
  /** The function that it is made of, and the group that it belongs to: `click` for none. */
  readonly functionName: string;
  readonly parent: string;
}

const mostEvents = 3000;
/** Decorators of click and Python that add no option beyond what is written. */
const plain =
  /(?:^|\.)(?:argument|option|command|group|pass_\w+|version_option|help_option|confirmation_option|password_option|staticmethod|wraps)$/;
/** Options that a decorator of click brings by itself. */
const brought: Readonly<Record<string, readonly string[]>> = {
  version_option: ["--version"],
  confirmation_option: ["--yes"],
  password_option: ["--password"],
};

/**
 * Reads which options and sub-commands a Python script knows by click's decorators.
 *
 * Linear in time; never throws. Click's documentation. No I/O.
 *
 * @example for `@cli.command()`, `@click.option("--quick", is_flag=True)`, `def all_checks():` : the
 *   command `all-checks` with the option `--quick`
 */
export function readClickOptions(text: string): ReadScriptOptions {
  const masked = maskCode(text, pythonManner);
  const drafts = collectDrafts(text, masked);
  if (drafts.length === 0) {
    return { kind: "unknown", reason: "how the script reads its arguments is not known" };
  }
  const known = new Set(drafts.map(({ functionName }) => functionName));
  const roots = drafts.filter(({ parent }) => !known.has(parent));
  const [root] = roots;
  const isWhole = !/\.add_command[ \t]*\(|\bCommandCollection\b|\bchain[ \t]*=/.test(masked);
  if (root === undefined || roots.length > 1 || !isWhole) {
    return { kind: "unknown", reason: "the script's commands are put together elsewhere" };
  }
  return {
    kind: "known",
    options: {
      manner: "click",
      root: { ...assemble(root, drafts, 0), name: "", aliases: [] },
      common: [],
      allowsAbbreviations: false,
      isExact: true,
    },
  };
}

function assemble(draft: Draft, drafts: readonly Draft[], depth: number): ScriptCommand {
  const own = depth > 5 ? [] : drafts.filter(({ parent }) => parent === draft.functionName);
  const commands = own
    .filter((one) => one !== draft)
    .map((one) => assemble(one, drafts, depth + 1));
  const isStrict = commands.length > 0 && draft.command.openReason === undefined;
  return { ...draft.command, commands, isStrict };
}

function collectDrafts(text: string, masked: string): readonly Draft[] {
  const drafts: Draft[] = [];
  let stack: Decorator[] = [];
  let count = 0;
  for (const match of masked.matchAll(
    /^[ \t]*(?:@([\w.]+)[ \t]*(\(?)|(?:async[ \t]+)?def[ \t]+(\w+))/gm,
  )) {
    count += 1;
    if (count > mostEvents) break;
    const [whole, decorator, open, functionName] = match;
    if (decorator !== undefined) {
      const end = match.index + whole.length;
      const args = open === "(" ? readCallArguments(text, masked, end - 1) : [];
      const start = match.index + whole.indexOf("@");
      stack.push({ name: decorator, args: args ?? [], range: { start, end } });
    } else if (functionName !== undefined) {
      const draft = makeDraft(functionName, stack);
      if (draft !== undefined) drafts.push(draft);
      stack = [];
    }
  }
  return drafts;
}

function makeDraft(functionName: string, stack: readonly Decorator[]): Draft | undefined {
  const maker = stack.find(({ name }) => /(?:^|\.)(?:command|group)$/.test(name));
  if (maker === undefined) return undefined;
  const dot = maker.name.lastIndexOf(".");
  const first = maker.args.find(({ keyword }) => keyword === undefined || keyword === "name");
  const settings = maker.args.map(({ source }) => source).join(" ");
  const isOpen =
    stack.some(({ name }) => !plain.test(name)) ||
    /ignore_unknown_options|allow_extra_args|\bcls\b/.test(settings) ||
    maker.args.some(({ keyword }) => keyword === "cls" || keyword === "context_settings");
  const hasComputed =
    (first !== undefined && first.literal === undefined) ||
    stack.some(
      ({ name, args }) =>
        name.endsWith("option") &&
        args.some(({ keyword, literal }) => keyword === undefined && literal === undefined),
    );
  const options = stack.flatMap(readOption);
  const help: ScriptOption = { names: ["--help", "-h"], takesValue: false, range: maker.range };
  const dashed = functionName.toLowerCase().replaceAll("_", "-");
  const openReason =
    isOpen || hasComputed ? "not all of the script's options are in its text" : undefined;
  return {
    functionName,
    parent: dot === -1 ? "click" : maker.name.slice(0, dot),
    command: {
      name: first?.literal ?? dashed,
      // Click 8.2 leaves the ending out; the old name is not wrong for those before it.
      aliases:
        first?.literal === undefined
          ? [dashed.replace(/-(?:command|cmd|group|grp)$/, ""), functionName]
          : [],
      range: first?.range ?? maker.range,
      options: [...options, help],
      commands: [],
      openReason,
      isStrict: false,
    },
  };
}

function readOption({ name, args, range }: Decorator): readonly ScriptOption[] {
  const kind = name.slice(name.lastIndexOf(".") + 1);
  if (!kind.endsWith("option")) return [];
  const literals = args.flatMap(({ keyword, literal }) =>
    keyword === undefined && literal !== undefined ? literal : [],
  );
  const names = literals.flatMap((literal) =>
    literal
      .split("/")
      .map((part) => part.trim())
      .filter((part) => part.startsWith("-")),
  );
  const isFlag =
    kind !== "option" ||
    literals.some((literal) => literal.includes("/")) ||
    args.some(
      ({ keyword, source }) => keyword === "count" || (keyword === "is_flag" && source === "True"),
    );
  const all = names.length > 0 ? names : (brought[kind] ?? []);
  return all.length === 0
    ? []
    : [{ names: all, takesValue: !isFlag, range: args[0]?.range ?? range }];
}
