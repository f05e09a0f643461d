import path from "node:path";
import { Argument, type Command } from "commander";
import { commandAction, type CommonOptions, type FinishCommand } from "../command-context.ts";
import type { DynamicKind } from "../completion/completion-spec.ts";
import { compiledRunbooks, readLibrary } from "../read-library.ts";

/** Defines the hidden `opswright __complete KIND`, which completion scripts call. */
export function defineComplete(command: Command, finish: FinishCommand): void {
  command.addArgument(new Argument("<kind>").choices(["targets", "runs", "codes"])).action(
    commandAction<CommonOptions>(command, finish, async ({ options, terminal }, [kind]) => {
      const words = await listWords(kind as DynamicKind, options);
      // A word that a shell would take apart or expand is never offered.
      const harmless = words.filter((word) => /^[\w.:/@+-]+$/u.test(word));
      terminal.write(harmless.map((word) => `${word}\n`).join(""));
      return 0;
    }),
  );
}

async function listWords(kind: DynamicKind, options: CommonOptions): Promise<readonly string[]> {
  if (kind === "codes") {
    const { codeDescriptions } = await import("../../report/code-descriptions.ts");
    return [...codeDescriptions.keys()];
  }
  if (kind === "runs") {
    const { readProject } = await import("../../node/read-project.ts");
    const { listRunFolders } = await import("../../node/list-run-folders.ts");
    const project = await readProject({ root: options.root, configurationPath: options.config });
    const runs = path.join(project.root, project.configuration.runs);
    return ["last", ...(await listRunFolders(runs))];
  }
  const runbooks = compiledRunbooks(await readLibrary(options));
  return [...runbooks.values()].flatMap(({ id, procedures }) => [
    id,
    ...(procedures.length > 1 ? procedures.map(({ name }) => `${id}:${name}`) : []),
  ]);
}
