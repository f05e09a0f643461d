/** A page of the product's documentation, as its navigation shows it. */
export interface DocumentationPage {
  /** The last part of its address, and the name of its file in the repository's `docs/`. */
  readonly slug: string;
  readonly title: string;
  /** What a reader finds there, in a sentence. */
  readonly summary: string;
}

/** Pages under one heading. */
export interface DocumentationPart {
  readonly title: string;
  readonly pages: readonly DocumentationPage[];
}

/** The product's documentation in the order in which it is read. */
export const documentationMap: readonly DocumentationPart[] = [
  {
    title: "Begin",
    pages: [
      {
        slug: "getting-started",
        title: "Getting started",
        summary: "Write a runbook, look at its plan, run it, and read it here.",
      },
    ],
  },
  {
    title: "Write",
    pages: [
      {
        slug: "format",
        title: "The format",
        summary: "Steps, inputs, front matter, attributes, components and procedures.",
      },
      {
        slug: "expectations",
        title: "Expectations",
        summary: "How a step says what must come of it: exit codes, output, checks.",
      },
    ],
  },
  {
    title: "Run",
    pages: [
      {
        slug: "running",
        title: "What a run promises",
        summary: "What is checked first, how steps share a shell, how a run ends, what is kept.",
      },
      {
        slug: "drills",
        title: "Drills",
        summary: "Rehearse a procedure where nothing can break, and remember what passed.",
      },
      {
        slug: "command-line",
        title: "The command line",
        summary: "Every command with all that it takes.",
      },
    ],
  },
  {
    title: "Keep true",
    pages: [
      {
        slug: "check",
        title: "Drift and the check",
        summary: "How runbooks are compared with the repository, repaired and excused.",
      },
      {
        slug: "testing",
        title: "Testing documents",
        summary: "Run documents as tests, each in a folder and a shell of its own.",
      },
      {
        slug: "ci",
        title: "In continuous integration",
        summary: "GitHub, GitLab, pre-commit, Vitest.",
      },
      { slug: "claims", title: "Claims", summary: "What the check reads from documents." },
      {
        slug: "facts",
        title: "Facts",
        summary: "What the check knows of a repository, and where from.",
      },
    ],
  },
  {
    title: "Show",
    pages: [
      {
        slug: "site",
        title: "The site",
        summary: "Build it, configure it, link alerts and badges to it.",
      },
      {
        slug: "security",
        title: "Security",
        summary: "What Opswright does with a runbook that it does not trust.",
      },
    ],
  },
];
