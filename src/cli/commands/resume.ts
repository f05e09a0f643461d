import { Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addInputOptions } from "../input-options.ts";
import { addRunOptions } from "../run-options.ts";
import type { ResumeCommandOptions } from "../resume-target.ts";

/** Defines `opswright resume [RUN]`. */
export function defineResume(command: Command, finish: FinishCommand): void {
  const withInputs = addInputOptions(
    command.argument("[run]", "the run's id or its beginning; default: the last one"),
  );
  addRunOptions(withInputs)
    .addOption(
      new Option(
        "--unknown <what>",
        "what to do with a step of which nobody knows how it ended; without it a person is asked",
      ).choices(["rerun", "done", "abort"]),
    )
    .option(
      "--from <step>",
      "go back to this step first, to the state before it, and do it and those behind it again",
    )
    .addHelpText(
      "after",
      `
Goes on where the run was left: its runner died, a step failed, or it was
interrupted. A step that is still running is waited for; a step that had failed
is run again; of a step that cannot be known a person decides. The plan is the
one that the run began with. Values of secrets are read anew.

Examples:
  $ opswright resume
  $ opswright resume --from migrate      what came before it was right
  $ opswright resume 20261122-204512 --unknown abort`,
    )
    .action(
      commandAction<ResumeCommandOptions>(command, finish, async (context, [run = "last"]) => {
        const { resumeTarget } = await import("../resume-target.ts");
        return resumeTarget(context, run);
      }),
    );
}
