import type { Tree, TreeCursor } from "web-tree-sitter";
import type { TextRange } from "../model/shell-script.ts";

/** How a command stands among others. */
export interface CommandSetting {
  /** It, or a statement around it, is followed by `&`. */
  readonly isBackground: boolean;
  /** A pipe or a redirection of the statement around it feeds it. */
  readonly hasInput: boolean;
  /** Where the command on the left of its `|` begins. */
  readonly feederStart?: number | undefined;
  /** Where the command on the right of its `|` begins. */
  readonly consumerStart?: number | undefined;
  /** Where the innermost subshell around it ends, after which the working directory is as before. */
  readonly scopeEnd?: number | undefined;
  /** The script goes on where it fails: left of `||`, or in a condition. */
  readonly isTolerated?: true;
}

/** A `while`, `until` or `for` loop; `head` is what stands before `do`. */
export interface ShellLoop extends TextRange {
  readonly head: TextRange;
  readonly setting: CommandSetting;
}

/** What the grammar knows of a script's statements; offsets are into the scanned text. */
export interface ShellStructure {
  readonly settings: Map<number, CommandSetting>;
  readonly loops: ShellLoop[];
  /** ERROR and MISSING nodes, trimmed to their first line. */
  readonly errors: TextRange[];
}

interface SyntaxNode extends TextRange {
  readonly type: string;
  readonly children: readonly SyntaxNode[];
}

/** Where nothing is known of a command. */
export const plainSetting: CommandSetting = { isBackground: false, hasInput: false };

/** Deeper statements are seen, without their setting: no person nests that far. */
const maximumDepth = 300;
const maximumErrors = 20;

/** Nodes without statements inside. */
const leafTypes = new Set(["word", "number", "file_descriptor", "comment", "variable_name"]);
const compoundTypes = new Set([
  "while_statement",
  "for_statement",
  "if_statement",
  "case_statement",
  "compound_statement",
  "subshell",
]);
/** What they hold changes nothing of the shell around them, or only when it is called. */
const scopeTypes = new Set([
  "subshell",
  "command_substitution",
  "process_substitution",
  "function_definition",
]);
const conditionalTypes = new Set(["if_statement", "elif_clause", "while_statement"]);
/** Behind `||`: the failure ends the script after all. */
const givesUp = /\b(?:exit|return|false|die|fail|abort|fatal)\b/u;
const simpleTypes = new Set([
  "command",
  "declaration_command",
  "unset_command",
  "variable_assignment",
  "variable_assignments",
]);

/**
 * Adds to `found` what a syntax tree tells of pipelines, loops and background.
 *
 * `masked` is the whole masked script, of which the tree's text is the part from `offset` on. The tree
 * stays the caller's to delete. No I/O.
 */
export function readStructure(
  tree: Tree,
  masked: string,
  offset: number,
  found: ShellStructure,
): void {
  const copy: TreeCopy = { cursor: tree.walk(), masked, offset, errors: found.errors };
  const root = copyNode(copy, 0);
  copy.cursor.delete();
  visitNode(root, plainSetting, { ...found, masked });
}

interface TreeCopy {
  readonly cursor: TreeCursor;
  readonly masked: string;
  readonly offset: number;
  readonly errors: TextRange[];
}

/** Copies the tree out of WebAssembly in one walk, since each look at a node crosses its border. */
function copyNode(copy: TreeCopy, depth: number): SyntaxNode {
  const { cursor, offset, errors } = copy;
  const type = cursor.nodeType;
  const start = cursor.startIndex + offset;
  const end = cursor.endIndex + offset;
  if (
    errors.length < maximumErrors &&
    (type === "ERROR" || (start === end && cursor.nodeIsMissing))
  ) {
    errors.push(trimError(start, end, copy.masked));
  }
  const children: SyntaxNode[] = [];
  if (depth < maximumDepth && !leafTypes.has(type) && cursor.gotoFirstChild()) {
    do children.push(copyNode(copy, depth + 1));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, start, end, children };
}

function trimError(start: number, end: number, masked: string): TextRange {
  let from = start;
  while (from < end && /\s/u.test(masked.charAt(from))) from += 1;
  const lineEnd = masked.slice(from, end).indexOf("\n");
  return { start: from, end: lineEnd === -1 ? end : from + lineEnd };
}

interface Found extends ShellStructure {
  readonly masked: string;
}

function visitNode(node: SyntaxNode, setting: CommandSetting, found: Found): void {
  if (simpleTypes.has(node.type)) {
    found.settings.set(node.start, setting);
    // what a substitution holds is fed by nobody
    const { isBackground, scopeEnd } = setting;
    return visitChildren(node, { isBackground, hasInput: false, scopeEnd }, found);
  }
  if (scopeTypes.has(node.type)) {
    return visitChildren(node, { ...setting, scopeEnd: node.end }, found);
  }
  if (node.type === "pipeline") return visitPipeline(node, setting, found);
  if (node.type === "redirected_statement") return visitRedirected(node, setting, found);
  if (node.type === "while_statement" || node.type === "for_statement") {
    const body = node.children.find((child) => child.type === "do_group");
    const head = { start: node.start, end: body?.start ?? node.end };
    found.loops.push({ start: node.start, end: node.end, head, setting });
  }
  visitChildren(node, setting, found);
}

function visitChildren(node: SyntaxNode, setting: CommandSetting, found: Found): void {
  const toleratedEnd = findToleratedEnd(node, found.masked);
  for (const [index, child] of node.children.entries()) {
    if (child.children.length === 0 && !simpleTypes.has(child.type)) continue;
    const isBackground = setting.isBackground || node.children[index + 1]?.type === "&";
    const isTolerated = child.start < toleratedEnd;
    const own = isBackground === setting.isBackground ? setting : { ...setting, isBackground };
    visitNode(child, isTolerated ? { ...own, isTolerated } : own, found);
  }
}

/** Where the part of a statement ends whose failure the script expects; its start where none is. */
function findToleratedEnd({ type, start, end, children }: SyntaxNode, masked: string): number {
  const isCondition = conditionalTypes.has(type);
  if (!isCondition && type !== "list") return start;
  const divider = children.find((child) =>
    isCondition ? child.type === "then" || child.type === "do_group" : child.type === "||",
  );
  if (divider === undefined) return start;
  const isGivenUp = !isCondition && givesUp.test(masked.slice(divider.end, end));
  return isGivenUp ? start : divider.start;
}

function visitPipeline(node: SyntaxNode, setting: CommandSetting, found: Found): void {
  const statements = node.children.filter((child) => child.type !== "|" && child.type !== "|&");
  for (const [index, statement] of statements.entries()) {
    visitNode(
      statement,
      {
        isBackground: setting.isBackground,
        hasInput: index > 0 || setting.hasInput,
        feederStart: index > 0 ? statements[index - 1]?.start : setting.feederStart,
        consumerStart: statements[index + 1]?.start ?? setting.consumerStart,
        scopeEnd: statement.end,
        ...(setting.isTolerated === true ? { isTolerated: true } : {}),
      },
      found,
    );
  }
}

function visitRedirected(node: SyntaxNode, setting: CommandSetting, found: Found): void {
  found.settings.set(node.start, setting);
  const body = node.children[0];
  const isCompound = body !== undefined && compoundTypes.has(body.type);
  const hasInput =
    isCompound &&
    node.children.some(
      (child) =>
        child.type === "file_redirect" &&
        /^\d*<[^&]/u.test(found.masked.slice(child.start, child.start + 8)),
    );
  visitChildren(node, hasInput ? { ...setting, hasInput } : setting, found);
}
