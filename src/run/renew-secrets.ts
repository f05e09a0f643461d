import type { Secret } from "./list-secrets.ts";
import type { RunContext } from "./run-context.ts";

/**
 * Has the session go on with other values of secrets, which from here on are kept out of all records; what
 * it lacks then is told. Does nothing where there are none. Throws `SessionError`.
 */
export async function renewSecrets(
  { session, recorder, learnSecrets }: RunContext,
  secrets: readonly Secret[],
): Promise<void> {
  if (secrets.length === 0) return;
  const notices = learnSecrets(secrets);
  await session.renewSecrets?.(secrets);
  const { pid, generation } = session;
  await recorder.record({ type: "session-started", pid, generation });
  const names = secrets.map(({ name }) => name).join(", ");
  const told = [
    `The shell was started anew with the new value of ${names}: jobs in the background and open files are gone.`,
    ...notices,
    ...(session.takeNotices?.() ?? []),
  ];
  for (const text of told) recorder.note({ type: "notice", text });
}
