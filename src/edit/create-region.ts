import { languages, splitLanguage } from "../compile/languages.ts";
import { regionNamePattern } from "../drift/read-regions.ts";
import type { ScriptPlace } from "../drift/script-tie.ts";
import { createLineIndex } from "../parse/line-index.ts";
import type { WrittenText } from "./write-fence.ts";

/** A script that is to be made; `isProgram` where it begins with `#!` and must be executable. */
export interface NewScript {
  readonly path: string;
  readonly text: string;
  readonly isProgram: boolean;
}

/** How a line of comment begins and ends, by the ending of a file's name; else `# `. */
const commentMarks: ReadonlyMap<string, readonly [string, string]> = new Map(
  Object.entries({
    "c cc cpp cs go java js jsx kt mjs mts php rs scala swift ts tsx": ["// ", ""],
    "ada hs lua sql": ["-- ", ""],
    "bat cmd": ["REM ", ""],
    "htm html md svg vue xml": ["<!-- ", " -->"],
    css: ["/* ", " */"],
    "clj el lisp": ["; ", ""],
    "erl tex": ["% ", ""],
    vim: ['" ', ""],
  } as const).flatMap(([endings, marks]) => endings.split(" ").map((one) => [one, marks] as const)),
);

/** How a line of comment begins and ends in files of an ending (`sql`): `["-- ", ""]`. No I/O. */
export function commentMarksOf(ending: string): readonly [string, string] {
  return commentMarks.get(ending) ?? ["# ", ""];
}

/** Puts a new region with these lines at the end of a script. No I/O. */
export function appendRegion(
  text: string,
  place: ScriptPlace,
  lines: readonly string[],
): WrittenText {
  const { path, region = "" } = place;
  if (!regionNamePattern.test(region)) {
    return { kind: "impossible", reason: `\`${region}\` cannot be a region's name` };
  }
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  const added = `${gap}\n${regionText(place, lines)}`;
  const end = text.length;
  return {
    kind: "edit",
    edit: { path, span: createLineIndex(text).spanOf(end, end), text: added },
  };
}

/**
 * Makes a new script of some lines, in a region of it where the place names one.
 *
 * `language` is the word behind the fence: where it is one that is run, the script begins with `#!`.
 * No I/O.
 */
export function createScript(
  place: ScriptPlace,
  lines: readonly string[],
  language: string,
): NewScript {
  const interpreter = languages.get(splitLanguage(language).name)?.interpreter;
  const first = interpreter === undefined ? "" : `#!/usr/bin/env ${interpreter.split(" ")[0]}\n`;
  const isProgram = first !== "";
  if (place.region === undefined) {
    const body = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
    return { path: place.path, text: first + body, isProgram };
  }
  const safety = interpreter === "bash" ? "set -euo pipefail\n" : "";
  const head = first === "" ? "" : `${first}${safety}\n`;
  return { path: place.path, text: head + regionText(place, lines), isProgram };
}

/** The lines of a region between its markers, in the comments of the file's language. No I/O. */
function regionText({ path, region = "" }: ScriptPlace, lines: readonly string[]): string {
  const ending = /\.([A-Za-z0-9]+)$/u.exec(path)?.[1]?.toLowerCase() ?? "";
  const [open, close] = commentMarksOf(ending);
  const mark = (word: string): string => `${open}opswright:${word} ${region}${close}`;
  return [mark("begin"), ...lines, mark("end"), ""].join("\n");
}
