import type { ShellCommand } from "../../model/shell-script.ts";
import type { CallWord } from "./tool-call.ts";

/** A call of a script by its path, with what it is given. */
export interface ScriptCall {
  /** As written: `./ip2adb`, `scripts/deploy.sh`. */
  readonly script: string;
  readonly args: readonly CallWord[];
}

/** Options of the interpreters that take a value, or hand over a program instead of a file. */
const interpreters: Readonly<Record<string, { readonly valued: string; readonly others: string }>> =
  {
    bash: { valued: "-o -O +o +O --rcfile --init-file", others: "-c -s" },
    sh: { valued: "-o +o", others: "-c -s" },
    zsh: { valued: "-o +o", others: "-c -s" },
    dash: { valued: "-o +o", others: "-c -s" },
    ksh: { valued: "-o +o", others: "-c -s" },
    python: { valued: "-W -X", others: "-c -m" },
    python3: { valued: "-W -X", others: "-c -m" },
    node: {
      valued: "-r --require --import --loader --env-file -C --conditions",
      others: "-e -p --eval --print --run --test",
    },
    tsx: { valued: "--tsconfig --env-file", others: "watch" },
    "ts-node": { valued: "-P --project -r --require", others: "-e -p" },
  };

/**
 * Reads which script a command starts: by an interpreter, or by a path with a slash.
 *
 * Undefined for programs that are looked up, for absolute paths and for what is not literal. No I/O.
 *
 * @example for `bash scripts/deploy.sh --dry-run`: { script: "scripts/deploy.sh", args: --dry-run }
 */
export function readScriptCall(command: ShellCommand): ScriptCall | undefined {
  const at = findScriptPlace(command);
  const script = command.words[at] ?? "";
  if (at === -1 || command.isLiteral[at] !== true || /^[/~]/.test(script)) return undefined;
  const args = command.words.slice(at + 1).flatMap((text, index) => {
    const range = command.ranges[at + 1 + index];
    const isLiteral = command.isLiteral[at + 1 + index] === true;
    return range === undefined ? [] : [{ text, range, isLiteral }];
  });
  return { script, args };
}

function findScriptPlace({ words, name }: ShellCommand): number {
  const interpreter = Object.hasOwn(interpreters, name) ? interpreters[name] : undefined;
  if (interpreter === undefined) return words[0]?.includes("/") === true ? 0 : -1;
  const valued = interpreter.valued.split(" ");
  const others = interpreter.others.split(" ");
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (others.includes(word) || /^-[a-z]*c$/.test(word)) return -1;
    if (!/^[-+]./.test(word)) return at;
    if (valued.includes(word)) at += 1;
  }
  return -1;
}
