import type { FileTree } from "../file-tree.ts";
import { isMistyped } from "./is-mistyped.ts";

/**
 * The path beside a missing one whose name differs by no more than a slip of the finger; undefined
 * where there is none.
 *
 * `page-1.md` is no slip for `page-2.md`: numbers are chosen. A folder above may be the one that is
 * misspelt. No I/O.
 *
 * @example for `scripts/depoly.sh`: "scripts/deploy.sh"
 */
export function findSimilarPath(path: string, tree: FileTree): string | undefined {
  const parts = path.split("/");
  let known = "";
  for (const [index, part] of parts.entries()) {
    const next = known === "" ? part : `${known}/${part}`;
    if (tree.hasFolder(next)) {
      known = next;
      continue;
    }
    const rest = parts.slice(index + 1);
    return tree
      .namesIn(known)
      .filter((name) => isMistyped(part, name))
      .map((name) => [...(known === "" ? [] : [known]), name, ...rest].join("/"))
      .find((candidate) => tree.hasFile(candidate) || tree.hasFolder(candidate));
  }
  return undefined;
}
