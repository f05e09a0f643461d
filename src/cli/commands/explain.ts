import type { Command } from "commander";
import { findNearest } from "../../parse/find-nearest.ts";
import { catalogue, catalogueCodes, isDiagnosticCode } from "../../report/catalogue.ts";
import { diagnosticRules } from "../../model/diagnostic-rules.ts";
import { renderExplanation } from "../../report/render-explanation.ts";
import { commandAction, type FinishCommand } from "../command-context.ts";

/** Defines `opswright explain [CODE]`. */
export function defineExplain(command: Command, finish: FinishCommand): void {
  command
    .argument(
      "[code]",
      "the code in brackets, such as unknown-attribute; without it all are listed",
    )
    .addHelpText("after", "\nExamples:\n  $ opswright explain unknown-attribute")
    .action(
      commandAction(command, finish, async ({ options, terminal, fail }, [code]) => {
        if (code === undefined) {
          const codes = catalogueCodes.map((one) => ({ code: one, title: catalogue[one].title }));
          const width = Math.max(...codes.map((one) => one.code.length));
          terminal.write(
            options.json === true
              ? `${JSON.stringify({ schemaVersion: 1, codes }, undefined, 2)}\n`
              : codes.map((one) => `${one.code.padEnd(width)}  ${one.title}\n`).join(""),
          );
          return 0;
        }
        if (!isDiagnosticCode(code)) {
          const nearest = findNearest(code, catalogueCodes);
          const hint = nearest === undefined ? "" : `\n(Did you mean ${nearest}?)`;
          return fail(`there is no code '${code}'${hint}`);
        }
        if (options.json === true) {
          const { title, explanation, example } = catalogue[code];
          const document = {
            schemaVersion: 1,
            code,
            ...diagnosticRules[code],
            title,
            explanation,
            example,
          };
          terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
        } else {
          terminal.write(renderExplanation(code, terminal.style));
        }
        return 0;
      }),
    );
}
