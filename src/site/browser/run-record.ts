/** What was done of a runbook, as it is kept in the browser. */
export interface RunRecord {
  /** When each step was marked, by its anchor: `{ "step-push": "2026-02-03T14:02:11+01:00" }`. */
  readonly marks: Readonly<Record<string, string>>;
  /** What was noted at a step, by its anchor. */
  readonly notes: Readonly<Record<string, string>>;
  /** The procedure that is followed, where there are several. */
  readonly procedure?: string | undefined;
}

/** The record of a run that has not begun. */
export const emptyRecord: RunRecord = { marks: {}, notes: {} };

/** Reads a record that was kept; whatever is not one is empty. No I/O. */
export function parseRunRecord(text: string | undefined): RunRecord {
  try {
    const kept = JSON.parse(text ?? "") as Partial<RunRecord> | null;
    const procedure = kept?.procedure;
    return {
      marks: textsOf(kept?.marks),
      notes: textsOf(kept?.notes),
      ...(typeof procedure === "string" ? { procedure } : {}),
    };
  } catch {
    return emptyRecord;
  }
}

/** The name by which the run of one version of a runbook is kept; `digest` is the version's. No I/O. */
export function runRecordName(runbook: string, digest: string): string {
  return `run:${encodeURIComponent(runbook)}:${digest}`;
}

/** Sets or, with `undefined`, removes one text of a record's. No I/O. */
export function changeText(
  texts: Readonly<Record<string, string>>,
  name: string,
  text: string | undefined,
): Readonly<Record<string, string>> {
  const { [name]: _old, ...others } = texts;
  return text === undefined ? others : { ...others, [name]: text };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
