import type { GitState, RemovedFile, Repository } from "../../src/drift/ports.ts";

/** What a fake repository holds beside its files. */
export interface FakeRepositoryParts {
  readonly git?: GitState;
  readonly ignored?: readonly string[];
  readonly removals?: Readonly<Record<string, RemovedFile>>;
  readonly help?: Readonly<Record<string, string>>;
  readonly commands?: Readonly<Record<string, string>>;
}

/** A repository in memory, from its texts by path; no I/O. */
export function createFakeRepository(
  files: Readonly<Record<string, string>>,
  parts: FakeRepositoryParts = {},
): Repository {
  return {
    listFiles: () => Promise.resolve(Object.keys(files).toSorted()),
    readText(path) {
      const text = files[path];
      return Promise.resolve(text === undefined ? { kind: "absent" } : { kind: "text", text });
    },
    isIgnored: (path) => Promise.resolve(parts.ignored?.includes(path) === true),
    readGit: () => Promise.resolve(parts.git),
    findRemoval: (path) => Promise.resolve(parts.removals?.[path]),
    listChanges: () => Promise.resolve([]),
    readHelp: (words) => Promise.resolve(parts.help?.[words.join(" ")]),
    listCommands: () => Promise.resolve(Object.keys(parts.commands ?? {})),
    readCommand(name) {
      const text = parts.commands?.[name];
      return Promise.resolve(text === undefined ? undefined : { kind: "text", text });
    },
    lintScripts: () => Promise.resolve(undefined),
  };
}
