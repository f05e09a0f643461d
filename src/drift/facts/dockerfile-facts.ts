import type { FactSource } from "../fact-source.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";

/** What Dockerfiles say, all of them together. */
export interface DockerfileFacts {
  /** Paths relative to the root, in order. */
  readonly files: readonly string[];
  /** Images of `FROM` as written, with their tags; those that an `ARG` names are left out. */
  readonly images: readonly PlacedName[];
  /** Ports of `EXPOSE`. */
  readonly ports: ReadonlySet<number>;
  /** Names that `ENV` sets and `ARG` declares. */
  readonly variables: ReadonlySet<string>;
}

const dockerfile =
  /^(?:.*\/)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|(?:^|\/)[\w.-]+\.Dockerfile$/;

/** Facts of Dockerfiles: base images, exposed ports, names of variables. */
export const dockerfileFacts: FactSource<DockerfileFacts> = {
  name: "dockerfile",
  title: "Dockerfiles",
  description:
    "Reads `Dockerfile`, `Containerfile` and their variants (`Dockerfile.prod`, `api.Dockerfile`) in any folder: images of `FROM`, ports of `EXPOSE`, names of `ENV` and `ARG`.",
  async observe(place) {
    const paths = place.tree.match(dockerfile).filter((path) => !path.endsWith(".dockerignore"));
    const { files, problems } = await readFactFiles(place, paths);
    const images: PlacedName[] = [];
    const ports = new Set<number>();
    const variables = new Set<string>();
    for (const file of files) {
      images.push(...readImages(file));
      for (const [, given = ""] of file.text.matchAll(/^[ \t]*EXPOSE[ \t]+(.+)$/gim)) {
        for (const [, port] of given.matchAll(/(?:^|[ \t])(\d{1,5})(?=\/|[ \t]|\r?$)/g)) {
          ports.add(Number(port));
        }
      }
      for (const [, given = ""] of file.text.matchAll(/^[ \t]*(?:ENV|ARG)[ \t]+(.+)$/gim)) {
        const first = /^\w+/.exec(given)?.[0];
        if (first !== undefined) variables.add(first);
        for (const [, name = ""] of given.matchAll(/[ \t](\w+)=/g)) variables.add(name);
      }
    }
    return { facts: { files: files.map(({ path }) => path), images, ports, variables }, problems };
  },
};

/** Names of stages are no images, and `scratch` is none either. */
function readImages({ text, path, lines }: FactFile): readonly PlacedName[] {
  const stages = new Set(["scratch"]);
  const images: PlacedName[] = [];
  const from = /^([ \t]*FROM[ \t]+(?:--\S+[ \t]+)*)(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim;
  for (const match of text.matchAll(from)) {
    const [, before = "", name = "", stage] = match;
    const start = match.index + before.length;
    if (!name.includes("$") && !stages.has(name)) {
      images.push({ name, path, span: lines.spanOf(start, start + name.length) });
    }
    if (stage !== undefined) stages.add(stage);
  }
  return images;
}
