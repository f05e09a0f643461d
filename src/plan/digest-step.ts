import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Expectation } from "../model/expectation.ts";
import type { CommandAttributes } from "../model/fence-attributes.ts";

/** What makes a command what it is; a step of a runbook has it as well as one of a plan. */
export interface DigestedStep {
  readonly interpreter: string;
  readonly script: string;
  readonly attributes: CommandAttributes;
  readonly expectation?: Expectation | undefined;
}

/**
 * Names what a command does and must give: SHA-256 of its interpreter, its script, its expected
 * output and those attributes that change either, as 64 hexadecimal digits.
 *
 * Title, place, timeout, confirmation and the conditions under which it is run are not part of it: a
 * step that was run is not another one for being called or asked for differently. The same step has the same digest on every machine, also where git
 * writes other line ends. No I/O.
 */
export function digestStep({ interpreter, script, attributes, expectation }: DigestedStep): string {
  const { exit, dir, env, interactive, background, ready, stop, capture, on } = attributes;
  const variables = Object.entries(env ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // Absent values become null, so that each keeps its place.
  const parts = [
    interpreter,
    withPlainLineEnds(script),
    expectation === undefined
      ? null
      : [
          expectation.match,
          expectation.stream,
          withPlainLineEnds(expectation.text),
          ...(expectation.ansi === "keep" ? ["keep"] : []),
        ],
    exit === undefined ? null : exit,
    dir ?? null,
    variables,
    interactive === true,
    background === true,
    ready ?? null,
    stop ?? null,
    capture ?? null,
    on ?? null,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))));
}

function withPlainLineEnds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
