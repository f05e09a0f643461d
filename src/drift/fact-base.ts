import type { RuleFinding } from "../model/rule-finding.ts";
import type { DeclaredNames, FactPlace, FactSource } from "./fact-source.ts";
import { createFileTree, joinPath } from "./file-tree.ts";
import type { Repository } from "./ports.ts";

/** Facts of one repository, each observed once and only where it is asked for. */
export interface FactBase {
  factsOf<Facts>(source: FactSource<Facts>, subject: string): Promise<Facts>;
  /** What could not be read, once all is asked; in no order. */
  listProblems(): readonly RuleFinding[];
}

/**
 * Starts a fact base that has asked for nothing yet.
 *
 * `declared` holds what the configuration says of subjects, by their folders. No I/O until it is
 * asked.
 */
export function createFactBase(
  repository: Repository,
  declared: ReadonlyMap<string, DeclaredNames>,
): FactBase {
  const observed = new Map<string, Map<FactSource<unknown>, Promise<unknown>>>();
  const places = new Map<string, Promise<FactPlace>>();
  const problems: RuleFinding[] = [];

  function placeOf(subject: string): Promise<FactPlace> {
    const known =
      places.get(subject) ?? createPlace(repository, subject, declared.get(subject) ?? {});
    places.set(subject, known);
    return known;
  }

  async function observe(source: FactSource<unknown>, subject: string): Promise<unknown> {
    const seen = await source.observe(await placeOf(subject));
    problems.push(...seen.problems);
    return seen.facts;
  }

  return {
    factsOf<Facts>(source: FactSource<Facts>, subject: string): Promise<Facts> {
      const ofSubject = observed.get(subject) ?? new Map<FactSource<unknown>, Promise<unknown>>();
      observed.set(subject, ofSubject);
      const facts = ofSubject.get(source) ?? observe(source, subject);
      ofSubject.set(source, facts);
      return facts as Promise<Facts>;
    },
    listProblems: () => problems,
  };
}

async function createPlace(
  repository: Repository,
  subject: string,
  declared: DeclaredNames,
): Promise<FactPlace> {
  const files = await repository.listFiles();
  const prefix = subject === "" ? "" : `${subject}/`;
  const own = files.filter((file) => file.startsWith(prefix));
  return {
    repository,
    subject,
    declared,
    tree: createFileTree(own.map((file) => file.slice(prefix.length))),
    toRootPath: (path) => joinPath(subject, path),
  };
}
