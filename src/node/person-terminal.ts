import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import type { PersonTerminal } from "../run/ports.ts";

/**
 * The terminal that this process is started from; undefined where its standard input is none.
 *
 * A program at it belongs to another session, to which the kernel sends neither Ctrl-C nor news of the
 * window's size: both come to this process. Runs `stty` and, but on Linux, `tty`.
 *
 * @param takeInterrupts until the function that it gives back is called, Ctrl-C is told to the handler
 */
export function findPersonTerminal(
  takeInterrupts: (handle: () => void) => () => void,
): PersonTerminal | undefined {
  const device = findDevice();
  if (device?.startsWith("/dev/") !== true) return undefined;
  return {
    device,
    lend(signal) {
      const settings = ask("stty", ["-g"]);
      const giveBack = takeInterrupts(() => signal("SIGINT"));
      const onResize = (): void => signal("SIGWINCH");
      process.on("SIGWINCH", onResize);
      return {
        release() {
          process.off("SIGWINCH", onResize);
          giveBack();
          // A program that was ended may have left it without echo, or raw.
          if (settings !== undefined) ask("stty", [settings]);
        },
      };
    },
  };
}

/** Without a process on Linux, since every run at a terminal asks. */
function findDevice(): string | undefined {
  if (process.platform !== "linux") return ask("tty", []);
  try {
    return readlinkSync("/proc/self/fd/0");
  } catch {
    return undefined;
  }
}

function ask(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, {
      stdio: ["inherit", "pipe", "ignore"],
      encoding: "utf8",
    }).trim();
  } catch {
    return undefined;
  }
}
