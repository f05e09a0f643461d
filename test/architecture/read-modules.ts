import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/** One reference from a module to another, in the module's own words. */
export interface ModuleImport {
  /** As written: `"../model/plan.ts"`, `"node:fs"`, `"zod"`; `undefined` where it is computed. */
  readonly specifier: string | undefined;
  /** 1-based. */
  readonly line: number;
}

/** One exported name that a person may meet without an explanation. */
export interface ModuleExport {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly hasDocstring: boolean;
}

/** What the guards need to know of one source file. */
export interface SourceModule {
  /** From the repository's root, with `/`: `"src/parse/parse-document.ts"`. */
  readonly path: string;
  readonly imports: readonly ModuleImport[];
  /** The names that the file itself declares and exports; re-exported ones are not here. */
  readonly exports: readonly ModuleExport[];
  /** Whether every statement only passes on what other modules declare. */
  readonly isBarrel: boolean;
}

/**
 * Reads every `.ts` and `.astro` file below a folder.
 *
 * @param root the repository's root, absolute
 * @param folder relative to it: `"src"`
 * @returns the modules in the order of their paths
 */
export async function readModules(root: string, folder: string): Promise<SourceModule[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:ts|astro)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .toSorted();
  return Promise.all(
    paths.map(async (file) => readModule(file, await readFile(path.join(root, file), "utf8"))),
  );
}

/**
 * Reads one module's imports and exports from its text.
 *
 * Imports are all that tie it to another module: `import`, `export … from`, `import type`,
 * `import("…")` as a value and as a type, and `import.meta.resolve("…")`. Of an `.astro` file the
 * frontmatter counts. No I/O.
 */
export function readModule(file: string, text: string): SourceModule {
  const code = file.endsWith(".astro") ? (/^---\n(.*?)^---$/ms.exec(text)?.[1] ?? "") : text;
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const imports: ModuleImport[] = [];
  const lineOf = (node: ts.Node): number =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  const visit = (node: ts.Node): void => {
    const target = importTarget(node);
    if (target) imports.push({ specifier: literalText(target), line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);

  const exported = new Map<string, ModuleExport>();
  for (const statement of source.statements) {
    // What a page exports is Astro's to explain.
    if (file.endsWith(".astro")) break;
    if (!isExported(statement)) continue;
    const schema = inferredFrom(statement);
    const hasDocstring =
      ts.getJSDocCommentsAndTags(statement).some(hasWords) ||
      (schema !== undefined && exported.get(schema)?.hasDocstring === true);
    for (const name of declaredNames(statement)) {
      // The first of several overloads, or the type beside its schema, explains the name.
      if (exported.get(name)?.hasDocstring) continue;
      exported.set(name, { name, line: lineOf(statement), hasDocstring });
    }
  }
  return {
    path: file,
    imports,
    exports: [...exported.values()],
    isBarrel:
      source.statements.length > 0 &&
      source.statements.every(
        (statement) => ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement),
      ) &&
      source.statements.some((statement) => ts.isExportDeclaration(statement)),
  };
}

/** The expression or type that names another module, if the node ties its file to one. */
function importTarget(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return node.argument;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isResolve = node.expression.getText() === "import.meta.resolve";
  return isImport || isResolve ? (node.arguments[0] ?? node) : undefined;
}

function literalText(node: ts.Node): string | undefined {
  const literal = ts.isLiteralTypeNode(node) ? node.literal : node;
  return ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return (
    ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ??
    false
  );
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  ) {
    return [statement.name?.text ?? "default"];
  }
  return [];
}

/** The schema of `type Plan = z.infer<typeof planSchema>`: what explains the one explains both. */
function inferredFrom(statement: ts.Statement): string | undefined {
  if (!ts.isTypeAliasDeclaration(statement)) return undefined;
  return /^z\.(?:infer|output)<typeof (\w+)>$/.exec(statement.type.getText())?.[1];
}

function hasWords(comment: ts.JSDoc | ts.JSDocTag): boolean {
  const text = ts.getTextOfJSDocComment(comment.comment);
  return ts.isJSDoc(comment) && text !== undefined && text.trim().split(/\s+/).length >= 3;
}
