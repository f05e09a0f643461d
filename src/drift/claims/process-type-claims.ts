import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { collectWithStartPlaces, type StartPlace } from "./start-place.ts";
import { walkCall } from "./walk-call.ts";

/** A type of process that a command names. */
export interface ProcessTypeClaim {
  readonly process: string;
  readonly start: StartPlace;
}

/** Types of processes that commands name. */
export const processTypeClaims: ClaimKind<ProcessTypeClaim> = {
  name: "process-type",
  title: "types of processes",
  description:
    "The types of processes that `heroku ps:scale`, `ps:restart`, `ps:stop` and `foreman start` or `honcho start` name.",
  collect: ({ commands }) => collectWithStartPlaces(commands, readProcessTypes),
};

const ofHeroku = new Set("-a --app -r --remote -t --team".split(" "));
const ofForeman = new Set(
  "-f --procfile -e --env -c --concurrency -m --formation -p --port -t --timeout -d --root --app-root".split(
    " ",
  ),
);

function readProcessTypes(
  placed: PlacedCommand,
  start: StartPlace,
): readonly FoundClaim<ProcessTypeClaim>[] {
  const { name } = placed.command;
  if (name !== "heroku" && name !== "foreman" && name !== "honcho") return [];
  const call = walkCall(placed.command, name === "heroku" ? ofHeroku : ofForeman);
  const [verb, ...operands] = call.operands;
  const isHeroku = name === "heroku" && /^ps:(?:scale|restart|stop|kill)$/.test(verb?.text ?? "");
  const isLocal = name !== "heroku" && verb?.text === "start";
  // Another file than the Procfile may have others.
  const isElsewhere = call.options.some(({ name: option }) => ofForeman.has(option));
  if (!isHeroku && (!isLocal || isElsewhere)) return [];
  return operands.flatMap((word) => {
    // `web=2:standard-1x`, `worker.1`
    const process = /^[A-Za-z][\w-]*(?=$|[=.])/.exec(word.text)?.[0];
    if (process === undefined || (!word.isLiteral && !word.text.startsWith(`${process}=`)))
      return [];
    const range = { start: word.range.start, end: word.range.start + process.length };
    return [
      {
        value: { process, start },
        span: placed.locate(range),
        text: process,
        origin: placed.origin,
      },
    ];
  });
}
