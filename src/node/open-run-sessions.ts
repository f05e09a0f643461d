import type { Plan, PlannedTarget } from "../model/plan.ts";
import { listServersOn, listSteps } from "../plan/list-steps.ts";
import { combineSessions } from "../run/combine-sessions.ts";
import type { ScriptPlace } from "../run/run-context.ts";
import type { RecoveredSession, Session } from "../run/ports.ts";
import { isForSystem } from "../run/is-for-system.ts";
import type { TargetTools } from "./ask-target.ts";
import { openBashSession } from "./open-bash-session.ts";
import type { BashSessionOptions } from "./bash-session-options.ts";
import { openTargetSession, recoverTargetSession } from "./open-target-session.ts";
import { recoverBashSession } from "./recover-bash-session.ts";
import { nameTargetCommand, nameTerminalCommand } from "./target-command.ts";
import type { TargetSessionOptions } from "./target-session.ts";

/** How the sessions of a run are opened. */
export interface RunSessionsOptions extends BashSessionOptions {
  readonly plan: Plan;
  /** Variables that the shells of targets have beside their own: the run's inputs. */
  readonly inputs: Readonly<Record<string, string>>;
  /** True where a program that connects may ask a person for a passphrase. */
  readonly canAsk: boolean;
  /** Aborted to give up while targets are connected. */
  readonly cancelled?: AbortSignal | undefined;
}

/**
 * Opens the session of this machine and one on each target, before anything of the run: one after the
 * other, since each may ask for a passphrase.
 *
 * Throws `SessionError` where one cannot be had; the others are closed then.
 */
export async function openRunSessions(options: RunSessionsOptions): Promise<Session> {
  const all = await openEach(
    options,
    async () => openBashSession(options),
    async (target) => openTargetSession(target),
    (session) => session,
  );
  return combine(all, options);
}

/**
 * Makes the sessions of a run usable again whose runner has died; what became of the script that was going
 * on is told by the session of its place. Throws as `openRunSessions` does.
 */
export async function recoverRunSessions(
  options: RunSessionsOptions,
  going: ScriptPlace | undefined,
): Promise<RecoveredSession> {
  const keyAt = (target: string | undefined): string | undefined =>
    going?.target === target ? going?.key : undefined;
  const all = await openEach(
    options,
    async () => recoverBashSession(options, keyAt(undefined)),
    async (target) => recoverTargetSession(target, keyAt(target.name)),
    ({ session }) => session,
  );
  const told = all.find(([name]) => name === going?.target) ?? all[0];
  if (told === undefined) throw new Error("there is a session of this machine");
  const [, recovered] = told;
  return {
    ...recovered,
    session: combine(
      all.map(([name, { session }]) => [name, session] as const),
      options,
    ),
    losses: all.flatMap(([, { losses }]) => losses),
  };
}

/** Opens one after the other, that of this machine first; its name is undefined. */
async function openEach<Opened>(
  options: RunSessionsOptions,
  openLocal: () => Promise<Opened>,
  openTarget: (target: TargetSessionOptions) => Promise<Opened>,
  sessionOf: (opened: Opened) => Session,
): Promise<readonly (readonly [string | undefined, Opened])[]> {
  const all: (readonly [string | undefined, Opened])[] = [];
  try {
    all.push([undefined, await openLocal()]);
    for (const target of options.plan.targets ?? []) {
      all.push([target.name, await openTarget(describeTarget(target, options))]);
    }
    return all;
  } catch (error) {
    for (const [, opened] of all) await sessionOf(opened).close();
    throw error;
  }
}

function describeTarget(
  target: PlannedTarget,
  {
    plan,
    runDirectory,
    directory,
    environment,
    inputs,
    secrets = [],
    canAsk,
    cancelled,
  }: RunSessionsOptions,
): TargetSessionOptions {
  const secretNames = new Set(secrets.map(({ name }) => name));
  return {
    name: target.name,
    command: nameTargetCommand(target, canAsk),
    directory,
    programEnvironment: Object.fromEntries(
      Object.entries(environment).filter(([name]) => !secretNames.has(name)),
    ),
    runDirectory,
    cancelled,
    nameTerminalCommand: "ssh" in target ? (file) => nameTerminalCommand(target, file) : undefined,
    servers: listServersOn(plan, target.name),
    toolsOn: (system) => listTools(plan, target, system),
    environment: inputs,
    secrets: secrets.filter(({ name }) => Object.hasOwn(inputs, name)),
  };
}

/** The programs that the steps on a target need, where that has this operating system. */
function listTools(plan: Plan, target: PlannedTarget, system: string): TargetTools {
  const systems = { local: "", targets: new Map([[target.name, system]]) };
  const left = new Set(
    listSteps(plan)
      .filter((step) => isForSystem(step, systems) === true)
      .map(({ id }) => id),
  );
  return target.tools.flatMap(({ name, definition, neededBy }) => {
    const needing = neededBy.filter((id) => left.has(id));
    return definition.optional === true || needing.length === 0
      ? []
      : [{ name, neededBy: needing }];
  });
}

function combine(
  all: readonly (readonly [string | undefined, Session])[],
  options: RunSessionsOptions,
): Session {
  const [[, local] = [undefined, undefined], ...rest] = all;
  if (local === undefined) throw new Error("there is a session of this machine");
  const opened = rest.flatMap(([name, session]) =>
    name === undefined ? [] : [[name, session] as const],
  );
  let { inputs, secrets = [] } = options;
  return combineSessions(local, {
    opened: new Map(opened),
    reopen: async (name, changed) => {
      const target = options.plan.targets?.find((one) => one.name === name);
      if (target === undefined) throw new Error(`there is no target ${name}`);
      // All values that were ever known stay out of what is kept.
      secrets = [...secrets, ...changed];
      inputs = { ...inputs, ...Object.fromEntries(changed.map((one) => [one.name, one.value])) };
      return openTargetSession(describeTarget(target, { ...options, inputs, secrets }));
    },
  });
}
