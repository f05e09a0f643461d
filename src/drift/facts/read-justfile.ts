import type { TextRange } from "../../model/shell-script.ts";

/** What a justfile says. */
export interface JustfileText {
  /** Recipes and aliases. */
  readonly recipes: readonly { readonly name: string; readonly range: TextRange }[];
  /** Paths as written. */
  readonly imports: readonly string[];
  readonly modules: readonly string[];
  /** True where unknown recipes are looked for in the folders above. */
  readonly hasFallback: boolean;
}

const name = String.raw`[A-Za-z_][\w-]*`;
const aliasLine = new RegExp(`^alias\\s+(${name})\\s*:=`);
const importLine = /^import\??\s+(?:'([^'\n]+)'|"([^"\n]+)")/;
const moduleLine = new RegExp(`^mod\\??\\s+(${name})(?:\\s|$)`);
const otherLine = new RegExp(`^(?:set\\s+${name}|(?:export\\s+)?${name}\\s*:=|unexport\\s)`);
const recipeLine = new RegExp(`^@?(${name})(?=[\\s:])`);

/**
 * Reads a justfile's text: recipes, aliases, imports and modules.
 *
 * Ranges are offsets into the text. Linear in time; never throws. The just manual. No I/O.
 *
 * @example for `build target="all":`: the recipe `build`
 */
export function readJustfile(text: string): JustfileText {
  const recipes: { name: string; range: TextRange }[] = [];
  const imports: string[] = [];
  const modules: string[] = [];
  let hasFallback = false;
  let start = 0;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\r$/, "");
    const from = start;
    start += raw.length + 1;
    if (line === "" || /^[\s#[]/.test(line)) continue;
    const alias = aliasLine.exec(line);
    const imported = importLine.exec(line);
    const module = moduleLine.exec(line);
    if (alias !== null) add(alias[1] ?? "", line.indexOf(alias[1] ?? "", 5));
    else if (imported !== null) imports.push(imported[1] ?? imported[2] ?? "");
    else if (module !== null) modules.push(module[1] ?? "");
    else if (otherLine.test(line)) hasFallback ||= /^set\s+fallback\b(?!.*false)/.test(line);
    else {
      const recipe = recipeLine.exec(line)?.[1];
      if (recipe !== undefined && line.includes(":")) add(recipe, line.startsWith("@") ? 1 : 0);
    }
    function add(found: string, at: number): void {
      recipes.push({
        name: found,
        range: { start: from + at, end: from + at + found.length },
      });
    }
  }
  return { recipes, imports, modules, hasFallback };
}
