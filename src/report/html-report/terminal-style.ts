import type { Rgb } from "./readable-colour.ts";

/** How a terminal would show text: its colours where they are not the terminal's own, and its marks. */
export interface TerminalStyle {
  readonly foreground: Rgb | undefined;
  readonly background: Rgb | undefined;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isStruck: boolean;
  readonly isInverse: boolean;
}

/** How a terminal shows text before anything else is said. */
export const plainStyle: TerminalStyle = {
  foreground: undefined,
  background: undefined,
  isBold: false,
  isItalic: false,
  isUnderlined: false,
  isStruck: false,
  isInverse: false,
};

/** What a parameter says that has no argument. */
const changes: Readonly<Record<number, Partial<TerminalStyle>>> = {
  0: plainStyle,
  1: { isBold: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
  9: { isStruck: true },
  21: { isUnderlined: true },
  22: { isBold: false },
  23: { isItalic: false },
  24: { isUnderlined: false },
  27: { isInverse: false },
  29: { isStruck: false },
  39: { foreground: undefined },
  49: { background: undefined },
};

/**
 * The style after one SGR sequence, of which the parameters are given: 16, 256 and true colours, bold,
 * italic, underlined, struck and inverse. Others say nothing. No I/O.
 *
 * @example applySgr(plainStyle, "1;31").foreground → [205, 0, 0]
 */
export function applySgr(style: TerminalStyle, parameters: string): TerminalStyle {
  const given = parameters.split(";").map((digits) => (digits === "" ? 0 : Number(digits)));
  let next = style;
  for (let index = 0; index < given.length; index += 1) {
    const parameter = given[index] ?? 0;
    if (parameter === 38 || parameter === 48) {
      const [kind, ...rest] = given.slice(index + 1);
      const colour = kind === 5 ? colourOf(rest[0] ?? -1) : trueColour(rest);
      index += kind === 5 ? 2 : 4;
      next = setColour(next, parameter === 38, colour);
    } else {
      next = applyParameter(next, parameter);
    }
  }
  return next;
}

function applyParameter(style: TerminalStyle, parameter: number): TerminalStyle {
  for (const [first, offset] of [
    [30, 0],
    [40, 0],
    [90, 8],
    [100, 8],
  ] as const) {
    if (parameter >= first && parameter < first + 8) {
      const isForeground = first === 30 || first === 90;
      return setColour(style, isForeground, colourOf(parameter - first + offset));
    }
  }
  return { ...style, ...changes[parameter] };
}

function setColour(
  style: TerminalStyle,
  isForeground: boolean,
  colour: Rgb | undefined,
): TerminalStyle {
  if (colour === undefined) return style;
  return isForeground ? { ...style, foreground: colour } : { ...style, background: colour };
}

function trueColour([red = -1, green = -1, blue = -1]: readonly number[]): Rgb | undefined {
  const parts = [red, green, blue] as const;
  return parts.every((part) => part >= 0 && part <= 255) ? parts : undefined;
}

/** The 16 colours as xterm has them. */
const named: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

/** One of the 256 colours: 16 named ones, a cube of 6 by 6 by 6, and 24 greys. */
function colourOf(index: number): Rgb | undefined {
  if (index < 0 || index > 255) return undefined;
  if (index < 16) return named[index];
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const level = (place: number) => (place === 0 ? 0 : 55 + place * 40);
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}
