import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { readGitReferences } from "./git-reference.ts";
import { narrowSpan } from "./narrow-span.ts";
import { readGitNames, type GitWord } from "./read-git-names.ts";
import { collectWithStartPlaces, type StartPlace } from "./start-place.ts";

/** A name of git's that a command needs: a branch, a tag or a remote. */
export interface GitClaim {
  readonly name: string;
  /** Of `origin/develop` and `git push origin develop`, `origin`. */
  readonly remote?: string | undefined;
  readonly start: StartPlace;
  /** Addresses of repositories that the document clones, as written. */
  readonly clones: readonly string[];
  /** The repository that is cloned, where the branch is one of it. */
  readonly clone?: string | undefined;
}

type GitKind = "remote" | "branch" | "tag";

const sources =
  "`git push`, `pull`, `fetch`, `checkout`, `switch`, `merge`, `rebase`, `reset`, `log`, `diff`, `branch`, `remote` and `clone -b`. What the runbook makes by itself, commits, and names that stand for the reader's own (`feature/x`, `my-branch`) are left out.";

/** Remotes that commands name. */
export const remoteClaims: ClaimKind<GitClaim> = {
  name: "git-remote",
  title: "git remotes",
  description: `Names of remotes, also before a slash (\`origin/develop\`), in ${sources}`,
  collect: (document) => collectNames(document, "remote"),
};

/** Branches that commands name. */
export const branchClaims: ClaimKind<GitClaim> = {
  name: "git-branch",
  title: "git branches",
  description: `Names of branches in ${sources}`,
  collect: (document) => collectNames(document, "branch"),
};

/** Tags that commands name. */
export const tagClaims: ClaimKind<GitClaim> = {
  name: "git-tag",
  title: "git tags",
  description: `Versions such as \`v1.4.2\`, and names behind \`refs/tags/\`, in ${sources}`,
  collect: (document) => collectNames(document, "tag"),
};

function collectNames(document: DriftDocument, kind: GitKind): readonly FoundClaim<GitClaim>[] {
  const made = new Set<string>();
  const clones: string[] = [];
  for (const { command } of document.commands) {
    const names = readGitNames(command);
    for (const name of names?.made ?? []) made.add(name);
    if (names?.cloned !== undefined) clones.push(names.cloned);
  }
  return collectWithStartPlaces(document.commands, (placed, start) => {
    if (placed.command.place !== "here") return [];
    const names = readGitNames(placed.command);
    const remote = names?.words.find(({ role }) => role === "remote")?.text;
    return (names?.words ?? []).flatMap((word) =>
      readWord(word, placed, document)
        .filter((found) => found.kind === kind && !made.has(found.name))
        .map(({ name, span, ...found }) => ({
          value: {
            name,
            remote: kind === "remote" ? undefined : (found.remote ?? remote),
            start,
            clones,
            clone: names?.cloned,
          },
          span,
          text: name,
          origin: placed.origin,
        })),
    );
  });
}

interface FoundName {
  readonly kind: GitKind;
  readonly name: string;
  readonly remote?: string | undefined;
  readonly span: FoundClaim<GitClaim>["span"];
}

function readWord(
  { text, place, role }: GitWord,
  placed: PlacedCommand,
  document: DriftDocument,
): readonly FoundName[] {
  const { command } = placed;
  const range = command.ranges[place];
  if (range === undefined) return [];
  const whole = placed.locate(range);
  if (role === "remote") {
    if (command.isLiteral[place] !== true) return [];
    return [{ kind: "remote", name: text, span: narrowSpan(document, whole, text) }];
  }
  return readGitReferences(text, role).flatMap(({ kind, name, remote }): FoundName[] => {
    const found: FoundName = { kind, name, remote, span: narrowSpan(document, whole, name) };
    if (remote === undefined) return [found];
    const both = narrowSpan(document, whole, `${remote}/${name}`);
    const span = narrowSpan(document, both, remote);
    return [{ kind: "remote", name: remote, span }, found];
  });
}
