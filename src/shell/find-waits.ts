import type { ShellScript, TextRange } from "../model/shell-script.ts";
import {
  fitsPattern,
  hasOption,
  indexByProgram,
  readCall,
  type CommandCall,
} from "./command-call.ts";
import { hasOverlap } from "./find-overlap.ts";
import type { CommandTraits, ReadCommand } from "./read-command.ts";
import type { CommandSetting } from "./read-structure.ts";
import { hasInput, unwrapCommand } from "./unwrap-command.ts";
import { waitTable } from "./wait-table.ts";

/** A loop with its place in the runbook's script and the text before its `do`. */
export interface PlacedLoop {
  readonly range: TextRange;
  readonly head: string;
  readonly setting: CommandSetting;
  readonly traits: CommandTraits;
}

type Wait = ShellScript["waits"][number];

const rowsByProgram = indexByProgram(waitTable);
const shells = /^(?:ba|z|da|k|a|fi)?sh$/u;
/** They read a bounded part and end the pipe: `tail -f x | head`. */
const limitingConsumers = /^(?:head|timeout)$/u;

/**
 * Commands that wait for a person, or run until somebody stops them.
 *
 * Not among them: what runs in the background, under `timeout`, or is fed by a pipe, a redirection or
 * a here-document where it would read from a person. No I/O.
 */
export function findWaits(commands: readonly ReadCommand[], loops: readonly PlacedLoop[]): Wait[] {
  const waits: Wait[] = [];
  for (const command of commands) {
    if (waits.length >= 100) break;
    const reason = findReason(command);
    if (reason !== undefined && !isRepeated(waits, command))
      waits.push({ reason, range: command.range });
  }
  const exits = commands.filter(endsLoop).map(({ range }) => range);
  for (const loop of loops) {
    if (isEndless(loop, exits))
      waits.push({ reason: "it loops until it is stopped", range: loop.range });
  }
  return waits.toSorted((a, b) => a.range.start - b.range.start);
}

/** `sudo vim x` waits once: the wrapper's own reason covers what is inside it. */
function isRepeated(waits: readonly Wait[], command: ReadCommand): boolean {
  return (
    command.depth > 0 &&
    hasOverlap(
      waits.slice(-1).map(({ range }) => range),
      command.range,
    )
  );
}

function findReason(command: ReadCommand): string | undefined {
  const { setting, traits } = command;
  if (setting.isBackground || traits.isTimeLimited) return undefined;
  const call = readCall(command);
  if (
    call.name === "" ||
    call.options.some((option) => option === "--help" || option === "--version")
  )
    return undefined;
  const isFed = hasInput(command);
  const row = rowsByProgram.get(call.name)?.find((candidate) => {
    if (candidate.unlessFed === true && (isFed || traits.isDetached)) return false;
    if (candidate.isEndless === true && isBounded(command)) return false;
    return fitsPattern(call, candidate);
  });
  if (row !== undefined) return row.isWait === false ? undefined : row.reason;
  return isFed || traits.isDetached ? undefined : findShellReason(call);
}

function isBounded(command: ReadCommand): boolean {
  const { consumerName } = command;
  return consumerName !== undefined && limitingConsumers.test(consumerName);
}

/** Shells and remote shells without a command of their own. */
function findShellReason(call: CommandCall): string | undefined {
  const { name, operands, options, command } = call;
  if (shells.test(name)) {
    const runsText =
      operands.length > 0 ||
      options.some((option) => option.endsWith("c")) ||
      hasOption(options, "-n");
    return runsText ? undefined : "it opens a shell for a person";
  }
  if (name === "ssh" || name === "mosh") {
    if (hasOption(options, "-f") || options.some((option) => /^-[OQV]/u.test(option)))
      return undefined;
    if (hasOption(options, "-N")) return "it forwards until it is stopped";
    const isAlone = operands.length === 1 && unwrapCommand(command).length === 0;
    return isAlone ? "it opens a shell on another machine for a person" : undefined;
  }
  return undefined;
}

function endsLoop({ values, wrappers }: ReadCommand): boolean {
  return /^(?:break|exit|return|exec)$/u.test(values[0] ?? "") || wrappers.includes("exec");
}

const endlessHeads =
  /^(?:while\s+(?:true|:|\/bin\/true|\[\[?\s+(?:1|true)\s+\]\]?|\(\(\s*1\s*\)\)|test\s+1)|until\s+(?:false|\/bin\/false)|for\s*\(\(\s*;\s*;\s*\)\))\s*(?:;|\n|$)/u;

/** `exits` are the commands that can end a loop, in order. */
function isEndless(loop: PlacedLoop, exits: readonly TextRange[]): boolean {
  if (loop.setting.isBackground || loop.traits.isTimeLimited || !endlessHeads.test(loop.head))
    return false;
  return !hasOverlap(exits, loop.range);
}
