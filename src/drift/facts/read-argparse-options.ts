import { maskCode, pythonManner } from "./mask-code.ts";
import { readCallArguments, readStringLiteral, type CallArgument } from "./read-call-arguments.ts";
import type { ReadScriptOptions, ScriptCommand, ScriptOption } from "./script-options.ts";

/** A parser while the text is read. */
interface Draft {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly range: ScriptCommand["range"];
  readonly options: ScriptOption[];
  readonly commands: Draft[];
  openReason?: string | undefined;
  /** Words are operands here, so that none of them is surely a sub-command. */
  hasOperands: boolean;
}

type Bound =
  | { readonly kind: "parser"; readonly draft: Draft }
  | { readonly kind: "commands"; readonly of: Draft };

const calls =
  /\b(ArgumentParser|add_subparsers|add_parser|add_argument_group|add_mutually_exclusive_group|add_argument|parse_known_args|parse_known_intermixed_args)[ \t]*\(/g;
const mostCalls = 1000;
const withoutValue =
  /\b(?:store_true|store_false|store_const|append_const|count|help|version|BooleanOptionalAction)\b/;

/**
 * Reads which options and sub-commands a Python script knows by `argparse`.
 *
 * Receivers are followed by their names; an option of a parser that is not known counts for all.
 * Linear in time; never throws. Python's library reference, "argparse". No I/O.
 *
 * @example for `add_parser("all")` and `add_argument("--quick", action="store_true")` on it: the
 *   command `all` with the option `--quick`
 */
export function readArgparseOptions(text: string): ReadScriptOptions {
  const masked = maskCode(text, pythonManner);
  const root = makeDraft("", [], { start: 0, end: 0 });
  const bound = new Map<string, Bound>();
  const common: ScriptOption[] = [];
  let count = 0;
  for (const match of masked.matchAll(calls)) {
    count += 1;
    if (count > mostCalls) return { kind: "unknown", reason: "the script has too many options" };
    const open = match.index + match[0].length - 1;
    const { variable, receiver } = readContext(masked, match.index);
    const args = readCallArguments(text, masked, open);
    const target = receiver === undefined ? undefined : bound.get(receiver);
    const parser = target?.kind === "parser" ? target.draft : undefined;
    const bind = (value: Bound | undefined): void => {
      if (variable === undefined) return;
      if (value === undefined) bound.delete(variable);
      else bound.set(variable, value);
    };
    switch (match[1]) {
      case "ArgumentParser":
        bind({ kind: "parser", draft: root });
        if (args?.some(({ keyword }) => keyword === "prefix_chars") !== false) {
          root.openReason = "the script's options begin with signs of its own";
        }
        break;
      case "add_subparsers":
        bind(parser === undefined ? undefined : { kind: "commands", of: parser });
        break;
      case "add_parser": {
        const draft = makeCommand(args);
        bind(draft === undefined ? undefined : { kind: "parser", draft });
        const parent = target?.kind === "commands" ? target.of : root;
        if (draft === undefined) parent.openReason ??= "a variable names commands of the script";
        else parent.commands.push(draft);
        break;
      }
      case "add_argument_group":
      case "add_mutually_exclusive_group":
        bind(parser === undefined ? undefined : { kind: "parser", draft: parser });
        break;
      case "add_argument":
        addArgument(args, parser, root, common);
        break;
      default:
        root.openReason = "the script hands on options that it does not know";
    }
  }
  if (count === 0)
    return { kind: "unknown", reason: "how the script reads its arguments is not known" };
  if (isHandedOn(masked, bound)) root.openReason ??= "another module adds options";
  return {
    kind: "known",
    options: {
      manner: "argparse",
      root: finish(root),
      common,
      allowsAbbreviations: !/\ballow_abbrev\s*=\s*False\b/.test(masked),
      isExact: common.length === 0,
    },
  };
}

function makeDraft(name: string, aliases: readonly string[], range: Draft["range"]): Draft {
  return { name, aliases, range, options: [], commands: [], hasOperands: false };
}

/** `variable = receiver.` in front of a call; longer names are nobody's. */
function readContext(
  masked: string,
  at: number,
): { variable: string | undefined; receiver: string | undefined } {
  const before = masked.slice(Math.max(0, at - 200), at);
  const [, variable, receiver] =
    /(?:([A-Za-z_][\w.]{0,80})[ \t]*=[ \t]*)?(?:([A-Za-z_][\w.]{0,80})\.)?$/.exec(before) ?? [];
  return { variable, receiver };
}

function makeCommand(args: readonly CallArgument[] | undefined): Draft | undefined {
  const [name] = args ?? [];
  if (name?.literal === undefined) return undefined;
  const aliases = args?.find(({ keyword }) => keyword === "aliases")?.source ?? "";
  const found = (aliases.slice(0, 500).match(/"[^"]*"|'[^']*'/g) ?? []).flatMap(
    (literal) => readStringLiteral(literal) ?? [],
  );
  return makeDraft(name.literal, found, name.range);
}

function addArgument(
  args: readonly CallArgument[] | undefined,
  parser: Draft | undefined,
  root: Draft,
  common: ScriptOption[],
): void {
  const named = (args ?? []).filter(({ keyword }) => keyword === undefined);
  const keywords = (args ?? []).filter(({ keyword }) => keyword !== undefined);
  const [first] = named;
  if (first === undefined || named.some(({ literal }) => literal === undefined)) {
    (parser ?? root).openReason ??= "a variable names options of the script";
    return;
  }
  const valueOf = (name: string): string =>
    keywords.find(({ keyword }) => keyword === name)?.source ?? "";
  if (first.literal?.startsWith("-") !== true) {
    (parser ?? root).hasOperands = true;
    if (/REMAINDER|\.\.\./.test(valueOf("nargs"))) {
      (parser ?? root).openReason = "the script hands on what stands behind its arguments";
    }
    return;
  }
  const names = named.flatMap(({ literal }) => literal ?? []);
  const action = valueOf("action");
  if (/BooleanOptionalAction/.test(action)) {
    names.push(...names.filter((one) => one.startsWith("--")).map((one) => `--no-${one.slice(2)}`));
  }
  const takesValue = !withoutValue.test(action) && !/^["'][?*]["']$/.test(valueOf("nargs"));
  const option: ScriptOption = { names, takesValue, range: first.range };
  if (parser === undefined) common.push(option);
  else parser.options.push(option);
}

/** True where a parser is given to a function that the text does not define. */
function isHandedOn(masked: string, bound: ReadonlyMap<string, Bound>): boolean {
  const defined = new Set([...masked.matchAll(/\bdef[ \t]+(\w+)/g)].map(([, name]) => name));
  for (const match of masked.matchAll(/\b([A-Za-z_][\w.]{0,80})[ \t]*\(([^()\n]{1,200})\)/g)) {
    const [, name = "", inner = ""] = match;
    if (defined.has(name) || /^(?:print|len|str|repr|isinstance|id|type)$/.test(name)) continue;
    if (inner.split(",").some((part) => bound.has(part.trim()))) return true;
  }
  return false;
}

function finish(draft: Draft): ScriptCommand {
  const { name, aliases, range, hasOperands, openReason } = draft;
  const help: ScriptOption = { names: ["-h", "--help"], takesValue: false, range };
  return {
    name,
    aliases,
    range,
    options: [...draft.options, help],
    commands: draft.commands.map(finish),
    openReason,
    isStrict: draft.commands.length > 0 && !hasOperands && openReason === undefined,
  };
}
