import type { Command } from "commander";
import { listRunbooks, renderList } from "../../report/render-list.ts";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { readLibrary } from "../read-library.ts";
import { reportProblems } from "../report-problems.ts";

/** Defines `opswright list`. */
export function defineList(command: Command, finish: FinishCommand): void {
  command
    .addHelpText(
      "after",
      "\nExamples:\n  $ opswright list\n  $ opswright list --json | jq --raw-output '.runbooks[].id'",
    )
    .action(
      commandAction(command, finish, async (context) => {
        const { options, terminal } = context;
        const library = await readLibrary(options);
        if (library.problems.length > 0) {
          const exitCode = reportProblems(context, library.problems, library.sources);
          if (exitCode !== 0) return exitCode;
        }
        const entries = listRunbooks(library.runbooks);
        if (options.json === true) {
          terminal.write(
            `${JSON.stringify({ schemaVersion: 1, runbooks: entries }, undefined, 2)}\n`,
          );
        } else if (entries.length === 0) {
          terminal.writeError(
            `There are no runbooks in ${library.configuration.runbooks}/ of ${library.root}.\n` +
              "Put .mdx or .md files there, or name another folder in the configuration's `runbooks`.\n",
          );
        } else {
          terminal.write(renderList(entries, terminal.style));
        }
        return 0;
      }),
    );
}
