import { Option, type Command } from "commander";
import { commandAction, type CommonOptions, type FinishCommand } from "../command-context.ts";

type SchemaName = "frontmatter" | "world" | "configuration" | "answers";

/** Defines `opswright schema`. */
export function defineSchema(command: Command, finish: FinishCommand): void {
  command
    .addOption(
      new Option("--of <what>", "what the schema describes")
        .choices(["frontmatter", "world", "configuration", "answers"])
        .default("frontmatter"),
    )
    .addHelpText(
      "after",
      "\nExamples:\n  $ opswright schema --of configuration > opswright.schema.json",
    )
    .action(
      commandAction<CommonOptions & { readonly of: SchemaName }>(
        command,
        finish,
        async ({ options, terminal }) => {
          const { z } = await import("zod");
          const schema = z.toJSONSchema(await loadSchema(options.of), { io: "input" });
          terminal.write(`${JSON.stringify(schema, undefined, 2)}\n`);
          return 0;
        },
      ),
    );
}

async function loadSchema(name: SchemaName) {
  switch (name) {
    case "frontmatter":
      return (await import("../../model/front-matter.ts")).frontMatterSchema;
    case "world":
      return (await import("../../model/world.ts")).worldSchema;
    case "configuration":
      return (await import("../../model/configuration.ts")).configurationSchema;
    case "answers":
      return (await import("../../model/given-answer.ts")).answersFileSchema;
    default:
      return name satisfies never;
  }
}
