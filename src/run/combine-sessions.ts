import type { Secret } from "./list-secrets.ts";
import type { ScriptRequest, Session } from "./ports.ts";

/** The sessions of a run's targets, by name, and how one is opened again. */
export interface TargetSessions {
  readonly opened: ReadonlyMap<string, Session>;
  /** Opens one anew where its predecessor was closed, with its state and these values of secrets. */
  readonly reopen: (name: string, secrets: readonly Secret[]) => Promise<Session>;
}

/**
 * Makes one session of that of this machine and those of the targets: a script runs in the one that it
 * names, and they share nothing but what each script is given.
 *
 * Throws, of a script, where it names a target that is not there. No I/O of its own.
 */
export function combineSessions(local: Session, { opened, reopen }: TargetSessions): Session {
  if (opened.size === 0) return local;
  const targets = new Map(opened);
  const all = (): readonly Session[] => [local, ...targets.values()];
  const sessionOf = ({ target }: Pick<ScriptRequest, "target">): Session => {
    const session = target === undefined ? local : targets.get(target);
    if (session === undefined) throw new Error(`there is no session on ${target}`);
    return session;
  };
  return {
    get pid() {
      return local.pid;
    },
    get generation() {
      return local.generation;
    },
    get systems() {
      return new Map(
        [...targets].flatMap(([name, { system }]) =>
          system === undefined ? [] : [[name, system] as const],
        ),
      );
    },
    runScript: (request) => sessionOf(request).runScript(request),
    signalScript: (name) => {
      for (const session of all()) session.signalScript(name);
    },
    findBackground: (script) => sessionOf(script).findBackground(script),
    takeBack: async (scripts) => {
      for (const session of all().toReversed()) {
        const own = scripts.filter((script) => sessionOf(script) === session);
        if (own.length > 0) await session.takeBack(own);
      }
    },
    prepareShell: async () => local.prepareShell?.(),
    ...(local.openCopy && { openCopy: (request) => local.openCopy?.(request) ?? lacking() }),
    renewSecrets: async (secrets) => {
      await local.renewSecrets?.(secrets);
      for (const [name, session] of targets) {
        await session.close();
        targets.set(name, await reopen(name, secrets));
      }
    },
    takeNotices: () => all().flatMap((session) => session.takeNotices?.() ?? []),
    close: () => closeAll(all()),
  };
}

function lacking(): never {
  throw new Error("the session of this machine opens no copy");
}

/** Closes every session, also where one fails, and fails as the first of them. */
async function closeAll(sessions: readonly Session[]): Promise<void> {
  const results = await Promise.allSettled(sessions.map((session) => session.close()));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
