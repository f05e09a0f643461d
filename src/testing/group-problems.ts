import { rules } from "../drift/rules/rules.ts";
import type { Problem } from "../model/problem.ts";

/** The tests of one runbook, or of what belongs to none. */
export interface ProblemGroup {
  readonly name: string;
  readonly tests: readonly { readonly title: string; readonly problems: readonly Problem[] }[];
}

type TestKind = "sound" | "agrees" | "tied";

const titles: Readonly<Record<TestKind, string>> = {
  sound: "is sound",
  agrees: "agrees with the repository",
  tied: "is the same as its scripts",
};

const kinds: readonly TestKind[] = ["sound", "agrees", "tied"];

/**
 * Groups problems by the runbooks that they are in, one test a kind; those of other files come last,
 * in a group that is always there.
 *
 * No I/O.
 */
export function groupProblems(
  documents: readonly { readonly id: string; readonly path: string | undefined }[],
  problems: readonly Problem[],
): readonly ProblemGroup[] {
  const byPath = new Map<string | undefined, Problem[]>();
  for (const problem of problems) {
    byPath.set(problem.path, [...(byPath.get(problem.path) ?? []), problem]);
  }
  const groups = documents.map(({ id, path }): ProblemGroup => {
    const own = path === undefined ? [] : (byPath.get(path) ?? []);
    if (path !== undefined) byPath.delete(path);
    return {
      name: `runbook ${id}`,
      tests: kinds.map((kind) => ({
        title: titles[kind],
        problems: own.filter((problem) => kindOfTest(problem) === kind),
      })),
    };
  });
  const rest = [...byPath.values()].flat();
  const around = { title: "can be read", problems: rest };
  return [...groups, { name: "the repository around the runbooks", tests: [around] }];
}

const ofOneDocument = new Set<string>(
  rules.filter(({ kind }) => kind === "document").map(({ code }) => code),
);

/** Codes of the stages have no group; rules that look at one document alone ask whether it is sound. */
function kindOfTest({ code }: Problem): TestKind {
  if (code.startsWith("scripts/")) return "tied";
  // What is wrong with a suppression stands in its document alone.
  const isOwn = !code.includes("/") || code.startsWith("suppression/") || ofOneDocument.has(code);
  return isOwn ? "sound" : "agrees";
}
