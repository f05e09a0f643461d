import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { collectWithStartPlaces, type StartPlace } from "./start-place.ts";
import type { CallWord } from "./tool-call.ts";
import { walkCall } from "./walk-call.ts";

/** A workflow that a command names by its file or its name. */
export interface WorkflowClaim {
  readonly workflow: string;
  readonly start: StartPlace;
}

/** An input that a command gives to a workflow. */
export interface WorkflowInputClaim extends WorkflowClaim {
  readonly input: string;
}

/** Workflows that commands name. */
export const workflowClaims: ClaimKind<WorkflowClaim> = {
  name: "workflow",
  title: "workflows of GitHub",
  description:
    "The workflow that `gh workflow run`, `view`, `enable`, `disable` or `gh run list --workflow` names, unless `--repo` names another repository.",
  collect: ({ commands }) =>
    collectWithStartPlaces(commands, (placed, start) => {
      const call = readWorkflowCall(placed);
      return call === undefined ? [] : [claim(placed, call.workflow, { start, ...call.names })];
    }),
};

/** Inputs that commands give to workflows. */
export const workflowInputClaims: ClaimKind<WorkflowInputClaim> = {
  name: "workflow-input",
  title: "inputs of workflows",
  description: "Each input that `gh workflow run` gives with `-f NAME=VALUE` or `-F NAME=VALUE`.",
  collect: ({ commands }) =>
    collectWithStartPlaces(commands, (placed, start) => {
      const call = readWorkflowCall(placed);
      return (call?.inputs ?? []).map((input) =>
        claim(placed, input, { start, workflow: call?.workflow.text ?? "", input: input.text }),
      );
    }),
};

function claim<Value>(placed: PlacedCommand, word: CallWord, value: Value): FoundClaim<Value> {
  return { value, span: placed.locate(word.range), text: word.text, origin: placed.origin };
}

const valued = new Set(
  "-R --repo -r --ref -f --raw-field -F --field -w --workflow -b --branch -L --limit -u --user -s --status -e --event -q --jq -t --template --json -c --commit --created".split(
    " ",
  ),
);

interface WorkflowCall {
  readonly workflow: CallWord;
  readonly names: { readonly workflow: string };
  readonly inputs: readonly CallWord[];
}

function readWorkflowCall({ command }: PlacedCommand): WorkflowCall | undefined {
  if (command.name !== "gh") return undefined;
  const call = walkCall(command, valued);
  const [group, verb, operand] = call.operands;
  const isOther = call.options.some(({ name }) => name === "-R" || name === "--repo");
  if (isOther || group === undefined || verb === undefined) return undefined;
  const isRun = group.text === "workflow" && verb.text === "run";
  const named =
    group.text === "workflow" && /^(?:run|view|enable|disable)$/.test(verb.text)
      ? operand
      : group.text === "run" && verb.text === "list"
        ? call.valueOf("-w", "--workflow")
        : undefined;
  // A number is GitHub's own for a workflow, which no file tells.
  if (named === undefined || !named.isLiteral || /^\d+$/.test(named.text)) return undefined;
  const fields = call.options.filter(({ name }) => /^(?:-f|-F|--field|--raw-field)$/.test(name));
  const inputs = fields.flatMap(({ value }): readonly CallWord[] => {
    if (value === undefined) return [];
    const { text, range } = value;
    const input = /^["']?([A-Za-z_][\w-]*)=/.exec(text)?.[1];
    if (input === undefined) return [];
    // A word that holds no variable is given without the quotes that its place has.
    const isQuoted = /^["']/.test(text) || range.end - range.start === text.length + 2;
    const start = range.start + (isQuoted ? 1 : 0);
    return [{ text: input, range: { start, end: start + input.length }, isLiteral: true }];
  });
  return { workflow: named, names: { workflow: named.text }, inputs: isRun ? inputs : [] };
}
