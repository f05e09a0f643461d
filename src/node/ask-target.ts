import type { Secret } from "../run/list-secrets.ts";
import { SessionError } from "../run/session-error.ts";
import { answerLimitMs } from "./target-link.ts";
import type { TargetLink } from "./target-link.ts";
import {
  renderSecretQuestion,
  renderSystemQuestion,
  renderToolQuestion,
} from "./target-shell-code.ts";

/** Programs that must be on a target, with the steps that need each. */
export type TargetTools = readonly {
  readonly name: string;
  readonly neededBy: readonly string[];
}[];

/** What to do where a session on a target fails for no other reason. */
export const targetHint =
  "Make sure that the target can be reached, and that /tmp can be written there.";

/** What an answer of the other end means, as the rest of a sentence. No I/O. */
export function explainAnswer(answer: string): string {
  return meanings[answer] ?? answer;
}

const meanings: Readonly<Record<string, string>> = {
  folder: "its folder below /tmp could not be made",
  files: "its files below /tmp could not be written",
  keeper: "its keeper did not start; mkfifo must be there",
  gone: "it is no more",
  dead: "it is no more",
  late: "no answer came",
  lost: "the connection was lost",
  ended: "it ended at once",
};

/** What a target is. */
export interface TargetSystem {
  /** As runbooks say it: `linux`, `darwin`, `windows`, or its own name in lower case. */
  readonly name: string;
  /** True where its processes and their environment can be seen as on Linux. */
  readonly showsProcesses: boolean;
}

/**
 * Asks for the operating system of a target. Throws `SessionError` where it does not tell: a step for
 * another system could be run there.
 */
export async function askSystem(link: TargetLink, token: string): Promise<TargetSystem> {
  const answer = await link.ask(renderSystemQuestion(token), (record) =>
    record.type === "system" ? record : undefined,
  );
  if (typeof answer === "string") {
    const what = `does not tell its operating system: ${explainAnswer(answer)}`;
    throw link.describe(what, targetHint);
  }
  const { showsProcesses } = answer;
  const told = answer.name.toLowerCase();
  if (told === "") throw link.describe("does not tell its operating system", systemHint);
  const name = /^(?:mingw|msys|cygwin|windows)/u.test(told)
    ? "windows"
    : (["linux", "darwin"].find((known) => told.startsWith(known)) ?? told);
  return { name, showsProcesses };
}

const systemHint = "`uname -s` must say it there, or $OSTYPE of its bash.";

/** Throws `SessionError` where servers are to run on a target on which they could not be found again. */
export function requireProcesses(
  link: TargetLink,
  { name, showsProcesses }: TargetSystem,
  servers: readonly string[],
): void {
  if (servers.length === 0 || showsProcesses) return;
  throw link.describe(
    `is ${name} and does not show its processes below /proc, so that what goes on in the background there (${servers.join(", ")}) could not be found again; nothing was run`,
    "Steps with `background` need Linux there. Leave them out with --skip, or start the server by hand.",
  );
}

/** Throws `SessionError` where the shell of a target does not find one of these programs. */
export async function requireTools(
  link: TargetLink,
  token: string,
  { name, tools }: { readonly name: string; readonly tools: TargetTools },
): Promise<void> {
  if (tools.length === 0) return;
  const names = tools.map((tool) => tool.name);
  const lacking = await link.ask(renderToolQuestion(token, names), (record) =>
    record.type === "lacking" ? record.names : undefined,
  );
  if (typeof lacking === "string") {
    const what = `could not be asked for its programs: ${explainAnswer(lacking)}`;
    throw link.describe(what, targetHint);
  }
  const lacked = tools.filter((tool) => lacking.includes(tool.name));
  if (lacked.length === 0) return;
  const list = lacked.map((tool) => `${tool.name} (for ${tool.neededBy.join(", ")})`).join(", ");
  throw new SessionError(`The target ${name} does not have ${list}. Nothing was run.`, {
    hint: "Install it there, or put it on the PATH of a shell that is not interactive.",
  });
}

/** Whether all of these secrets are those with which the session on a target was begun. */
export async function knowsSecrets(
  link: TargetLink,
  token: string,
  secrets: readonly Secret[],
): Promise<boolean> {
  if (secrets.length === 0) return true;
  const known = await link.ask(renderSecretQuestion(token, secrets), (record) =>
    record.type === "secrets" ? record.count : undefined,
  );
  return known === secrets.length;
}

let endingCount = 0;

/**
 * Has processes of a target ended, by code that is rendered for an id; false where the connection was lost
 * meanwhile. Throws `SessionError` where some cannot be ended.
 */
export async function endThere(
  link: TargetLink,
  render: (id: string) => string,
  graceMs: number,
): Promise<boolean> {
  endingCount += 1;
  const id = String(endingCount);
  const left = await link.ask(
    render(id),
    (record) => (record.type === "over" && record.id === id ? record.left : undefined),
    graceMs + answerLimitMs,
  );
  if (left === "late") link.abandon();
  if (left === "late" || left === "lost") return false;
  if (left === "") return true;
  throw link.describe(
    `has processes that could not be ended: ${left}`,
    "They may belong to another user. End them by hand before you run this again.",
  );
}
