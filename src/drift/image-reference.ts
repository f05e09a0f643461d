/** An image's name and tag. */
export interface ImageReference {
  /** Without Docker Hub's own parts: `postgres` for `docker.io/library/postgres`. */
  readonly name: string;
  /** Absent where none is written, which means `latest`. */
  readonly tag?: string | undefined;
}

/**
 * Reads an image as commands and files write it; undefined for one of a registry of somebody's own,
 * one that is named by its digest, and one with a variable.
 *
 * Docker's reference of image names. No I/O.
 *
 * @example readImageReference("postgres:15-alpine"): { name: "postgres", tag: "15-alpine" }
 */
export function readImageReference(text: string): ImageReference | undefined {
  const short = text.replace(/^(?:docker\.io\/)?(?:library\/)?/, "");
  const match = /^([a-z0-9]+(?:[._/-]+[a-z0-9]+){0,20})(?::([\w][\w.-]{0,127}))?$/.exec(short);
  const [, name, tag] = match ?? [];
  if (name === undefined || /^(?:localhost|[^/]*\.[^/]*)\//.test(name)) return undefined;
  return tag === undefined ? { name } : { name, tag };
}

/**
 * True where one tag says no more than the other: `15`, `15.4` and `15-alpine` go together.
 *
 * No I/O.
 */
export function areTagsCompatible(tag: string, other: string): boolean {
  const [one, two] = [versionOf(tag), versionOf(other)];
  return one === two || one.startsWith(`${two}.`) || two.startsWith(`${one}.`);
}

function versionOf(tag: string): string {
  return (tag.split("-")[0] ?? tag).replace(/^v(?=\d)/, "");
}
