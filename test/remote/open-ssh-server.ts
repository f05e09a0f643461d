import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "../../src/node/find-free-port.ts";

const run = promisify(execFile);

/** A real OpenSSH server on this machine, for one user: the one that tests run as. */
export interface SshServer extends AsyncDisposable {
  readonly port: number;
  /** A configuration of the client in which the server is the host `web1`. */
  readonly clientConfiguration: string;
  /** Its folder, absolute. */
  readonly directory: string;
  /** Ends every connection that is open, as a network that breaks does; the server goes on. */
  cutConnections(): Promise<number>;
}

/** Starts a server on a free port of 127.0.0.1, with keys of its own. */
export async function openSshServer(): Promise<SshServer> {
  const directory = await mkdtemp(path.join(tmpdir(), "opswright-sshd-"));
  const file = (name: string): string => path.join(directory, name);
  for (const name of ["host-key", "user-key"]) {
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file(name)]);
  }
  await writeFile(file("authorized_keys"), await readFile(file("user-key.pub")));
  const port = await findFreePort("127.0.0.1", 42_000, 500);
  const [type = "", key = ""] = (await readFile(file("host-key.pub"), "utf8")).split(" ");
  await writeFile(file("known_hosts"), `[127.0.0.1]:${port} ${type} ${key}\n`);
  await writeFile(
    file("sshd_config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${file("host-key")}`,
      `AuthorizedKeysFile ${file("authorized_keys")}`,
      `PidFile ${file("pid")}`,
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin yes",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "",
    ].join("\n"),
  );
  await writeFile(
    file("ssh_config"),
    `Host web1
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  IdentityFile ${file("user-key")}
  IdentitiesOnly yes
  UserKnownHostsFile ${file("known_hosts")}
  StrictHostKeyChecking yes
`,
  );
  // Debian's package makes it only where its own service is started.
  if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true });
  const { stdout: program } = await run("sh", [
    "-c",
    'PATH=$PATH:/usr/sbin; command -v "${OPSWRIGHT_SSHD:-sshd}"',
  ]);
  const server = spawn(program.trim(), ["-D", "-e", "-f", file("sshd_config")], {
    stdio: "ignore",
  });
  const ended = once(server, "exit");
  await waitForPort(port);
  const cutConnections = async (): Promise<number> => {
    const children = await listDescendants(server.pid ?? 0);
    for (const pid of children) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It went with its parent.
      }
    }
    return children.length;
  };
  return {
    port,
    clientConfiguration: file("ssh_config"),
    directory,
    cutConnections,
    [Symbol.asyncDispose]: async () => {
      await cutConnections();
      server.kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The server's own processes for its connections: not what these have started. */
async function listDescendants(parent: number): Promise<readonly number[]> {
  const { stdout } = await run("ps", ["-eo", "pid=,ppid=,comm="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, , name]) => name?.startsWith("sshd") === true)
    .map(([pid, parentPid]) => [Number(pid), Number(parentPid)] as const);
  const found = new Set([parent]);
  for (const known of found) {
    for (const [pid, parentPid] of rows) if (parentPid === known) found.add(pid);
  }
  found.delete(parent);
  return [...found];
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
  throw new Error("the SSH server did not start");
}
