import { createFactBase } from "../../src/drift/fact-base.ts";
import type { FactSource } from "../../src/drift/fact-source.ts";
import type { RuleFinding } from "../../src/model/rule-finding.ts";
import { createFakeRepository, type FakeRepositoryParts } from "./fake-repository.ts";

/** What a source sees in a repository of these texts, and what it cannot read; no I/O. */
export async function observeFacts<Facts>(
  source: FactSource<Facts>,
  files: Readonly<Record<string, string>>,
  { subject = "", ...parts }: FakeRepositoryParts & { readonly subject?: string } = {},
): Promise<{ facts: Facts; problems: readonly RuleFinding[] }> {
  const base = createFactBase(createFakeRepository(files, parts), new Map());
  const facts = await base.factsOf(source, subject);
  return { facts, problems: base.listProblems() };
}
