import { commandAttributes } from "../../compile/attribute-table.ts";
import { languages, splitLanguage } from "../../compile/languages.ts";
import { startsWithPrompt } from "../../compile/read-transcript.ts";
import { tokeniseAttributes } from "../../compile/tokenise-attributes.ts";
import type { ParsedFence } from "../../model/parsed-document.ts";
import type { Span } from "../../model/source.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import { findScriptAttribute } from "../find-script-attribute.ts";
import { readScriptPlace, type ScriptPlace } from "../script-tie.ts";

/** A block that says which script, or which region of one, it is. */
export interface ScriptTieClaim {
  readonly place: ScriptPlace;
  readonly code: string;
  readonly codeSpan: Span;
  /** The whole block with its opening and closing fence. */
  readonly fenceSpan: Span;
  /** The word behind the fence. */
  readonly language: string;
}

/** Blocks that are tied to scripts by `script=`. */
export const scriptTieClaims: ClaimKind<ScriptTieClaim> = {
  name: "script-tie",
  title: "blocks tied to scripts",
  description:
    "Each fence that says `script=PATH` or `script=PATH#REGION`: that its block is the file, or that region of it. In Markdown (`.md`) only fences that are commands; in `.mdx` those of any language.",
  collect: (document) =>
    document.parsed.blocks.flatMap((block) =>
      block.kind === "fence" ? readTie(block, document) : [],
    ),
};

function readTie(
  fence: ParsedFence,
  { isStrict, lines }: Pick<DriftDocument, "isStrict" | "lines">,
): readonly FoundClaim<ScriptTieClaim>[] {
  const attribute = fence.isIndented ? undefined : findScriptAttribute(fence.span, lines);
  if (attribute === undefined) return [];
  const { value, span } = attribute;
  const kind = kindOfFence(fence);
  // What is wrong with a command's attributes is told when it is compiled.
  const isBad = "reason" in (commandAttributes.get("script")?.read(value, "script") ?? {});
  if (kind === "transcript" || (kind === "command" ? isBad : !isStrict)) return [];
  const { code, codeSpan, span: fenceSpan, language = "" } = fence;
  return [
    {
      value: { place: readScriptPlace(value), code, codeSpan, fenceSpan, language },
      span,
      text: value,
      origin: kind === "command" ? "step" : "shown",
    },
  ];
}

/** A transcript's commands stand among their output, so it is no script. */
function kindOfFence({ language: word = "", meta, code }: ParsedFence) {
  const language = languages.get(splitLanguage(word).name);
  if (language === undefined) return "text";
  const isRun = tokeniseAttributes(meta).tokens.some(
    ({ name, value }) => name === "run" && value !== "false",
  );
  if (!language.runsByDefault && !isRun) return "text";
  const isTranscript =
    language.isTranscript === true || (language.isShell && startsWithPrompt(code));
  return isTranscript ? "transcript" : "command";
}
