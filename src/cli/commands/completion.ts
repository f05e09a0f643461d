import { Argument, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";

/** Defines `opswright completion SHELL`. */
export function defineCompletion(command: Command, finish: FinishCommand): void {
  command
    .addArgument(new Argument("<shell>", "for which shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      "\nExamples:\n  $ source <(opswright completion bash)\n  $ opswright completion fish | source",
    )
    .action(
      commandAction(command, finish, async ({ terminal }, [shell = ""]) => {
        const { readCompletionSpec } = await import("../completion/completion-spec.ts");
        const program = command.parent;
        if (program === null) throw new Error("The completion command stands below no program.");
        terminal.write((await loadRenderer(shell))(readCompletionSpec(program)));
        return 0;
      }),
    );
}

async function loadRenderer(shell: string) {
  if (shell === "zsh")
    return (await import("../completion/render-zsh-completion.ts")).renderZshCompletion;
  if (shell === "fish")
    return (await import("../completion/render-fish-completion.ts")).renderFishCompletion;
  return (await import("../completion/render-bash-completion.ts")).renderBashCompletion;
}
