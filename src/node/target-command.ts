import type { TargetAddress } from "../model/target.ts";

/** What the other end starts: a bash that reads commands, whatever shell its user has. */
const remoteBash = "exec bash --norc --noprofile";

/**
 * The program that connects to a target, with its arguments.
 *
 * For a host it is OpenSSH's client, which reads the user's own configuration, agent and known hosts; it
 * asks nobody unless `canAsk`, and notices within a minute that the host is gone. No I/O.
 *
 * @example nameTargetCommand({ name: "app", exec: ["docker", "exec", "-i", "app", "bash"] }, false)
 *   → ["docker", "exec", "-i", "app", "bash"]
 */
export function nameTargetCommand(
  target: TargetAddress,
  canAsk: boolean,
): readonly [string, ...string[]] {
  if ("exec" in target) return target.exec;
  const options = nameOptions(canAsk);
  return ["ssh", "-T", ...options, "--", target.ssh, remoteBash];
}

/**
 * The program that connects the person's terminal to a bash on a host, which runs that file there. No I/O.
 */
export function nameTerminalCommand(
  { ssh }: Extract<TargetAddress, { readonly ssh: string }>,
  file: string,
): readonly [string, ...string[]] {
  // What it says of its own end would stand on the person's terminal.
  const options = [...nameOptions(true), "-o", "LogLevel=ERROR"];
  return ["ssh", "-t", ...options, "--", ssh, `${remoteBash} ${file}`];
}

function nameOptions(canAsk: boolean): readonly string[] {
  const options = [
    ...(canAsk ? [] : ["BatchMode=yes"]),
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
    // One that somebody else's connection is to go through would outlive ours.
    "ControlMaster=no",
    "RemoteCommand=none",
  ];
  return options.flatMap((option) => ["-o", option]);
}
