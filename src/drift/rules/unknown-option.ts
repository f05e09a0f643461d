import { findNearest } from "../../parse/find-nearest.ts";
import { toolOptionClaims, type ToolOptionClaim } from "../claims/tool-option-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { helpFacts, type HelpFacts } from "../facts/help-facts.ts";
import { findOptionLimit, takesPlugins } from "../facts/help-limits.ts";
import type { HelpText } from "../facts/parse-help-text.ts";
import { walkHelp } from "../facts/walk-help.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command gives a program an option that its help does not list. */
export const unknownOption = defineClaimRule<
  ToolOptionClaim,
  { help: FactSource<HelpFacts> },
  { program: string; option: string; nearest: string | undefined }
>({
  code: "tools/unknown-option",
  severity: "error",
  title: "An option that the program has not",
  what: "With `check --observe help`: a command has an option that the installed program's help text does not list. Only programs that the front matter declares, and those that every machine has, are asked; abbreviations (`--recurs`) count as unknown.",
  why: "The program stops with a usage message, in the middle of the block. Options come and go with versions: the help is that of the version that is installed here.",
  remedy:
    "Correct the option. If another version of the program is meant, say which in `tools`, and check where it is installed.",
  example: {
    language: "bash",
    wrong: "curl --fial https://unioncore.example/health",
    right: "curl --fail https://unioncore.example/health",
  },
  claims: toolOptionClaims,
  facts: { help: helpFacts },
  async judge({ value, path: document }, { help }) {
    // The first line of what git prints, in a block of pasted output.
    if (value.program === "diff" && value.option === "--git") return unjudged("git printed it");
    const walked = await walkHelp(value, value.place, help);
    if (walked.kind === "unjudged") return walked;
    const { path, helps } = walked;
    const limit = findOptionLimit([value.program]) ?? findOptionLimit(path);
    if (limit !== undefined) return unjudged(limit);
    const { option } = value;
    if (alwaysKnown.has(option)) return agreed;
    const known = new Set(helps.flatMap(({ options }) => [...options]));
    if (known.has(option)) return agreed;
    if (helps.some(({ isPartial }) => isPartial))
      return unjudged("its help does not list every option");
    const nearest = findOption(option, known);
    const verdict = option.startsWith("--") ? judgeLong(option, known) : judgeShort(option, helps);
    if (verdict === "known") return agreed;
    if (verdict === "unclear") return unjudged("the help lists no options of this kind");
    if (nearest === undefined && takesPlugins.has(value.program)) {
      return unjudged("a plugin can have brought the option");
    }
    const severity = document.endsWith(".md") ? "warning" : "error";
    return differed({ program: path.join(" "), option, nearest }, { severity });
  },
  message: ({ program, option }) => `\`${program}\` has no option \`${option}\`.`,
  hint: ({ program, nearest }) =>
    nearest === undefined
      ? `See what its help lists, in the version that is installed here: \`${program} --help\`.`
      : `Did you mean \`${nearest}\`?`,
});

const alwaysKnown = new Set(["-h", "--help", "--version", "-help", "-version"]);

/** So many options make a help text one that lists them. */
const fewest = 3;

type OptionVerdict = "known" | "unknown" | "unclear";

function judgeLong(option: string, known: ReadonlySet<string>): OptionVerdict {
  const other = option.startsWith("--no-") ? `--${option.slice(5)}` : `--no-${option.slice(2)}`;
  // Go's flag package takes one hyphen and two.
  if (known.has(other) || known.has(option.slice(1))) return "known";
  const count = [...known].filter((one) => one.startsWith("--")).length;
  return count >= fewest ? "unknown" : "unclear";
}

/** `-rf` are two options, `-n5` is one with its value, and `-chdir` can be one word. */
function judgeShort(option: string, helps: readonly HelpText[]): OptionVerdict {
  const options = new Set(helps.flatMap((help) => [...help.options]));
  const listed = [...options].filter((one) => /^-[A-Za-z0-9]$/u.test(one)).length;
  const words = [...options].filter((one) => /^-[A-Za-z][\w-]+$/u.test(one));
  const isOfWords = words.filter((one) => !options.has(`-${one}`)).length >= fewest;
  if (isOfWords && option.length > 2) return options.has(`-${option}`) ? "known" : "unclear";
  if (options.has(option.slice(0, 2))) {
    return areLettersKnown(option, options, helps) ? "known" : "unclear";
  }
  return listed >= fewest && !isOfWords ? "unknown" : "unclear";
}

function areLettersKnown(
  option: string,
  options: ReadonlySet<string>,
  helps: readonly HelpText[],
): boolean {
  for (const letter of option.slice(1)) {
    if (!options.has(`-${letter}`)) return false;
    if (helps.some(({ valued }) => valued.has(`-${letter}`))) return true;
  }
  return true;
}

function findOption(option: string, known: ReadonlySet<string>): string | undefined {
  const isLong = option.startsWith("--");
  const same = [...known].filter((one) => one.startsWith("--") === isLong);
  if (!isLong) return option.length > 2 ? findNearest(option, same) : undefined;
  // `--recurs` is short for it, to programs that allow that.
  return findNearest(option, same) ?? same.find((one) => one.startsWith(option));
}
