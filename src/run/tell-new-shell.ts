import type { RunContext } from "./run-context.ts";

/**
 * Has the next script's shell started where the last one has ended, and puts on record what it lacks,
 * before anything runs in it. Throws `SessionError`.
 */
export async function tellNewShell({
  session,
  recorder,
}: Pick<RunContext, "session" | "recorder">): Promise<void> {
  await session.prepareShell?.();
  for (const text of session.takeNotices?.() ?? []) recorder.note({ type: "notice", text });
}
