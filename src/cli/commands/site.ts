import { InvalidArgumentError, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import type { ServeSiteOptions, SiteCommandOptions } from "../site-options.ts";

/** Defines `opswright site build | dev | preview`. */
export function defineSite(command: Command, finish: FinishCommand): void {
  command.addHelpText(
    "after",
    `
The site shows every runbook of the project, and needs nothing but them. What it
is called, where it goes and more is said under \`site\` in opswright.config.json.

Examples:
  $ opswright site build                write it into dist-site/
  $ opswright site build --base /runbooks --out-dir public
  $ opswright site preview              look at what was built
  $ opswright site dev                  look at it while you write`,
  );
  const build = withPlace(command.command("build")).description(
    "Write the site: a folder that any web server can serve",
  );
  build.action(
    commandAction<SiteCommandOptions>(build, finish, async (context) => {
      const { buildProjectSite } = await import("../build-project-site.ts");
      return buildProjectSite(context);
    }),
  );
  const dev = withServer(withPlace(command.command("dev"))).description(
    "Show the site while you write, with what a check finds",
  );
  dev.action(
    commandAction<ServeSiteOptions>(dev, finish, async (context) => {
      const { serveProjectSite } = await import("../serve-project-site.ts");
      return serveProjectSite(context, "dev");
    }),
  );
  const preview = withServer(withPlace(command.command("preview"))).description(
    "Show the site that was built",
  );
  preview.action(
    commandAction<ServeSiteOptions>(preview, finish, async (context) => {
      const { serveProjectSite } = await import("../serve-project-site.ts");
      return serveProjectSite(context, "preview");
    }),
  );
}

function withPlace(command: Command): Command {
  return command
    .option("--base <path>", "the path below which the site is served; default: /", readBase)
    .option("--out-dir <dir>", "where the built site goes; default: dist-site");
}

function withServer(command: Command): Command {
  return command
    .option(
      "--port <number>",
      "the port to listen on; default: 4321 or the next free one",
      readPort,
    )
    .option("--host <address>", "the address to listen on; default: 127.0.0.1, this machine alone");
}

function readBase(text: string): string {
  if (!/^\/(?:[A-Za-z0-9._~-]+\/?)*$/u.test(text)) {
    throw new InvalidArgumentError("It must be a path such as /runbooks.");
  }
  return text;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    throw new InvalidArgumentError("It must be a number from 1 to 65535.");
  }
  return port;
}
