import type { BundledLanguage, Highlighter } from "shiki";
import type { HighlightCode } from "./build-code-tokens.ts";
import type { CodeToken } from "./runbook-page.ts";

/** Longer code is shown plain: grammars made of regular expressions take their time. */
const longestText = 20_000;
/** Nor is one line that no person wrote. */
const longestLine = 1_000;

/** Classes by the names that Shiki's theme of CSS variables gives to sorts of tokens. */
const classes: Readonly<Record<string, string>> = {
  "token-constant": "v",
  "token-parameter": "v",
  "token-string": "s",
  "token-string-expression": "s",
  "token-comment": "h",
  "token-keyword": "k",
  "token-function": "c",
  "token-punctuation": "p",
  "token-link": "s",
  "token-inserted": "i",
  "token-deleted": "d",
};

/**
 * Makes the highlighter of languages other than shell's, with the grammars that fences in `sources`
 * name; Shiki itself is loaded only where there is such a fence.
 *
 * Its tokens carry classes and no colours, which a page's policy forbids. Of a language that nobody
 * knows it makes nothing. Reads Shiki's modules.
 */
export async function createCodeHighlighter(sources: Iterable<string>): Promise<HighlightCode> {
  const wanted = new Set<string>();
  for (const source of sources) {
    for (const [, name = ""] of source.matchAll(/^[ \t>]*(?:`{3,}|~{3,})[ \t]*([\w+#-]+)/gm)) {
      if (!shellNames.test(name)) wanted.add(name.toLowerCase());
    }
  }
  if (wanted.size === 0) return () => undefined;
  const { bundledLanguages, createCssVariablesTheme, createHighlighter } = await import("shiki");
  const langs = [...wanted].filter((name): name is BundledLanguage => name in bundledLanguages);
  if (langs.length === 0) return () => undefined;
  const theme = createCssVariablesTheme({ name: "classes", variablePrefix: "--" });
  const highlighter = await createHighlighter({ langs, themes: [theme] });
  return (text, language) => {
    const lang = langs.find((name) => name === language.toLowerCase());
    const isTooLong = text.length > longestText || text.split("\n").some(isLongLine);
    return lang === undefined || isTooLong ? undefined : highlight(highlighter, text, lang);
  };
}

const shellNames = /^(?:ba|z|da|k)?sh$|^shell|^console$|^output$|^te?xt$|^plain/i;

function isLongLine(line: string): boolean {
  return line.length > longestLine;
}

function highlight(
  highlighter: Highlighter,
  text: string,
  lang: BundledLanguage,
): readonly CodeToken[] | undefined {
  const { tokens } = highlighter.codeToTokens(text, { lang, theme: "classes" });
  const made: CodeToken[] = [];
  let at = 0;
  for (const token of tokens.flat()) {
    // What stands between tokens is the end of a line, whichever it is.
    if (token.offset > at) made.push({ text: text.slice(at, token.offset) });
    const name = /var\(--([\w-]+)\)/.exec(token.color ?? "")?.[1] ?? "";
    made.push({ text: token.content, kind: classes[name] });
    at = token.offset + token.content.length;
  }
  if (at < text.length) made.push({ text: text.slice(at) });
  return made.map((token) => token.text).join("") === text ? made : undefined;
}
