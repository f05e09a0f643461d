import type { Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addDocumentOptions } from "../document-options.ts";
import type { UpdateDocumentsOptions } from "../update-documents.ts";

/** Defines `opswright update [PATH…]`. */
export function defineUpdate(command: Command, finish: FinishCommand): void {
  addDocumentOptions(
    command.argument(
      "[path...]",
      "documents, folders of them, or DOCUMENT#SECTION-OR-STEP; default: `tests` of the configuration",
    ),
  )
    .option("--dry-run", "print the difference, write nothing")
    .option("--add", "give steps without expected output what they print")
    .option("--accept-exit", "take over exit codes that have changed")
    .option("--no-volatile", "write times, hashes and the like as they came")
    .addHelpText(
      "after",
      `
The documents are run as \`opswright test\` runs them. Where a step prints
something else than its document expects, the document is rewritten: matchers
that still hold stay, the rest is taken from the output. What looks different
in each run (a time, a UUID, a hash, a temporary path, a duration) becomes a
volatile word. Nothing else of a document is touched.

The output of a step that fails or times out is never taken over, and a
changed exit code only with --accept-exit. Read the difference before you
commit it: what is written is what came, right or wrong.

Examples:
  $ opswright update docs --dry-run
  $ opswright update README.md docs/install.md
  $ opswright update docs/install.md#unpack
  $ opswright update docs/new.md --add
  $ opswright update docs --dry-run | git apply`,
    )
    .action(
      commandAction<UpdateDocumentsOptions>(command, finish, async (context, paths) => {
        const { updateDocuments } = await import("../update-documents.ts");
        return updateDocuments(context, paths);
      }),
    );
}
