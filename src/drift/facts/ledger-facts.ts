import type { RuleFinding } from "../../model/rule-finding.ts";
import type { Span } from "../../model/source.ts";
import {
  ledgerFileName,
  type Verification,
  type VerificationLedger,
} from "../../model/verification-ledger.ts";
import { readLedger } from "../../parse/read-ledger.ts";
import type { FactSource } from "../fact-source.ts";
import type { FileChange } from "../ports.ts";
import { reportUnreadable } from "../rules/unreadable-file.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";

/** What ledgers of verifications say, and what has become of files since. */
export interface LedgerFacts {
  readonly ledgers: readonly PlacedLedger[];
  /** True for a file of the repository, by its path relative to the root. */
  hasFile(path: string): boolean;
  /** Commits that changed one of these files after a moment (ISO 8601), the latest first. */
  listChanges(paths: readonly string[], since: string): Promise<readonly FileChange[]>;
}

/** A ledger that could be read; `path` is relative to the root. */
export interface PlacedLedger {
  readonly path: string;
  /** By the ids of runbook and step. */
  readonly runbooks: ReadonlyMap<string, ReadonlyMap<string, Verification>>;
  /** The line on which a step's entry begins. */
  locate(runbook: string, step: string): Span | undefined;
}

/** Facts of `.verified.json`: which steps were run and passed, when, and as what. */
export const ledgerFacts: FactSource<LedgerFacts> = {
  name: "ledger",
  title: "Ledgers of verifications",
  description:
    "Reads `.verified.json` in the folder of runbooks, which drills and runs write: of each step the digest of its text when it was last run and passed, when and how that was. What git knows to have changed since then is asked for by file.",
  async observe(place) {
    const paths = place.tree.files.filter(
      (path) => path === ledgerFileName || path.endsWith(`/${ledgerFileName}`),
    );
    const { files, problems: refused } = await readFactFiles(place, paths);
    const problems: RuleFinding[] = [...refused];
    const ledgers = files.flatMap((file): readonly PlacedLedger[] => {
      const read = readLedger(file.text);
      if ("ledger" in read) return [placeLedger(read.ledger, file)];
      // Another program's file can have the name too.
      if (file.text.includes('"verifiedAt"'))
        problems.push(reportUnreadable(file.path, read.reason));
      return [];
    });
    return {
      facts: {
        ledgers,
        hasFile: (path) => place.tree.hasFile(path),
        listChanges: (changed, since) => place.repository.listChanges(changed, since),
      },
      problems,
    };
  },
};

function placeLedger({ runbooks }: VerificationLedger, file: FactFile): PlacedLedger {
  return {
    path: file.path,
    runbooks: new Map(
      Object.entries(runbooks).map(([id, steps]) => [id, new Map(Object.entries(steps))]),
    ),
    locate: (runbook, step) => locateEntry(file, runbook, step),
  };
}

/** Only where it is laid out as it is written: each key on a line of its own. */
function locateEntry({ text, lines }: FactFile, runbook: string, step: string): Span | undefined {
  const from = text.indexOf(`\n    ${JSON.stringify(runbook)}: {\n`);
  const key = `\n      ${JSON.stringify(step)}: {\n`;
  const at = from < 0 ? -1 : text.indexOf(key, from);
  const end = text.indexOf("\n    }", from + 1);
  if (at < 0 || (end >= 0 && at > end)) return undefined;
  return lines.spanOf(at + 7, at + 7 + JSON.stringify(step).length);
}
