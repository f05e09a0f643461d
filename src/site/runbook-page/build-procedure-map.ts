import type { MapNode, OutlineItem, ProcedureMap, StepCounts } from "./runbook-page.ts";

/** A piece of a procedure's course: a step, or alternatives of which one is done. */
type Piece =
  | { readonly kind: "node"; readonly node: Omit<MapNode, "x" | "y"> }
  | { readonly kind: "fork"; readonly lanes: readonly (readonly Piece[])[] };

/** More columns than a person can tell apart on a phone: then there is no drawing. */
const mostColumns = 60;

/**
 * Draws a procedure as a line of steps that forks where there is a choice.
 *
 * Steps that stand in a row and depend on values of the same input are alternatives, as those of a
 * choice are. Empty where there is nothing to draw, or too much. No I/O.
 *
 * @example of two steps → { columns: 2, rows: 1, nodes: [{ x: 0, y: 0, … }, { x: 1, y: 0, … }], tracks: ["M0 0H1"] }
 */
export function buildProcedureMap(items: readonly OutlineItem[]): ProcedureMap {
  const pieces = joinAlternatives(items);
  const nodes: MapNode[] = [];
  const tracks: string[] = [];
  const { columns, rows } = measure(pieces);
  if (columns === 0 || columns > mostColumns) return { columns: 0, rows: 0, nodes: [], tracks: [] };
  place(pieces, 0, 0, nodes, tracks);
  // A fork begins and ends between two places.
  const start = pieces[0]?.kind === "fork" ? -0.5 : 0;
  const end = pieces.at(-1)?.kind === "fork" ? columns - 0.5 : columns - 1;
  if (end > start) tracks.unshift(`M${start} 0H${end}`);
  return { columns, rows, nodes, tracks };
}

/** Counts the steps of all alternatives by what they are; another runbook counts as one. No I/O. */
export function countSteps(items: readonly OutlineItem[]): StepCounts {
  const counts = { all: 0, safe: 0, change: 0, destructive: 0, manual: 0, include: 0 };
  const count = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      if (piece.kind === "fork") piece.lanes.forEach(count);
      else {
        counts.all += 1;
        counts[piece.node.sort] += 1;
      }
    }
  };
  count(joinAlternatives(items));
  return counts;
}

interface Step {
  readonly node: Omit<MapNode, "x" | "y">;
  readonly conditions: readonly string[];
}

/** Flattens groups, and makes forks of choices and of neighbours that exclude each other. */
function joinAlternatives(items: readonly OutlineItem[]): Piece[] {
  const pieces: Piece[] = [];
  let lanes: Map<string, Piece[]> | undefined;
  let input = "";
  const flush = (): void => {
    if (lanes === undefined) return;
    const all = [...lanes.values()];
    // One alternative alone forks from doing nothing.
    pieces.push({ kind: "fork", lanes: all.length === 1 ? [[], ...all] : all });
    lanes = undefined;
  };
  for (const item of flatten(items)) {
    if ("options" in item) {
      flush();
      const inner = item.options.map((option) => joinAlternatives(option.items));
      if (inner.some((lane) => lane.length > 0)) pieces.push({ kind: "fork", lanes: inner });
      continue;
    }
    const [, name, value] = /^(\w+)=(.*)$/.exec(item.conditions.at(-1) ?? "") ?? [];
    if (name === undefined || value === undefined) {
      flush();
      pieces.push({ kind: "node", node: item.node });
      continue;
    }
    if (name !== input) flush();
    input = name;
    lanes ??= new Map();
    const lane = lanes.get(value) ?? [];
    lanes.set(value, [...lane, { kind: "node", node: item.node }]);
  }
  flush();
  return pieces;
}

function flatten(
  items: readonly OutlineItem[],
): (Step | Extract<OutlineItem, { kind: "choice" }>)[] {
  return items.flatMap((item) => {
    switch (item.kind) {
      case "choice":
        return [item];
      case "group": {
        if (item.items.length > 0) return flatten(item.items);
        const { title, href } = item;
        return [{ node: { sort: "include" as const, title, href }, conditions: [] }];
      }
      case "step": {
        const { title, href, conditions } = item;
        const sort = item.sort === "command" ? item.risk : item.sort;
        return [{ node: { sort, title, href }, conditions }];
      }
    }
  });
}

function measure(pieces: readonly Piece[]): { readonly columns: number; readonly rows: number } {
  let columns = 0;
  let rows = 1;
  for (const piece of pieces) {
    const size = piece.kind === "node" ? { columns: 1, rows: 1 } : measureFork(piece.lanes);
    columns += size.columns;
    rows = Math.max(rows, size.rows);
  }
  return { columns, rows };
}

/** A fork takes half a column on either side of its longest lane; no lane is shorter than a row. */
function measureFork(lanes: readonly (readonly Piece[])[]): { columns: number; rows: number } {
  const sizes = lanes.map(measure);
  return {
    columns: Math.max(1, ...sizes.map((size) => size.columns)) + 1,
    rows: sizes.reduce((sum, size) => sum + size.rows, 0),
  };
}

function place(
  pieces: readonly Piece[],
  left: number,
  top: number,
  nodes: MapNode[],
  tracks: string[],
): void {
  let x = left;
  for (const piece of pieces) {
    if (piece.kind === "node") {
      nodes.push({ ...piece.node, x, y: top });
      x += 1;
      continue;
    }
    const { columns } = measureFork(piece.lanes);
    const [start, end] = [x - 0.5, x + columns - 0.5];
    let y = top;
    for (const lane of piece.lanes) {
      if (y > top) {
        const down = `M${start} ${top}V${y - 0.5}q0 .5 .5 .5`;
        tracks.push(`${down}H${end - 0.5}q.5 0 .5 -.5V${top}`);
      }
      place(lane, x + 0.5, y, nodes, tracks);
      y += measure(lane).rows;
    }
    x += columns;
  }
}
