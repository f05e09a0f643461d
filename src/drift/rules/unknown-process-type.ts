import { findNearest } from "../../parse/find-nearest.ts";
import { processTypeClaims, type ProcessTypeClaim } from "../claims/process-type-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import { procfileFacts, type ProcfileFacts } from "../facts/procfile-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a type of process that is nearly one of the Procfile. */
export const unknownProcessType = defineClaimRule<
  ProcessTypeClaim,
  { procfile: FactSource<ProcfileFacts> },
  { process: string; file: string; nearest: string }
>({
  code: "procfile/unknown-process",
  severity: "error",
  title: "A type of process that the Procfile does not have",
  what: "A command scales, restarts or starts a type of process whose name is nearly one of the `Procfile`, and is none.",
  why: "The platform answers `Couldn't find that process type`, and what should run does not. A name that is like none is not judged: it can be of another application.",
  remedy: "Write the type as the `Procfile` has it.",
  example: {
    language: "bash",
    wrong: "heroku ps:scale wroker=2",
    right: "heroku ps:scale worker=2",
    file: { path: "Procfile", text: "web: gunicorn app:app\nworker: celery -A app worker\n" },
  },
  claims: processTypeClaims,
  facts: { procfile: procfileFacts },
  judge({ value: { process, start } }, { procfile }) {
    const place = settlePlace(start, procfile.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const { procfiles } = procfile;
    if (procfiles.some(({ processes }) => processes.some(({ name }) => name === process))) {
      return agreed;
    }
    const own = procfiles.find(({ folder }) => folder === place.folders[0]);
    if (own === undefined) return unjudged("there is no `Procfile` where it is started");
    const nearest = findNearest(
      process,
      own.processes.map(({ name }) => name),
    );
    const near = own.processes.find(({ name }) => name === nearest);
    if (near === undefined) return unjudged("it can be a process of another application");
    return differed(
      { process, file: own.path, nearest: near.name },
      { related: [{ path: near.path, span: near.span, text: `\`${near.name}\` is here` }] },
    );
  },
  message: ({ process, file }) => `\`${file}\` has no process \`${process}\`.`,
  hint: ({ nearest }) => `Did you mean \`${nearest}\`?`,
});
