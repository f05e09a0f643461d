import type {
  Fix as SarifFix,
  Location,
  Log,
  Message,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
} from "sarif";
import { digestIdentity, identifyFinding } from "../../drift/identify-finding.ts";
import type { Severity } from "../../model/diagnostic.ts";
import type { Problem } from "../../model/problem.ts";
import type { RelatedPlace } from "../../model/rule-finding.ts";
import type { Span } from "../../model/source.ts";
import type { TextEdit } from "../../model/text-edit.ts";
import { describeDiagnostic } from "../catalogue.ts";
import { codeDescriptions, type CodeDescription } from "../code-descriptions.ts";
import { renderExample, renderSuppression } from "../documentation/code-words.ts";
import { toMarkdownFence, toMarkdownMessage } from "../markdown-text.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { toUriPath } from "../to-uri-path.ts";
import type { CheckReport } from "./check-report.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<
  Severity,
  string
>;

/**
 * Writes a check as SARIF 2.1.0, for GitHub's code scanning, editors and other viewers.
 *
 * Paths are relative to `%SRCROOT%`; columns count UTF-16 units, as everywhere here. A problem
 * without a file is a notification, since viewers refuse a result without a place. `homepage` is
 * where the documentation is published, if it is. The same check gives the same text. No I/O.
 */
export function reportToSarif(
  report: CheckReport,
  tool: { readonly version: string; readonly homepage?: string | undefined },
): string {
  const codes = [...new Set(report.problems.map(({ code }) => code))].toSorted();
  const described = codes.flatMap((code) => codeDescriptions.get(code) ?? []);
  const indexes = new Map(described.map(({ code }, index) => [code, index]));
  const placed = report.problems.filter(({ path }) => path !== undefined);
  const placeless = report.problems.filter(({ path }) => path === undefined);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Opswright",
            semanticVersion: tool.version,
            ...(tool.homepage === undefined ? {} : { informationUri: tool.homepage }),
            rules: described.map((description) => toDescriptor(description, tool.homepage)),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          "%SRCROOT%": { description: { text: "The root of the repository that was checked." } },
        },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: report.exitCode,
            ...(placeless.length === 0
              ? {}
              : { toolConfigurationNotifications: placeless.map(toNotification) }),
          },
        ],
        results: toResults(placed, report.sources, indexes),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toDescriptor(
  description: CodeDescription,
  homepage: string | undefined,
): ReportingDescriptor {
  const { code, severity, kind, title, explanation, remedy = "", page } = description;
  const paragraphs = [...explanation, remedy].filter((text) => text !== "");
  const suppression = kind === "finding" ? [renderSuppression(description)] : [];
  const name = code
    .split(/[/-]/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return {
    id: code,
    // A name must say more than the id.
    ...(name.toLowerCase() === code ? {} : { name }),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: explanation.join(" ") },
    help: {
      text: paragraphs.join("\n\n"),
      markdown: [...paragraphs, renderExample(description), ...suppression].join("\n\n"),
    },
    defaultConfiguration: { level: levels[severity] },
    ...(homepage === undefined
      ? {}
      : { helpUri: new URL(page, homepage.endsWith("/") ? homepage : `${homepage}/`).href }),
    properties: { tags: [code.includes("/") ? code.slice(0, code.indexOf("/")) : "document"] },
  };
}

function toResults(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  indexes: ReadonlyMap<string, number>,
): Result[] {
  const seen = new Map<string, number>();
  return problems.map((problem): Result => {
    const { code, severity, path = "", span, fix } = problem;
    const { message } = describeDiagnostic(problem);
    const identity = digestIdentity(identifyFinding(problem, message, sources.get(path)));
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    const related = "related" in problem ? (problem.related ?? []) : [];
    const ruleIndex = indexes.get(code);
    return {
      ruleId: code,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      level: levels[severity],
      message: toMessage(problem),
      locations: [toLocation(path, span)],
      ...(related.length === 0
        ? {}
        : { relatedLocations: related.map((place, id) => toRelatedLocation(place, id)) }),
      ...(fix === undefined ? {} : { fixes: [toFix(fix.title, fix.edits)] }),
      partialFingerprints: { "opswrightFinding/v1": `${identity}:${occurrence}` },
    };
  });
}

/** A viewer shows the Markdown where it can, and there a difference keeps its lines. */
function toMessage(problem: Problem): Message {
  const { message, hint } = describeDiagnostic(problem);
  const detail = "detail" in problem ? problem.detail : undefined;
  const text = toMessageText(`${message} ${hint}`);
  if (detail === undefined) return { text };
  const difference = escapeControlCharacters(detail);
  return {
    text: `${text}\n\n${toMessageText(difference)}`,
    markdown: `${toMarkdownMessage(`${message} ${hint}`)}\n\n${toMarkdownFence("diff", difference)}`,
  };
}

function toNotification(problem: Problem): Notification {
  return {
    descriptor: { id: problem.code },
    level: levels[problem.severity],
    message: toMessage(problem),
  };
}

function toLocation(path: string, span: Span | undefined): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUriPath(path), uriBaseId: "%SRCROOT%" },
      ...(span === undefined ? {} : { region: toRegion(span) }),
    },
  };
}

function toRelatedLocation({ path, span, text }: RelatedPlace, id: number): Location {
  return { id, ...toLocation(path, span), message: { text: toMessageText(text) } };
}

function toRegion({ start, end }: Span): Region {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

function toFix(title: string, edits: readonly TextEdit[]): SarifFix {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: toMessageText(title) },
    artifactChanges: paths.map((path) => ({
      artifactLocation: { uri: toUriPath(path), uriBaseId: "%SRCROOT%" },
      replacements: edits
        .filter((edit) => edit.path === path)
        .map(({ span, text }) => ({
          deletedRegion: toRegion(span),
          insertedContent: { text },
        })),
    })),
  };
}

/** `[text](target)` would become a link of a place in the log. */
function toMessageText(text: string): string {
  return text.replaceAll(/\[(?=[^\]]*\]\()/gu, String.raw`\[`);
}
