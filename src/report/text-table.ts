import { measureDisplayWidth } from "./display-width.ts";
import { clipLine, padCells } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/** A column; where the table is too wide, the widest of those that are `isElastic` gives way. */
export interface TableColumn {
  readonly title: string;
  readonly side?: "left" | "right";
  readonly isElastic?: boolean;
}

/** A cell's text without colours, and how it is painted once it has been cut and padded. */
export interface TableCell {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

const gap = 2;
const narrowestElastic = 8;

/**
 * Sets rows below the titles of their columns, aligned, no wider than the style's columns as long as
 * elastic columns can give way. Lines have no trailing blanks. No I/O.
 *
 * @example
 * ID          STEPS
 * deployment     12
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  style: TextStyle,
  options: { readonly hasTitles: boolean; readonly indent?: string } = { hasTitles: true },
): string[] {
  const indent = options.indent ?? "";
  const widths = columns.map((column, index) =>
    Math.max(
      options.hasTitles ? measureDisplayWidth(column.title) : 0,
      ...rows.map((row) => measureDisplayWidth(row[index]?.text ?? "")),
    ),
  );
  const total = indent.length + widths.reduce((sum, width) => sum + width + gap, -gap);
  shrinkElastic(columns, widths, total - style.columns);
  const renderRow = (cells: readonly TableCell[]) =>
    `${indent}${columns
      .map((column, index) => {
        const cell = cells[index] ?? { text: "" };
        const width = widths[index] ?? 0;
        const isLast = index === columns.length - 1 && column.side !== "right";
        const text = clipLine(cell.text, width);
        const padded = isLast ? text : padCells(text, width, column.side ?? "left");
        return cell.paint === undefined
          ? padded
          : padded.replace(text, () => cell.paint?.(text) ?? text);
      })
      .join(" ".repeat(gap))}`.trimEnd();
  const titles = columns.map(({ title }) => ({ text: title, paint: style.colors.dim }));
  return [...(options.hasTitles ? [renderRow(titles)] : []), ...rows.map(renderRow)];
}

/** Takes cells from the widest elastic column, one by one, in place. */
function shrinkElastic(columns: readonly TableColumn[], widths: number[], excess: number): void {
  for (let rest = excess; rest > 0; rest -= 1) {
    let widest = -1;
    for (const [index, column] of columns.entries()) {
      const width = widths[index] ?? 0;
      if (column.isElastic !== true || width <= narrowestElastic) continue;
      if (widest === -1 || width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest === -1) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}
