import path from "node:path";
import type { CommandContext } from "./command-context.ts";

/** Where a run that was asked for is recorded. */
export interface RunFolder {
  readonly run: string;
  /** The run's folder, absolute. */
  readonly directory: string;
}

/**
 * Finds the folder of the run that an id, the beginning of one, or `last` names; ends with 2 where none
 * or several do. What is in the runs' journals does not matter. Reads the runs' folder.
 */
export async function findRunFolder(context: CommandContext, given: string): Promise<RunFolder> {
  const { root, config } = context.options;
  const { readProject } = await import("../node/read-project.ts");
  const { listRunFolders } = await import("../node/list-run-folders.ts");
  const project = await readProject({ root, configurationPath: config });
  const directory = path.join(project.root, project.configuration.runs);
  const runs = await listRunFolders(directory);
  const alike = runs.filter((run) => run.startsWith(given));
  const exact = runs.filter((run) => run === given);
  const [run, other] = given === "last" ? runs.slice(0, 1) : exact.length > 0 ? exact : alike;
  if (run === undefined) {
    return context.fail(
      `there is no run '${given}' in ${directory}\nRun \`opswright runs\` to see them.`,
    );
  }
  if (other !== undefined) {
    return context.fail(`'${given}' begins more than one run: ${alike.join(", ")}`);
  }
  return { run, directory: path.join(directory, run) };
}
