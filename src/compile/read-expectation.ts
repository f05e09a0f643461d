import type { Expectation, OutputAttributes } from "../model/expectation.ts";
import type { ParsedFence } from "../model/parsed-document.ts";
import { outputAttributes } from "./attribute-table.ts";
import type { CompileContext } from "./compile-context.ts";
import { readAttributes } from "./read-fence-attributes.ts";

/**
 * Reads an `output` fence as what the command before it must print; default `match=lines
 * stream=stdout`.
 *
 * JSON that does not parse under `match=json` gives `expectation-syntax`. No I/O.
 */
export function readExpectation(fence: ParsedFence, context: CompileContext): Expectation {
  const given = readAttributes(fence, outputAttributes, context) as Partial<OutputAttributes>;
  const expectation: Expectation = {
    match: given.match ?? "lines",
    stream: given.stream ?? "stdout",
    text: fence.code,
    codeSpan: fence.codeSpan,
  };
  if (expectation.match === "json") {
    try {
      JSON.parse(fence.code);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.report("expectation-syntax", { reason }, fence.codeSpan);
    }
  }
  return expectation;
}
