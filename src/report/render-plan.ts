import { readSecretFrom } from "../compile/read-secret-from.ts";
import type { Plan, PlannedCommand, PlannedStep, PlannedTool } from "../model/plan.ts";
import { countNoun } from "./count-noun.ts";
import { describeExpectation } from "./describe-expectation.ts";
import { describeSecretSource } from "./describe-secret-source.ts";
import { formatExactDuration } from "./format-duration.ts";
import { renderInputs } from "./run-view/render-inputs.ts";
import { renderStepHeader } from "./run-view/render-step-header.ts";
import { countSharedSections, nameSteps } from "./run-view/step-names.ts";
import { escapeControlCharacters } from "./sanitise-terminal-text.ts";
import { wrapText, wrapWithIndent } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/**
 * Shows a whole plan: each step with its command and all that governs it, what it needs, what cannot
 * be known before, and the digest. Commands are never cut. Every line ends with a line feed. No I/O.
 */
export function renderPlan(plan: Plan, style: TextStyle): string {
  const { colors, columns } = style;
  const head = [
    ...wrapText(escapeControlCharacters(plan.title), columns).map((line) => colors.bold(line)),
    ...wrapText(describePlan(plan), columns).map((line) => colors.dim(line)),
  ];
  const blocks = [
    head,
    titled("Inputs", renderInputs(plan.inputs, style), style),
    titled("Tools", describeTools(plan, style), style),
    titled("Targets", describeTargets(plan, style), style),
    titled("Contracts", describeContracts(plan, style), style),
    ...plan.steps.map((step) => renderPlannedStep(step, plan.steps.length, plan, style)),
    ...renderOnFailure(plan, style),
    titled("Cannot be known before the run", listLines(plan.unknowns, style), style),
    wrapText(`Digest ${plan.digest}`, columns).map((line) => colors.dim(line)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function describePlan(plan: Plan): string {
  const commands = plan.steps.filter((step) => step.kind === "command");
  const manual = plan.steps.length - commands.length;
  const destructive = commands.filter(({ risk }) => risk.level === "destructive").length;
  const changing = commands.filter(({ risk }) => risk.level === "change").length;
  return [
    escapeControlCharacters(plan.target),
    countNoun(plan.steps.length, "step"),
    ...(manual > 0 ? [`${manual} by hand`] : []),
    ...(changing > 0
      ? [changing === 1 ? "1 changes something" : `${changing} change something`]
      : []),
    ...(destructive > 0 ? [`${destructive} destructive`] : []),
  ].join(" · ");
}

function titled(title: string, lines: readonly string[], { colors }: TextStyle): string[] {
  return lines.length === 0 ? [] : [colors.bold(title), ...lines];
}

function listLines(texts: readonly string[], { columns }: TextStyle): string[] {
  return texts.flatMap((text) => wrapWithIndent("  - ", escapeControlCharacters(text), columns));
}

function describeTools(plan: Plan, style: TextStyle): string[] {
  return listLines(
    plan.tools.map((tool) => {
      const version = tool.definition.version === undefined ? "" : ` ${tool.definition.version}`;
      const by = tool.neededBy.length === 0 ? "" : `, for ${summariseSteps(tool.neededBy)}`;
      return `${tool.name}${version}${nameOption(tool)}${by}`;
    }),
    style,
  );
}

function describeTargets({ targets = [] }: Plan, style: TextStyle): string[] {
  return listLines(
    targets.map((target) => {
      const address = "ssh" in target ? target.ssh : target.exec.join(" ");
      const tools = target.tools.map((tool) => `${tool.name}${nameOption(tool)}`).join(", ");
      const needs = tools === "" ? "" : `; needs there: ${tools}`;
      return `${target.name}: ${address}${needs}`;
    }),
    style,
  );
}

function nameOption({ definition }: PlannedTool): string {
  return definition.optional === true ? " (optional)" : "";
}

function summariseSteps(steps: readonly string[]): string {
  return steps.length > 3
    ? `${steps.slice(0, 3).join(", ")} and ${steps.length - 3} more`
    : steps.join(", ");
}

function describeContracts(plan: Plan, style: TextStyle): string[] {
  return plan.contracts.flatMap(({ name, definition }) => {
    const probe =
      definition.probe === undefined ? "this shell's environment" : `\`${definition.probe}\``;
    const variables = Object.entries(definition.variables).map(([variable, { required, from }]) => {
      const facts = [
        ...(required === true ? [] : [required === false ? "optional" : required]),
        ...(from === undefined
          ? []
          : [`where not set, from ${describeSecretSource(readSecretFrom(from))}`]),
      ];
      return facts.length === 0 ? variable : `${variable} (${facts.join("; ")})`;
    });
    const text = `${name}, checked by ${probe}: ${variables.join(", ")}`;
    return wrapWithIndent("  - ", escapeControlCharacters(text), style.columns);
  });
}

function renderOnFailure(plan: Plan, style: TextStyle): string[][] {
  return [...renderUndo(plan, style), ...renderProcedure(plan, style)];
}

function renderUndo(plan: Plan, style: TextStyle): string[][] {
  const { undo = [] } = plan;
  if (undo.length === 0) return [];
  const head = "If a step fails, what has passed is taken back, the last first";
  return [
    wrapText(head, style.columns).map((line) => style.colors.bold(line)),
    ...undo.map((step) => renderPlannedStep(step, undo.length, plan, style)),
  ];
}

function renderProcedure(plan: Plan, style: TextStyle): string[][] {
  if (plan.onFailure === undefined) return [];
  const { procedure, title, steps } = plan.onFailure;
  const name = `If a step fails: ${title} (${procedure}, ${countNoun(steps.length, "step")})`;
  return [
    wrapText(escapeControlCharacters(name), style.columns).map((line) => style.colors.bold(line)),
    ...steps.map((step) => renderPlannedStep(step, steps.length, plan, style)),
  ];
}

function renderPlannedStep(
  step: PlannedStep,
  count: number,
  plan: Plan,
  style: TextStyle,
): string[] {
  const title = nameSteps(plan).get(step.id) ?? step.title;
  const header = { number: step.number, count, title, planned: step };
  const sharedSections = countSharedSections(plan);
  const facts = [
    `id ${step.id}, at ${step.path}:${step.line}`,
    ...step.conditions.map(({ text }) => `only if ${text}, which the run decides`),
    ...(step.kind === "command" ? describeCommand(step) : []),
  ];
  const expectation = step.kind === "command" ? renderExpectation(step, style) : [];
  return [
    ...renderStepHeader(header, style, { isWhole: true, isVerbose: false, sharedSections }),
    ...facts.flatMap((fact) =>
      wrapWithIndent("  - ", escapeControlCharacters(fact), style.columns),
    ),
    ...expectation,
  ];
}

/** All that governs a command, in words. */
function describeCommand(step: PlannedCommand): string[] {
  const { attributes, risk } = step;
  const facts: string[] = risk.reasons.map((reason) => `${risk.level}: ${reason}`);
  if (attributes.riskReason !== undefined) {
    facts.push(`risk declared ${risk.level}: ${attributes.riskReason}`);
  }
  if (attributes.confirm !== undefined) facts.push(`asks before: ${attributes.confirm}`);
  if (step.timeoutMs !== undefined)
    facts.push(`ended after ${formatExactDuration(step.timeoutMs)}`);
  if (attributes.retry !== undefined) {
    const interval =
      attributes.intervalMs === undefined
        ? ""
        : `, ${formatExactDuration(attributes.intervalMs)} apart`;
    facts.push(`tried again up to ${countNoun(attributes.retry, "time")}${interval}`);
  }
  if (attributes.exit !== undefined) {
    facts.push(
      attributes.exit === "any"
        ? "any exit code will do"
        : `exit codes that will do: ${attributes.exit.join(", ")}`,
    );
  }
  if (attributes.dir !== undefined) facts.push(`in the folder ${attributes.dir}`);
  for (const [name, value] of Object.entries(attributes.env ?? {}))
    facts.push(`with ${name}=${value}`);
  if (attributes.os !== undefined) facts.push(`only on ${attributes.os.join(", ")}`);
  if (attributes.on !== undefined) facts.push(`on the target ${attributes.on}`);
  if (attributes.interactive === true) facts.push("connected to your terminal");
  if (attributes.background === true) facts.push("keeps running until the run ends");
  for (const rule of attributes.capture ?? []) facts.push(`its output becomes ${rule.name}`);
  if (step.undo !== undefined) facts.push(`undone by ${step.undo}`);
  if (attributes.continueOnError === true) facts.push("the run goes on if it fails");
  return facts;
}

function renderExpectation(step: PlannedCommand, { colors, columns }: TextStyle): string[] {
  if (step.expectation === undefined) return [];
  const { place, what } = describeExpectation(step.expectation);
  const { text } = step.expectation;
  const head = ["must print", ...(place === "" ? [] : [place]), what].join(" ");
  return [
    ...wrapWithIndent("  - ", text === "" ? head : `${head}:`, columns),
    ...(text === "" ? [] : escapeControlCharacters(text.replace(/\n$/u, "")).split("\n")).map(
      (line) => `      ${colors.dim(line)}`.trimEnd(),
    ),
  ];
}
