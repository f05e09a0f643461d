/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The contrast that text of any size needs (WCAG 2, level AA). */
const leastContrast = 4.5;
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** The contrast of two colours: 1 where they are the same, 21 of black and white. No I/O. */
export function measureContrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [measureLuminance(one), measureLuminance(other)].toSorted(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The colour itself where text of it can be read on the background, else the nearest one towards
 * black or white that can. No I/O.
 */
export function makeReadable(colour: Rgb, background: Rgb): Rgb {
  const end =
    measureContrast(black, background) > measureContrast(white, background) ? black : white;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, end, share);
    if (measureContrast(mixed, background) >= leastContrast) return mixed;
  }
  return end;
}

/** A colour as CSS writes it: `#0b5a6b`. No I/O. */
export function toHexColour(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function mix([red, green, blue]: Rgb, end: Rgb, share: number): Rgb {
  const part = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [part(red, end[0]), part(green, end[1]), part(blue, end[2])];
}

function measureLuminance([red, green, blue]: Rgb): number {
  const part = (value: number) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}
