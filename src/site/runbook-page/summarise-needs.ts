import { countNoun } from "../../report/count-noun.ts";
import type { PageBody, PagePart } from "./runbook-page.ts";

/** One of the things that a runbook needs, in a line. */
export interface Need {
  readonly kind: "tools" | "contract" | "inputs" | "contacts";
  /** The contract's name; else that of the kind. */
  readonly name: string;
  readonly title: string;
  readonly words: string;
  /** Whether the runbook's own text shows it in full. */
  readonly isInText: boolean;
}

/** The id of the element that shows a need in full. No I/O. */
export function needAnchor({ kind, name }: Pick<Need, "kind" | "name">): string {
  return kind === "contract" ? `page:contract:${name}` : `page:${kind}`;
}

/**
 * Says in a line each what a runbook needs before it can be done: inputs, tools, variables, and whom
 * to ask. No I/O.
 *
 * @example [{ kind: "tools", name: "tools", title: "Tools", words: "git >=2.30, curl", isInText: true }]
 */
export function summariseNeeds({ frontMatter, parts }: PageBody): readonly Need[] {
  const { inputs = {}, tools = {}, contacts = [], contracts = {} } = frontMatter;
  const shown = new Set(parts.flatMap(listShown));
  const needs: Need[] = [];
  const add = (kind: Need["kind"], title: string, words: string, name: string = kind): void => {
    if (words === "") return;
    const isInText = shown.has(needAnchor({ kind, name }));
    needs.push({ kind, name, title, words, isInText });
  };
  const required = Object.values(inputs).filter(isAsked).length;
  const count = Object.keys(inputs).length;
  const asked = required === 0 ? "all with a default or optional" : `${required} to be given`;
  add("inputs", "Inputs", count === 0 ? "" : `${count}, ${asked}`);
  const named = Object.entries(tools).map(([name, { version }]) =>
    version === undefined ? name : `${name} ${version}`,
  );
  add("tools", "Tools", named.join(", "));
  for (const [name, { description, variables }] of Object.entries(contracts)) {
    const all = Object.values(variables);
    const must = all.filter((variable) => variable.required === true).length;
    const words = `${countNoun(all.length, "variable")} in ${name}, ${must} required`;
    add("contract", description ?? `Variables of ${name}`, words, name);
  }
  add("contacts", "Contacts", contacts.map(({ contact }) => contact).join(", "));
  return needs;
}

function isAsked(input: {
  readonly required?: boolean | undefined;
  readonly default?: unknown;
}): boolean {
  return input.required === true && input.default === undefined;
}

function listShown(part: PagePart): string[] {
  if (part.kind === "table") return [needAnchor({ kind: part.of, name: part.of })];
  if (part.kind === "contract") return [needAnchor({ kind: "contract", name: part.name })];
  return "parts" in part ? part.parts.flatMap(listShown) : [];
}
