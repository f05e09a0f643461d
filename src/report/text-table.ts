import { measureDisplayWidth } from "./display-width.ts";
import { clipLine, padCells } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/** A column: at most one `isElastic` column gives way where the table is too wide. */
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
 * the elastic column can give way. Lines have no trailing blanks. No I/O.
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
  const elastic = columns.findIndex((column) => column.isElastic === true);
  if (elastic >= 0 && total > style.columns) {
    const width = widths[elastic] ?? 0;
    widths[elastic] = Math.max(Math.min(width, narrowestElastic), width - (total - style.columns));
  }
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
