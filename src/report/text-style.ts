import picocolors from "picocolors";

/** The formatters of picocolors; each leaves its text alone where colours are off. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * How text for a terminal or a pipe is set.
 *
 * @example { columns: 80, colors: createColors(true) }
 */
export interface TextStyle {
  /** Cells of a line; 80 where no terminal says otherwise. */
  readonly columns: number;
  readonly colors: Colors;
}

/**
 * Makes a style from two explicit decisions; nothing is taken from the environment. No I/O.
 *
 * Fewer than 20 columns are taken for 20: below that nothing can be laid out.
 */
export function createTextStyle(options: {
  readonly columns: number;
  readonly hasColors: boolean;
}): TextStyle {
  return {
    columns: Math.max(20, options.columns),
    colors: picocolors.createColors(options.hasColors),
  };
}
