import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/**
 * Connects as a program does that goes elsewhere: it carries bytes to a bash and back, and ending it cuts
 * the connection.
 */
const connect = `#!/bin/sh
unset HERE
PATH=$CONNECTIONS/bin-$1:$PATH
place=$CONNECTIONS/home-$1
mkdir -p "$place" && cd "$place" || exit 1
rm -f ../in-$1 ../out-$1 ../err-$1
mkfifo ../in-$1 ../out-$1 ../err-$1
bash <../in-$1 >../out-$1 2>../err-$1 &
cat <../out-$1 &
cat <../err-$1 >&2 &
echo $$ >../pid-$1
exec cat >../in-$1
`;

const configuration = JSON.stringify({
  targets: { web: { exec: ["connect", "web"] }, db: { exec: ["connect", "$NAME"] } },
});

const head = `---
title: Elsewhere
inputs:
  NAME: { default: db }
  KEY: { type: secret, default: "it's swordfish-9000" }
---
`;

export const fence = (line: string, code: string): string =>
  `\n\`\`\`bash ${line}\n${code}\n\`\`\`\n`;

export async function createTargets(
  runbook: string,
  files: Readonly<Record<string, string>> = {},
): Promise<FixtureProject> {
  return createProject({
    "bin/connect": connect,
    "connections/readme": "",
    "opswright.config.json": configuration,
    "runbooks/a.mdx": `${head}${runbook}`,
    ...files,
  });
}

export const environmentOf = ({ directory }: FixtureProject): Record<string, string> => ({
  CONNECTIONS: path.join(directory, "connections"),
  HERE: "this machine's alone",
});

export const run = (project: FixtureProject, args: readonly string[]) =>
  project.run(args, { environment: environmentOf(project) });

export async function waitFor(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    if (await isTrue()) return;
    await sleep(10);
  }
  throw new Error("it never came to that");
}

export const inConnections = ({ directory }: FixtureProject, name: string): string =>
  path.join(directory, "connections", name);
