import type { RuleFinding } from "../../model/rule-finding.ts";
import type { Span } from "../../model/source.ts";
import { readYaml } from "../../parse/read-yaml.ts";
import type { FactSource } from "../fact-source.ts";
import { folderOf, type FileTree } from "../file-tree.ts";
import { reportUnreadable } from "../rules/unreadable-file.ts";
import { chooseTaskFiles } from "./choose-task-files.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";

/** The packages of a subject. */
export interface PackageFacts {
  readonly tree: FileTree;
  /** Those nearest to the top first. */
  readonly packages: readonly PackageFile[];
}

/** What one `package.json` says of its package. */
export interface PackageFile {
  /** Relative to the root. */
  readonly path: string;
  /** Relative to the subject. */
  readonly folder: string;
  readonly name?: string | undefined;
  /** In the order of the file. */
  readonly scripts: readonly PlacedName[];
  /** Names of all that it depends on, in any way. */
  readonly dependencies: readonly string[];
  /** `engines.node`, as written. */
  readonly node?: PlacedName | undefined;
}

/** Facts of `package.json` files: scripts, names, dependencies, the versions of Node. */
export const packageFacts: FactSource<PackageFacts> = {
  name: "package",
  title: "Packages of JavaScript",
  description:
    "Reads `package.json` in any folder but `node_modules`: the names of scripts, the package's name, its dependencies and `engines.node`.",
  async observe(place) {
    const chosen = chooseTaskFiles(place.tree, /^(?:.*\/)?package\.json$/);
    const { files, problems: refused } = await readFactFiles(place, chosen);
    const problems: RuleFinding[] = [...refused];
    const packages: PackageFile[] = [];
    for (const file of files) {
      const relative = place.subject === "" ? file.path : file.path.slice(place.subject.length + 1);
      const read = readPackage(file, folderOf(relative));
      if ("code" in read) problems.push(read);
      else packages.push(read);
    }
    return { facts: { tree: place.tree, packages }, problems };
  },
};

/** The package of a folder: its own, else the nearest above it. No I/O. */
export function findPackage({ packages }: PackageFacts, folder: string): PackageFile | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const found = packages.find((one) => one.folder === at);
    if (found !== undefined || at === "") return found;
  }
}

function readPackage(file: FactFile, folder: string): PackageFile | RuleFinding {
  const { path, text, lines } = file;
  const toSpan = (start: number, end: number): Span => lines.spanOf(start, end);
  let data: unknown;
  try {
    data = JSON.parse(text) as unknown;
  } catch {
    const [error] = readYaml(text, toSpan).errors;
    return reportUnreadable(path, "it is no valid JSON", error?.span);
  }
  // JSON is YAML, whose parser knows the places.
  const { keySpans, valueSpans } = readYaml(text, toSpan);
  const root = asRecord(data);
  const { name } = root;
  const node = asRecord(root["engines"])["node"];
  const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  return {
    path,
    folder,
    name: typeof name === "string" ? name : undefined,
    scripts: Object.keys(asRecord(root["scripts"])).map((script) => ({
      name: script,
      path,
      span: keySpans.get(`scripts.${script}`),
    })),
    dependencies: kinds.flatMap((kind) => Object.keys(asRecord(root[kind]))),
    node:
      typeof node === "string"
        ? { name: node, path, span: valueSpans.get("engines.node") }
        : undefined,
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
