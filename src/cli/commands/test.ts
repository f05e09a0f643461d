import type { Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addTestOptions, type TestOptions } from "../test-options.ts";

/** Defines `opswright test [PATH…]`. */
export function defineTest(command: Command, finish: FinishCommand): void {
  addTestOptions(
    command.argument(
      "[path...]",
      "documents, folders of them, or DOCUMENT#SECTION-OR-STEP; default: `tests` of the configuration",
    ),
  )
    .addHelpText(
      "after",
      `
Each document is run from its first step to its last in one bash of its own,
in an empty temporary folder, with a pinned environment; TESTDIR is the folder
of the document. A step passes by its exit code and its expected output. After
a failure the steps behind it are still run.

It is no sandbox. A document with a destructive step, a target, a confirmation
or a step for a person is refused as a whole, unless --allow says otherwise.
A document without a step is a failure where it was named.

Examples:
  $ opswright test docs
  $ opswright test README.md docs/install.md --bail
  $ opswright test docs/install.md#unpack
  $ opswright test docs --filter 'docs/guides/**' --jobs 8
  $ opswright test docs --shard 2/4 --report junit=tests.xml
  $ opswright test docs --env HTTPS_PROXY --env LEVEL=3 --clean-path
  $ opswright test docs/install.md --keep      look at what is left
  $ opswright test docs --watch`,
    )
    .action(
      commandAction<TestOptions>(command, finish, async (context, paths) => {
        const { testDocuments } = await import("../test-documents.ts");
        return testDocuments(context, paths);
      }),
    );
}
