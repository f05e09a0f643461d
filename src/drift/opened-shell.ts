import type { ShellCommand } from "../model/shell-script.ts";

/** A shell that a command opens for a person. */
export interface OpenedShell {
  /** The wrapper that leads to it where it is on another machine or in a container. */
  readonly session?: string;
  /** False where it begins in a home folder. */
  readonly keepsFolder: boolean;
}

const shells = /^(?:ba|z|da|k|a|fi)?sh$/;
/** Programs whose shell is on this machine, in its file system. */
const hereShells = /^(?:su|runuser|sudo|newgrp)$/;
const otherPlaces =
  /^(?:ssh|autossh|mosh|railway|gcloud|aws|oc|kubectl|vagrant|minikube|machinectl)$/;

/**
 * What kind of shell is opened by a command that waits for a person; undefined where it opens none.
 *
 * No I/O.
 *
 * @example for `bash` of `docker exec -it web bash`: { session: "docker exec", keepsFolder: false }
 */
export function findOpenedShell(command: ShellCommand): OpenedShell | undefined {
  const { name, place } = command;
  if (shells.test(name)) {
    return place === "here" ? { keepsFolder: true } : { session: place, keepsFolder: false };
  }
  if (hereShells.test(name)) return { keepsFolder: !isLogin(command) };
  return otherPlaces.test(name) ? { session: name, keepsFolder: false } : undefined;
}

/** True where a command runs another one from somebody's home folder: `su - app -c …`. No I/O. */
export function isLoginCall(command: ShellCommand): boolean {
  return /^(?:su|runuser|sudo)$/.test(command.name) && isLogin(command);
}

function isLogin({ name, words }: ShellCommand): boolean {
  const login = name === "sudo" ? /^(?:-[a-zA-Z]*i|--login)$/ : /^(?:-|-[a-z]*l|--login)$/;
  for (const [index, word] of words.entries()) {
    if (index === 0) continue;
    if (login.test(word)) return true;
    // Behind the program that sudo runs, the options are that one's.
    const isValue = /^-[a-zA-Z]*[ugCDhpRrtTU]$/.test(words[index - 1] ?? "");
    if (name === "sudo" && !word.startsWith("-") && !isValue) return false;
  }
  return false;
}
