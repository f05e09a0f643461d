import { sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { escapeHtml } from "./html-markup.ts";
import { makeReadable, toHexColour, type Rgb } from "./readable-colour.ts";
import { applySgr, plainStyle, type TerminalStyle } from "./terminal-style.ts";

/** Classes for the colours that a page's outputs use; the page's style must hold their rules. */
export interface ColourClasses {
  /** The class of a pair of colours, made when it is first asked for. */
  nameOf(foreground: Rgb | undefined, background: Rgb | undefined): string;
  /** The rules of all classes so far. */
  rules(): string;
}

/** What outputs stand on by day and by night: `--sunken` of the page's style. */
const paper = { day: [239, 237, 230], night: [11, 14, 16] } as const satisfies Record<string, Rgb>;

/** Starts with no classes; colours that could not be read on their ground are made readable. No I/O. */
export function createColourClasses(): ColourClasses {
  const rules = new Map<string, { readonly name: string; readonly rule: string }>();
  return {
    nameOf: (foreground, background) => {
      const key = `${foreground?.join(" ") ?? ""}/${background?.join(" ") ?? ""}`;
      const known = rules.get(key);
      if (known !== undefined) return known.name;
      const name = `k${rules.size}`;
      rules.set(key, { name, rule: `.${name}{${declare(foreground, background)}}` });
      return name;
    },
    rules: () => Array.from(rules.values(), ({ rule }) => rule).join("\n"),
  };
}

function declare(foreground: Rgb | undefined, background: Rgb | undefined): string {
  if (background !== undefined) {
    const text = makeReadable(foreground ?? [128, 128, 128], background);
    return `color:${toHexColour(text)};background:${toHexColour(background)}`;
  }
  if (foreground === undefined) return "color:var(--sunken);background:var(--ink)";
  const [day, night] = [paper.day, paper.night].map((ground) =>
    toHexColour(makeReadable(foreground, ground)),
  );
  return `color:light-dark(${day},${night})`;
}

/**
 * Sets what a program printed as lines of HTML, with its colours as classes.
 *
 * Everything else that acts on a terminal is taken out, as by `sanitiseProgramOutput`; a carriage
 * return begins a new line. Each line stands for itself: what is open at its end is closed. No I/O.
 *
 * @example "\u001b[1mdone\u001b[0m\n" → ['<span class="b">done</span>', ""]
 */
export function renderTerminalOutput(text: string, classes: ColourClasses): string[] {
  const clean = sanitiseProgramOutput(text.replaceAll(/\r\n?/gu, "\n"), { keepsColours: true });
  let style = plainStyle;
  return clean.split("\n").map((line) =>
    // The escape is the one character of its kind that is left, and begins a colour.
    line
      .split("\u001B[")
      .map((piece, index) => {
        if (index === 0) return renderPiece(piece, style, classes);
        const end = piece.indexOf("m");
        style = applySgr(style, piece.slice(0, end));
        return renderPiece(piece.slice(end + 1), style, classes);
      })
      .join(""),
  );
}

function renderPiece(text: string, style: TerminalStyle, classes: ColourClasses): string {
  if (text === "") return "";
  const { isInverse } = style;
  const foreground = isInverse ? style.background : style.foreground;
  const background = isInverse ? style.foreground : style.background;
  const hasColour = isInverse || foreground !== undefined || background !== undefined;
  const names = [
    ...(hasColour ? [classes.nameOf(foreground, background)] : []),
    ...(style.isBold ? ["b"] : []),
    ...(style.isItalic ? ["i"] : []),
    ...(style.isUnderlined ? ["u"] : []),
    ...(style.isStruck ? ["s"] : []),
  ];
  const content = escapeHtml(text);
  return names.length === 0 ? content : `<span class="${names.join(" ")}">${content}</span>`;
}
