import type { Severity } from "../../model/diagnostic.ts";
import type { FrontMatter } from "../../model/front-matter.ts";
import type { RiskLevel } from "../../model/shell-script.ts";
import type { ExplainedMatcher } from "../../report/explain-matchers.ts";
import type {
  Freshness,
  RunbookVerification,
  StepVerification,
} from "../overview/project-overview.ts";

/** One runbook, ready to be shown: data alone, with prose as sanitised HTML. */
export interface RunbookPage {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  /** Those that stand at no step; a step tells its own. */
  readonly problems: readonly PageProblem[];
  /** Where the document is edited, and where a problem of it is reported. */
  readonly editHref?: string | undefined;
  readonly reportHref?: string | undefined;
  /** Absent where the document could not be read. */
  readonly body?: PageBody | undefined;
  /** The text as it stands, where there is no body. */
  readonly source?: string | undefined;
}

/** What a document that could be read shows. */
export interface PageBody {
  /** The id of the heading that is the page's title, where there is one. */
  readonly titleAnchor?: string | undefined;
  /** Of the document's text, in hexadecimal digits: progress is kept by it. */
  readonly digest: string;
  readonly frontMatter: FrontMatter;
  readonly verification: RunbookVerification;
  readonly freshness: Freshness;
  /** Where the way back begins, if the runbook has one: an anchor of the page. */
  readonly rollback?: { readonly title: string; readonly anchor: string } | undefined;
  readonly procedures: readonly PageProcedure[];
  /** Every step by id, in document order. */
  readonly steps: ReadonlyMap<string, PageStep>;
  readonly parts: readonly PagePart[];
}

/** A problem in words; text between back-ticks is code. */
export interface PageProblem {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** `runbooks/deployment.mdx:12:9`, as far as it is known. */
  readonly place: string;
  /** 1-based, as far as it is known. */
  readonly line?: number | undefined;
}

/**
 * A stretch of code: its text and the class that says what it is (`code-classes.ts`).
 *
 * The texts of a block's tokens, joined, are its text.
 */
export interface CodeToken {
  readonly text: string;
  readonly kind?: string | undefined;
  /** The input whose value stands here when the command runs. */
  readonly input?: string | undefined;
  /** Why it is risky, in a sentence. */
  readonly risk?: string | undefined;
}

/**
 * A piece of a page in document order. Prose is joined into as few pieces as can be; lists, quotes
 * and the like are pieces of their own only where a step stands inside.
 */
export type PagePart =
  | { readonly kind: "prose"; readonly html: string }
  | PageHeading
  | { readonly kind: "step"; readonly id: string; readonly parts: readonly PagePart[] }
  | { readonly kind: "task"; readonly id: string; readonly label: string }
  | {
      readonly kind: "code";
      readonly language: string;
      readonly text: string;
      readonly tokens?: readonly CodeToken[] | undefined;
    }
  | { readonly kind: "table"; readonly of: "inputs" | "tools" | "contacts" }
  | { readonly kind: "contract"; readonly name: string }
  /** Steps that do the same on different systems, one of which is done; each part is a `variant`. */
  | { readonly kind: "variants"; readonly parts: readonly PagePart[] }
  | { readonly kind: "variant"; readonly os: string; readonly parts: readonly PagePart[] }
  | {
      readonly kind: "aside";
      readonly tone: AsideTone;
      readonly title: string;
      readonly parts: readonly PagePart[];
    }
  | { readonly kind: "choice"; readonly input: string; readonly parts: readonly PagePart[] }
  | {
      readonly kind: "option";
      readonly value: string;
      readonly label: string;
      readonly parts: readonly PagePart[];
    }
  | {
      readonly kind: "element";
      readonly tag: ContainerTag;
      /** The first number of an ordered list. */
      readonly start?: number | undefined;
      readonly parts: readonly PagePart[];
    };

/** A section's heading; `level` is the outline's, not the author's count of `#`. */
export interface PageHeading {
  readonly kind: "heading";
  readonly level: number;
  /** Absent where a step's anchor has the same name. */
  readonly anchor?: string | undefined;
  readonly title: string;
  readonly html: string;
}

/** Elements that may hold steps. */
export type ContainerTag = (typeof containerTags)[number];

/** The names of the elements that may hold steps; out of any other a step is taken. */
export const containerTags = [
  "ul",
  "ol",
  "li",
  "blockquote",
  "div",
  "section",
  "details",
  "dl",
  "dt",
  "dd",
] as const;

/** How loud an aside is. */
export type AsideTone = "note" | "tip" | "warning" | "danger";

/** One step with all that its reader must know. */
export type PageStep = PageCommand | PageManual | PageInclude;

interface PageStepBase {
  readonly id: string;
  /** The id of its element: `step-push`. */
  readonly anchor: string;
  readonly title: string;
  /** Conditions as their author wrote them. */
  readonly conditions: readonly string[];
  /** 1-based line in the document. */
  readonly line: number;
  /** What is wrong with it. */
  readonly problems: readonly PageProblem[];
}

/** A block of code. */
export interface PageCommand extends PageStepBase {
  readonly kind: "command";
  readonly language: string;
  readonly script: string;
  /** The script in pieces. */
  readonly tokens: readonly CodeToken[];
  /** Systems on which alone it runs. */
  readonly os: readonly string[];
  /** Where it runs, if not on this machine. */
  readonly target?: string | undefined;
  /** Whether it passed as it stands; absent where that is not known. */
  readonly verification?: StepVerification | undefined;
  readonly isRunnable: boolean;
  readonly isCheck: boolean;
  readonly risk: RiskLevel;
  /** Why the risk is what it is, in sentences; none for what is safe. */
  readonly reasons: readonly string[];
  /** What a person is asked before it runs, in its author's words. */
  readonly question?: string | undefined;
  /** How it is run, in phrases: "at most 30s". */
  readonly facts: readonly string[];
  readonly undo?: { readonly title: string; readonly anchor: string } | undefined;
  readonly expectation?: PageExpectation | undefined;
  /** Blanks that a person must fill before it can run. */
  readonly blanks: readonly string[];
  /** Characters that cannot be seen and may deceive: `U+202E`. */
  readonly invisible: readonly string[];
  /** The command line that runs this step alone; absent where it cannot be run. */
  readonly cli?: string | undefined;
}

/** What a command must print. */
export interface PageExpectation {
  readonly text: string;
  /** Where it is printed and how it is compared, as it follows "Expected output": `: these lines`. */
  readonly heading: string;
  /** Signs in the text that do not stand for themselves. */
  readonly matchers: readonly ExplainedMatcher[];
}

/** Something a person does. */
export interface PageManual extends PageStepBase {
  readonly kind: "manual";
  readonly text: string;
  readonly origin: "component" | "task" | "comment";
}

/** Another runbook's steps, to be done here. */
export interface PageInclude extends PageStepBase {
  readonly kind: "include";
  /** As a target of the command line: `backup-restore:backup`. */
  readonly target: string;
  /** Absent where there is no such runbook. */
  readonly href?: string | undefined;
  readonly steps: readonly OutlineItem[];
  /** The steps themselves by id; empty inside an include, where links must do. */
  readonly included: ReadonlyMap<string, PageStep>;
  /** The included runbook's title. */
  readonly of?: string | undefined;
  readonly cli: string;
}

/** A procedure with its steps as links. */
export interface PageProcedure {
  readonly name: string;
  readonly title: string;
  readonly summary?: string | undefined;
  readonly isDefault: boolean;
  readonly onFailure?: { readonly name: string; readonly title: string } | undefined;
  readonly cli: string;
  /** Names of the runbook's inputs that it uses. */
  readonly inputs: readonly string[];
  readonly items: readonly OutlineItem[];
  /** Steps of all alternatives, by risk; another runbook counts as one. */
  readonly counts: StepCounts;
  readonly map: ProcedureMap;
}

/** How many steps there are of each sort. */
export interface StepCounts {
  readonly all: number;
  readonly safe: number;
  readonly change: number;
  readonly destructive: number;
  readonly manual: number;
  readonly include: number;
}

/** A drawing of a procedure: nodes on a grid whose unit is one step. */
export interface ProcedureMap {
  readonly columns: number;
  readonly rows: number;
  readonly nodes: readonly MapNode[];
  /** Lines from node to node, as data of SVG paths in grid units. */
  readonly tracks: readonly string[];
}

/** A step on the map. */
export interface MapNode {
  readonly x: number;
  readonly y: number;
  readonly sort: "safe" | "change" | "destructive" | "manual" | "include";
  readonly title: string;
  readonly href?: string | undefined;
}

/** A line of a procedure's outline. */
export type OutlineItem =
  | {
      readonly kind: "step";
      readonly id: string;
      readonly title: string;
      readonly href: string;
      readonly sort: "command" | "manual" | "include";
      readonly risk: RiskLevel;
      readonly conditions: readonly string[];
    }
  | {
      readonly kind: "group";
      readonly title: string;
      readonly href?: string | undefined;
      readonly items: readonly OutlineItem[];
    }
  | {
      readonly kind: "choice";
      readonly input: string;
      readonly options: readonly {
        readonly value: string;
        readonly items: readonly OutlineItem[];
      }[];
    };

/** Names the anchor of a step; no section's slug takes it, since those yield. No I/O. */
export function stepAnchor(id: string): string {
  return `step-${id}`;
}
