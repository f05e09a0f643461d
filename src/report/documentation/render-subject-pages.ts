import type { ClaimKind } from "../../drift/claim-kind.ts";
import type { FactSource } from "../../drift/fact-source.ts";
import type { ClaimRule, Rule } from "../../drift/rule.ts";

/** Writes the page of one kind of claim, `docs/claims/NAME.md`, as Markdown. No I/O. */
export function renderClaimPage(
  { name, title, description }: ClaimKind<unknown>,
  rules: readonly Rule[],
): string {
  const judges = rules.filter(isClaimRule).filter(({ claims }) => claims.name === name);
  return renderPage({
    heading: `Claims: ${title}`,
    intro: `Counted as \`${name}\`.`,
    description,
    listTitle: "Judged by",
    rules: judges,
    source: "src/drift/claims",
    index: "All kinds of claims",
  });
}

/** Writes the page of one source of facts, `docs/facts/NAME.md`, as Markdown. No I/O. */
export function renderFactPage(
  { name, title, description }: FactSource<unknown>,
  rules: readonly Rule[],
): string {
  const askers = rules
    .filter(isClaimRule)
    .filter(({ facts }) => Object.values(facts).some((source) => source.name === name));
  return renderPage({
    heading: `Facts: ${title}`,
    intro: "",
    description,
    listTitle: "Asked by",
    rules: askers,
    source: "src/drift/facts",
    index: "All sources of facts",
  });
}

function isClaimRule(rule: Rule): rule is ClaimRule {
  return rule.kind === "claim";
}

function renderPage(page: {
  readonly heading: string;
  readonly intro: string;
  readonly description: string;
  readonly listTitle: string;
  readonly rules: readonly Rule[];
  readonly source: string;
  readonly index: string;
}): string {
  const list = page.rules.map(
    ({ code, title }) => `- [\`${code}\`](../rules/${code}.md): ${title}`,
  );
  return `${[
    `# ${page.heading}`,
    page.intro,
    page.description,
    ...(list.length === 0 ? [] : [`## ${page.listTitle}`, list.join("\n")]),
    `[${page.index}](README.md). This page is generated from \`${page.source}\` by \`npm run docs\`.`,
  ]
    .filter((block) => block !== "")
    .join("\n\n")}\n`;
}

/** Writes `docs/claims/README.md`: every kind of claim, as Markdown. No I/O. */
export function renderClaimIndex(kinds: readonly ClaimKind<unknown>[]): string {
  return renderIndex({
    heading: "Claims",
    intro:
      "What `opswright check` reads from runbooks and can be false. Each is judged by [facts](../facts/README.md) of the repository; where these cannot tell, it is counted as not judged, which is never agreement.",
    entries: kinds,
    source: "src/drift/claims",
  });
}

/** Writes `docs/facts/README.md`: every source of facts, as Markdown. No I/O. */
export function renderFactIndex(sources: readonly FactSource<unknown>[]): string {
  return renderIndex({
    heading: "Facts",
    intro:
      "What `opswright check` knows of a repository, and where from. Each source is read once, and only where a [claim](../claims/README.md) asks for it; a file that cannot be read is told, and the rest goes on.",
    entries: sources,
    source: "src/drift/facts",
  });
}

function renderIndex(page: {
  readonly heading: string;
  readonly intro: string;
  readonly entries: readonly { readonly name: string; readonly title: string }[];
  readonly source: string;
}): string {
  const list = page.entries
    .map(({ name, title }) => `- [${title.charAt(0).toUpperCase()}${title.slice(1)}](${name}.md)`)
    .toSorted((one, other) => one.localeCompare(other, "en"));
  return `${[
    `# ${page.heading}`,
    page.intro,
    list.join("\n"),
    `This page is generated from \`${page.source}\` by \`npm run docs\`.`,
  ].join("\n\n")}\n`;
}
