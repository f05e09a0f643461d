import type { RuleFinding } from "../model/rule-finding.ts";
import type { FileTree } from "./file-tree.ts";
import type { Repository } from "./ports.ts";

/**
 * One source of facts about a repository: what it reads, and how.
 *
 * `title` names it in the plural (`"Compose files"`); `description` says in whole sentences which
 * files it reads and what it takes from them. `observe` is called at most once for each subject, and
 * only where a claim asks for it; a file that does not parse becomes a problem, and the rest goes
 * on. It reads through the port alone.
 */
export interface FactSource<Facts> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  observe(place: FactPlace): Promise<Observed<Facts>>;
}

/** What was seen, and what could not be read. */
export interface Observed<Facts> {
  readonly facts: Facts;
  readonly problems: readonly RuleFinding[];
}

/** Names of a subject that the configuration declares; absent means not declared. */
export interface DeclaredNames {
  readonly branches?: readonly string[] | undefined;
  readonly remotes?: readonly string[] | undefined;
}

/** Where facts are looked for: the folder that documents speak of, and the repository around it. */
export interface FactPlace {
  readonly repository: Repository;
  /** Relative to the root; empty for the root itself. */
  readonly subject: string;
  /** What the configuration says of the subject's repository, which cannot be seen from here. */
  readonly declared: DeclaredNames;
  /** The files of the subject, by their paths relative to it. */
  readonly tree: FileTree;
  /** A path of the subject as one relative to the root. */
  toRootPath(path: string): string;
}
