import { readSecretFrom } from "../compile/read-secret-from.ts";
import type { Expectation, OutputRating } from "../model/expectation.ts";
import type { Procedure, ProcedureItem, Runbook, Step } from "../model/runbook.ts";
import { countNoun } from "./count-noun.ts";
import { describeRating } from "./describe-rating.ts";
import { describeExpectation } from "./describe-expectation.ts";
import { describeSecretSource } from "./describe-secret-source.ts";
import { explainMatchers } from "./explain-matchers.ts";
import { formatExactDuration } from "./format-duration.ts";
import { renderScript } from "./run-view/render-script.ts";
import { paintStepKind } from "./run-view/render-step-header.ts";
import { escapeControlCharacters } from "./sanitise-terminal-text.ts";
import { wrapText, wrapWithIndent } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/**
 * Shows a runbook to a reader at a terminal: what it is, what it needs, its procedures, and its
 * sections with their steps. Every line ends with a line feed. No I/O.
 */
export function renderRunbook(runbook: Runbook, rating: OutputRating, style: TextStyle): string {
  const blocks = [
    [
      ...renderHead(runbook, style),
      ...(rating.commandCount === 0 ? [] : wrapText(describeRating(rating), style.columns)),
    ],
    renderDeclaredInputs(runbook, style),
    renderNeeds(runbook, style),
    renderProcedures(runbook, style),
    renderOutline(runbook, style),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

/** Shows one section of a runbook with its steps. No I/O. */
export function renderSection(runbook: Runbook, sectionId: string, style: TextStyle): string {
  const steps = runbook.steps.filter((step) => step.sectionPath.includes(sectionId));
  const title = runbook.sections.find(({ id }) => id === sectionId)?.title ?? sectionId;
  const lines = [
    style.colors.bold(escapeControlCharacters(title)),
    style.colors.dim(
      `${escapeControlCharacters(runbook.id)}#${escapeControlCharacters(sectionId)}`,
    ),
  ];
  const shown = steps.map((step) => renderStep(runbook, step, style).trimEnd());
  return `${[lines.join("\n"), ...shown].join("\n\n")}\n`;
}

/** Shows one step with all that governs it. Every line ends with a line feed. No I/O. */
export function renderStep(runbook: Runbook, step: Step, style: TextStyle): string {
  const { colors, columns } = style;
  const kind = nameKind(step);
  const title = escapeControlCharacters(step.title).replaceAll("\n", " ");
  const lines = [
    `${colors.bold(title)}${kind === "" ? "" : `  ${paintStepKind(kind, colors)}`}`,
    colors.dim(
      escapeControlCharacters(`${runbook.id}#${step.id}  ${runbook.path}:${step.span.start.line}`),
    ),
  ];
  for (const condition of step.conditions) {
    lines.push(...wrapWithIndent("only if ", escapeControlCharacters(condition.text), columns));
  }
  if (step.kind === "manual") {
    lines.push(...wrapText(escapeControlCharacters(step.text), columns));
  } else if (step.kind === "include") {
    lines.push(`runs ${escapeControlCharacters(nameInclude(step))}`);
  } else {
    lines.push(...describeAttributes(step, style), "");
    lines.push(...renderScript(step, colors, { indent: "" }));
    if (step.expectation !== undefined) {
      lines.push("", ...renderExpectation(step.expectation, style));
    }
  }
  return `${lines.join("\n")}\n`;
}

function renderExpectation(
  expectation: Expectation,
  { colors, columns }: TextStyle,
): readonly string[] {
  const { place, what } = describeExpectation(expectation);
  const { text } = expectation;
  const head = ["expected output", ...(place === "" ? [] : [place])].join(" ");
  const rows = text === "" ? [] : escapeControlCharacters(text).split("\n");
  const explained = explainMatchers(expectation).flatMap(({ sign, meaning }) =>
    wrapWithIndent(`  ${escapeControlCharacters(sign)}  `, meaning, columns),
  );
  return [
    ...wrapText(`${head}: ${what}`, columns).map(colors.dim),
    ...rows.map((row) => `  ${row}`),
    ...(explained.length === 0 ? [] : ["", ...explained.map(colors.dim)]),
  ];
}

function describeAttributes(step: Step & { kind: "command" }, { columns }: TextStyle): string[] {
  const { attributes } = step;
  const facts: string[] = [];
  if (!step.isRunnable) facts.push("shown only, never run");
  if (attributes.timeoutMs !== undefined)
    facts.push(`timeout ${formatExactDuration(attributes.timeoutMs)}`);
  if (attributes.undo !== undefined) facts.push(`undone by ${attributes.undo}`);
  if (step.blanks.length > 0) facts.push(`${countNoun(step.blanks.length, "blank")} to fill`);
  const reasons = step.risk.reasons.map(({ text }) => text);
  return [...facts, ...reasons].flatMap((fact) =>
    wrapWithIndent("- ", escapeControlCharacters(fact), columns),
  );
}

function renderHead(runbook: Runbook, style: TextStyle): string[] {
  const { colors, columns } = style;
  const { frontMatter } = runbook;
  const reviewed =
    frontMatter.reviewed === undefined
      ? ""
      : `reviewed ${frontMatter.reviewed}${frontMatter.reviewEvery === undefined ? "" : `, every ${frontMatter.reviewEvery}`}`;
  const facts = [
    frontMatter.status ?? "",
    frontMatter.severity ?? "",
    frontMatter.owner ?? "",
    frontMatter.version === undefined ? "" : `version ${frontMatter.version}`,
    describeEstimate(frontMatter.estimate),
    reviewed,
  ].filter((fact) => fact !== "");
  const lines = [
    ...wrapText(escapeControlCharacters(runbook.title), columns).map((line) => colors.bold(line)),
    colors.dim(escapeControlCharacters(runbook.path)),
  ];
  if (frontMatter.summary !== undefined) {
    lines.push(...wrapText(escapeControlCharacters(frontMatter.summary), columns));
  }
  if (facts.length > 0)
    lines.push(...wrapText(escapeControlCharacters(facts.join(" · ")), columns));
  for (const { role, contact } of frontMatter.contacts ?? []) {
    lines.push(
      ...wrapWithIndent(
        `${escapeControlCharacters(role)}: `,
        escapeControlCharacters(contact),
        columns,
      ),
    );
  }
  return lines;
}

function describeEstimate(estimate: Runbook["frontMatter"]["estimate"]): string {
  if (estimate === undefined) return "";
  if (typeof estimate === "string") return `takes ${estimate.replace("..", " to ")}`;
  return Object.entries(estimate)
    .map(([name, range]) => `${name} ${range.replace("..", " to ")}`)
    .join(", ");
}

function renderDeclaredInputs(runbook: Runbook, style: TextStyle): string[] {
  const inputs = Object.entries(runbook.frontMatter.inputs ?? {});
  if (inputs.length === 0) return [];
  const nameWidth = Math.max(...inputs.map(([name]) => name.length));
  const lines = inputs.flatMap(([name, input]) => {
    const facts = [
      input.type,
      input.choices === undefined ? "" : input.choices.join("|"),
      input.default !== undefined
        ? `default ${input.type === "secret" ? "••••" : String(input.default)}`
        : input.required === true
          ? "required"
          : "",
      input.type === "secret" && input.from !== undefined
        ? `from ${describeSecretSource(readSecretFrom(input.from))}`
        : "",
    ].filter((fact) => fact !== "");
    const text = `${facts.join(", ")}${input.description === undefined ? "" : ` — ${input.description}`}`;
    const prefix = `  ${name.padEnd(nameWidth)}  `;
    return wrapWithIndent(prefix, escapeControlCharacters(text), style.columns);
  });
  return [style.colors.bold("Inputs"), ...lines];
}

function renderNeeds(runbook: Runbook, style: TextStyle): string[] {
  const tools = Object.entries(runbook.frontMatter.tools ?? {}).map(([name, tool]) =>
    escapeControlCharacters(`${name}${tool.version === undefined ? "" : ` ${tool.version}`}`),
  );
  const contracts = Object.entries(runbook.frontMatter.contracts ?? {}).map(([name, contract]) =>
    escapeControlCharacters(
      `${name} (${countNoun(Object.keys(contract.variables).length, "variable")})`,
    ),
  );
  const lines: string[] = [];
  if (tools.length > 0) lines.push(...wrapWithIndent("  Tools: ", tools.join(", "), style.columns));
  if (contracts.length > 0) {
    lines.push(...wrapWithIndent("  Contracts: ", contracts.join(", "), style.columns));
  }
  return lines.length === 0 ? [] : [style.colors.bold("Needs"), ...lines];
}

function renderProcedures(runbook: Runbook, style: TextStyle): string[] {
  const { colors } = style;
  const lines = runbook.procedures.flatMap((procedure) => [
    `  ${colors.bold(escapeControlCharacters(`${runbook.id}:${procedure.name}`))}${describeProcedure(procedure)}`,
    ...renderItems(procedure.entries, "    ", runbook, style),
  ]);
  return [colors.bold("Procedures"), ...lines];
}

function describeProcedure({ title, isDefault, onFailure }: Procedure): string {
  const facts = [
    escapeControlCharacters(title),
    isDefault ? "(default)" : "",
    onFailure === undefined ? "" : `(on failure: ${escapeControlCharacters(onFailure)})`,
  ].filter((fact) => fact !== "");
  return `  ${facts.join(" ")}`;
}

function renderItems(
  items: readonly ProcedureItem[],
  indent: string,
  runbook: Runbook,
  style: TextStyle,
): string[] {
  return items.flatMap((item) => {
    if (item.kind === "choose") {
      return [...item.when].flatMap(([value, inner]) => [
        `${indent}if ${escapeControlCharacters(`${item.input}=${value}`)}`,
        ...renderItems(inner, `${indent}  `, runbook, style),
      ]);
    }
    return wrapWithIndent(
      `${indent}- `,
      escapeControlCharacters(nameItem(item, runbook)),
      style.columns,
    );
  });
}

function nameItem(item: Exclude<ProcedureItem, { kind: "choose" }>, runbook: Runbook): string {
  switch (item.kind) {
    case "section": {
      const steps = runbook.steps.filter((step) => step.sectionPath.includes(item.id)).length;
      const title = runbook.sections.find(({ id }) => id === item.id)?.title ?? item.id;
      return `${title} (${countNoun(steps, "step")})`;
    }
    case "step":
      return runbook.steps.find(({ id }) => id === item.id)?.title ?? item.id;
    case "procedure":
      return `procedure ${item.name}`;
    case "include":
      return `runbook ${item.runbook}${item.procedure === undefined ? "" : `:${item.procedure}`}`;
    default:
      return item satisfies never;
  }
}

function renderOutline(runbook: Runbook, style: TextStyle): string[] {
  const { colors, columns } = style;
  const lines: string[] = [colors.bold("Sections and steps")];
  const renderSteps = (sectionId: string | undefined, indent: string) => {
    for (const step of runbook.steps) {
      if (step.sectionPath.at(-1) !== sectionId) continue;
      const kind = nameKind(step);
      const facts = `${step.title.replaceAll("\n", " ")} (${[step.id, kind].filter((fact) => fact !== "").join(", ")})`;
      lines.push(
        ...wrapWithIndent(`${indent}${signOf(step)} `, escapeControlCharacters(facts), columns),
      );
    }
  };
  renderSteps(undefined, "  ");
  for (const section of runbook.sections) {
    const holdsSteps = runbook.steps.some((step) => step.sectionPath.includes(section.id));
    const indent = "  ".repeat(Math.min(4, Math.max(1, section.depth)));
    const heading = wrapWithIndent(indent, escapeControlCharacters(section.title), columns);
    lines.push(...(holdsSteps ? heading : heading.map(colors.dim)));
    renderSteps(section.id, `${indent}  `);
  }
  return lines;
}

function signOf(step: Step): string {
  if (step.kind === "manual") return "☐";
  if (step.kind === "include") return "→";
  return step.isRunnable ? "$" : "·";
}

/** What sort of step this is, where that matters. */
function nameKind(step: Step): string {
  if (step.kind === "manual") return "by hand";
  if (step.kind === "include") return nameInclude(step);
  if (!step.isRunnable) return "shown only";
  const declared = step.attributes.risk ?? step.risk.level;
  if (declared !== "safe") return declared;
  return step.attributes.check === true ? "check" : "";
}

function nameInclude(step: Step & { kind: "include" }): string {
  const part = step.procedure === undefined ? "" : `:${step.procedure}`;
  const section = step.section === undefined ? "" : `#${step.section}`;
  return `${step.runbook}${part}${section}`;
}
