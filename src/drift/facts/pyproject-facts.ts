import type { RuleFinding } from "../../model/rule-finding.ts";
import type { FactSource } from "../fact-source.ts";
import { folderOf, type FileTree } from "../file-tree.ts";
import { chooseTaskFiles } from "./choose-task-files.ts";
import type { PlacedName } from "./placed-name.ts";
import { indexTomlKeys } from "./index-toml-keys.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";
import { readTomlFile } from "./read-toml-file.ts";

/** The Python projects of a subject. */
export interface PyprojectFacts {
  readonly tree: FileTree;
  /** Those nearest to the top first. */
  readonly projects: readonly PythonProject[];
}

/** What one `pyproject.toml` says of its project. */
export interface PythonProject {
  /** Relative to the root. */
  readonly path: string;
  /** Relative to the subject. */
  readonly folder: string;
  readonly name?: string | undefined;
  readonly version?: PlacedName | undefined;
  /** The range of Python's versions as written: `>=3.11,<4` or Poetry's `^3.11`. */
  readonly requiresPython?: PlacedName | undefined;
  /** Of `[project.scripts]`, `[project.gui-scripts]` and `[tool.poetry.scripts]`. */
  readonly scripts: readonly PlacedName[];
  /** Names of what it depends on, without versions and extras. */
  readonly dependencies: readonly string[];
}

/** Facts of `pyproject.toml` files: name, version, Python's versions, scripts, dependencies. */
export const pyprojectFacts: FactSource<PyprojectFacts> = {
  name: "pyproject",
  title: "Projects of Python",
  description:
    "Reads `pyproject.toml` in any folder: name, version, `requires-python`, scripts and dependencies, of `[project]` and of `[tool.poetry]`.",
  async observe(place) {
    const chosen = chooseTaskFiles(place.tree, /^(?:.*\/)?pyproject\.toml$/);
    const { files, problems: refused } = await readFactFiles(place, chosen);
    const problems: RuleFinding[] = [...refused];
    const projects: PythonProject[] = [];
    for (const file of files) {
      const read = readTomlFile(file);
      if (read.kind === "problem") {
        problems.push(read.problem);
        continue;
      }
      const relative = place.subject === "" ? file.path : file.path.slice(place.subject.length + 1);
      projects.push(readProject(file, folderOf(relative), read.data));
    }
    return { facts: { tree: place.tree, projects }, problems };
  },
};

type Table = Readonly<Record<string, unknown>>;

function readProject(file: FactFile, folder: string, data: Table): PythonProject {
  const places = indexTomlKeys(file.text, file.lines);
  const project = asTable(data["project"]);
  const poetry = asTable(asTable(data["tool"])["poetry"]);
  const placed = (path: readonly string[]): PlacedName | undefined => {
    let value: unknown = data;
    for (const key of path) value = asTable(value)[key];
    if (typeof value !== "string") return undefined;
    return {
      name: value,
      path: file.path,
      span: places.valueSpan(path.join(".")),
    };
  };
  const keys = (path: readonly string[], table: unknown): readonly PlacedName[] =>
    Object.keys(asTable(table)).map((name) => ({
      name,
      path: file.path,
      span: places.keySpan([...path, name].join(".")),
    }));
  const name = project["name"] ?? poetry["name"];
  return {
    path: file.path,
    folder,
    name: typeof name === "string" ? name : undefined,
    version: placed(["project", "version"]) ?? placed(["tool", "poetry", "version"]),
    requiresPython:
      placed(["project", "requires-python"]) ??
      placed(["tool", "poetry", "dependencies", "python"]),
    scripts: [
      ...keys(["project", "scripts"], project["scripts"]),
      ...keys(["project", "gui-scripts"], project["gui-scripts"]),
      ...keys(["tool", "poetry", "scripts"], poetry["scripts"]),
    ],
    dependencies: listDependencies(project, poetry),
  };
}

function listDependencies(project: Table, poetry: Table): readonly string[] {
  const named: readonly unknown[] = Array.isArray(project["dependencies"])
    ? project["dependencies"]
    : [];
  const optional = Object.values(asTable(project["optional-dependencies"])).flat();
  const groups = Object.values(asTable(poetry["group"])).flatMap((group) =>
    Object.keys(asTable(asTable(group)["dependencies"])),
  );
  return [
    ...[...named, ...optional].flatMap((entry) =>
      typeof entry === "string" ? (/^[\w.-]+/.exec(entry.trim())?.[0] ?? []) : [],
    ),
    ...Object.keys(asTable(poetry["dependencies"])),
    ...Object.keys(asTable(poetry["dev-dependencies"])),
    ...groups,
  ];
}

function asTable(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Table)
    : {};
}
