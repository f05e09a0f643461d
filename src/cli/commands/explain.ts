import type { Command } from "commander";
import { commandAction, type CommandContext, type FinishCommand } from "../command-context.ts";

/** Defines `opswright explain [CODE]`. */
export function defineExplain(command: Command, finish: FinishCommand): void {
  command
    .argument(
      "[code]",
      "the code in brackets, such as unknown-attribute; without it all are listed",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  $ opswright explain\n  $ opswright explain unknown-attribute\n  $ opswright explain compose/unknown-container",
    )
    .action(
      commandAction(command, finish, (context, [code]) =>
        code === undefined ? listCodes(context) : explainCode(context, code),
      ),
    );
}

async function listCodes({ options, terminal }: CommandContext): Promise<number> {
  const { codeDescriptions } = await import("../../report/code-descriptions.ts");
  if (options.json === true) {
    const codes = [...codeDescriptions.values()].map(({ code, title, severity, kind }) => ({
      code,
      title,
      severity,
      kind,
    }));
    terminal.write(`${JSON.stringify({ schemaVersion: 1, codes }, undefined, 2)}\n`);
    return 0;
  }
  const { renderCodeList } = await import("../../report/render-explanation.ts");
  terminal.write(renderCodeList(codeDescriptions.values(), terminal.style));
  return 0;
}

async function explainCode(
  { options, terminal, fail }: CommandContext,
  code: string,
): Promise<number> {
  const { codeDescriptions } = await import("../../report/code-descriptions.ts");
  const description = codeDescriptions.get(code);
  if (description === undefined) {
    const { findNearest } = await import("../../parse/find-nearest.ts");
    const nearest = findNearest(code, codeDescriptions.keys());
    const hint =
      nearest === undefined
        ? "Run `opswright explain` to see them all."
        : `(Did you mean ${nearest}?)`;
    return fail(`there is no code '${code}'\n${hint}`);
  }
  if (options.json === true) {
    const { explanation, ...rest } = description;
    const document = { schemaVersion: 1, ...rest, explanation: explanation.join("\n\n") };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return 0;
  }
  const { renderExplanation } = await import("../../report/render-explanation.ts");
  terminal.write(renderExplanation(description, terminal.style));
  return 0;
}
