import { expect, test } from "vitest";
import { renderTable } from "../../src/report/text-table.ts";
import { createTextStyle } from "../../src/report/text-style.ts";

const columns = [
  { title: "ID" },
  { title: "TITLE", isElastic: true },
  { title: "STEPS", side: "right" as const },
];
const rows = [
  [{ text: "db/restore" }, { text: "Restore the database" }, { text: "12" }],
  [{ text: "配備" }, { text: "Deploy" }, { text: "3" }],
];

test("aligns columns by cells and leaves no blanks at the end of a line", () => {
  expect(renderTable(columns, rows, createTextStyle({ columns: 80, hasColors: false }))).toEqual([
    "ID          TITLE                 STEPS",
    "db/restore  Restore the database     12",
    "配備        Deploy                    3",
  ]);
});

test("cuts the elastic column alone where there is no room", () => {
  expect(renderTable(columns, rows, createTextStyle({ columns: 30, hasColors: false }))).toEqual([
    "ID          TITLE        STEPS",
    "db/restore  Restore th…     12",
    "配備        Deploy           3",
  ]);
});

test("the widest elastic column gives way first", () => {
  const elastic = [
    { title: "A", isElastic: true },
    { title: "B", isElastic: true },
  ];
  const style = createTextStyle({ columns: 24, hasColors: false });
  const row = [{ text: "a".repeat(30) }, { text: "b".repeat(10) }];
  expect(renderTable(elastic, [row], style)[1]).toBe(`${"a".repeat(11)}…  ${"b".repeat(10)}`);
});

test("paints a cell and not its padding", () => {
  const style = createTextStyle({ columns: 80, hasColors: true });
  const [line] = renderTable(
    [{ title: "" }, { title: "" }],
    [[{ text: "a", paint: style.colors.red }, { text: "b" }]],
    style,
    { hasTitles: false },
  );
  expect(line).toBe("\u001B[31ma\u001B[39m  b");
});
