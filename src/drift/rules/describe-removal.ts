import type { RelatedPlace } from "../../model/rule-finding.ts";
import type { RemovedFile } from "../ports.ts";

/**
 * Says what became of a file, as a clause behind a colon. No I/O.
 *
 * @example "it was moved to `ops/deploy.sh` in `4f2a91c` on 2026-02-03"
 */
export function describeRemoval({ commit, date, movedTo }: RemovedFile): string {
  const what = movedTo === undefined ? "removed" : `moved to \`${movedTo}\``;
  return `it was ${what} in \`${commit}\` on ${date}`;
}

/** The file that is meant instead, as the other side of a finding; none where it is not known. No I/O. */
export function relateInstead(
  removal: RemovedFile | undefined,
  nearest: string | undefined,
): readonly RelatedPlace[] {
  if (removal?.movedTo !== undefined) {
    return [{ path: removal.movedTo, text: "this is where the file was moved" }];
  }
  return nearest === undefined ? [] : [{ path: nearest, text: "this file has the nearest name" }];
}
