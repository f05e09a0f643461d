import type { RuleFinding } from "../../model/rule-finding.ts";
import type { FactSource } from "../fact-source.ts";
import type { FileTree } from "../file-tree.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, readYamlFile, type FactFile } from "./read-fact-file.ts";

/** The workflows of GitHub Actions that a subject has. */
export interface WorkflowFacts {
  readonly tree: FileTree;
  readonly workflows: readonly Workflow[];
}

/** A workflow; `inputs` are those of `workflow_dispatch`, absent where it cannot be started by hand. */
export interface Workflow {
  /** Relative to the root. */
  readonly path: string;
  /** The file's own name: `deploy.yml`. */
  readonly file: string;
  readonly name?: PlacedName | undefined;
  readonly inputs?: readonly PlacedName[] | undefined;
}

/** Facts of GitHub's workflows: files, names, inputs of those that people start. */
export const workflowFacts: FactSource<WorkflowFacts> = {
  name: "workflows",
  title: "Workflows of GitHub",
  description:
    "Reads `.github/workflows/*.yml`: names of workflows, and the inputs of those that `workflow_dispatch` lets people start.",
  async observe(place) {
    const paths = place.tree.match(/^\.github\/workflows\/[^/]+\.ya?ml$/);
    const { files, problems: refused } = await readFactFiles(place, paths);
    const problems: RuleFinding[] = [...refused];
    const workflows: Workflow[] = [];
    for (const file of files) {
      const read = readWorkflow(file);
      problems.push(...read.problems);
      workflows.push(...read.workflows);
    }
    return { facts: { tree: place.tree, workflows }, problems };
  },
};

function readWorkflow(file: FactFile): {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly RuleFinding[];
} {
  const { documents, problems } = readYamlFile(file);
  const { path } = file;
  // A file that cannot be read is there all the same.
  if (documents.length === 0) {
    return { workflows: [{ path, file: path.slice(path.lastIndexOf("/") + 1) }], problems };
  }
  const workflows = documents.slice(0, 1).map(({ data, keySpans, valueSpans }): Workflow => {
    const root = asMap(data);
    const { name, on } = root;
    const events = Array.isArray(on) ? on : typeof on === "string" ? [on] : Object.keys(asMap(on));
    const inputs = asMap(asMap(asMap(on)["workflow_dispatch"])["inputs"]);
    return {
      path,
      file: path.slice(path.lastIndexOf("/") + 1),
      name: typeof name === "string" ? { name, path, span: valueSpans.get("name") } : undefined,
      inputs: events.includes("workflow_dispatch")
        ? Object.keys(inputs).map((input) => ({
            name: input,
            path,
            span: keySpans.get(`on.workflow_dispatch.inputs.${input}`),
          }))
        : undefined,
    };
  });
  return { workflows, problems };
}

/** The workflow of a file or a name, as GitHub's own client finds it. No I/O. */
export function findWorkflow({ workflows }: WorkflowFacts, sought: string): Workflow | undefined {
  const file = sought.replace(/^(?:\.\/)?\.github\/workflows\//, "");
  const name = sought.toLowerCase();
  return (
    workflows.find((one) => one.file === file) ??
    workflows.find((one) => one.name?.name.toLowerCase() === name)
  );
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
