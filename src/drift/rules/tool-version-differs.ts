import { toolVersionClaims, type ToolVersionClaim } from "../claims/tool-version-claims.ts";
import { dockerfileFacts, type DockerfileFacts } from "../facts/dockerfile-facts.ts";
import { packageFacts, type PackageFacts } from "../facts/package-facts.ts";
import type { PlacedName } from "../facts/placed-name.ts";
import { pyprojectFacts, type PyprojectFacts } from "../facts/pyproject-facts.ts";
import { versionFileFacts, type VersionFileFacts } from "../facts/version-file-facts.ts";
import {
  excludesEachOther,
  fromPythonRange,
  fromVersion,
  toRange,
} from "../facts/version-range.ts";
import type { FactSource } from "../fact-source.ts";
import { folderOf } from "../file-tree.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

interface Sources {
  readonly docker: DockerfileFacts;
  readonly npm: PackageFacts;
  readonly pyproject: PyprojectFacts;
  readonly files: VersionFileFacts;
}

/** A runbook asks for versions of a tool that the repository excludes. */
export const toolVersionDiffers = defineClaimRule<
  ToolVersionClaim,
  { readonly [Name in keyof Sources]: FactSource<Sources[Name]> },
  { tool: string; range: string; file: string; version: string }
>({
  code: "tools/version-differs",
  severity: "warning",
  title: "Versions of a tool that the repository excludes",
  what: "Front matter asks for versions of a tool, and a file at the top of the repository gives versions of the same tool, none of which is among them: `requires-python`, `engines.node`, `.python-version`, `.nvmrc`, `.tool-versions`. The base image of the Dockerfile counts too, as information, since it is another place than the operator's shell.",
  why: "The run refuses what everybody uses, or the runbook tells people to install what the project does not work with.",
  remedy: "Give the tool a range that holds the repository's versions, or raise those.",
  example: {
    language: "mdx",
    wrong: '---\ntitle: Migrate\ntools:\n  python: { version: ">=3.12" }\n---\n',
    right: '---\ntitle: Migrate\ntools:\n  python: { version: ">=3.11" }\n---\n',
    file: { path: ".python-version", text: "3.11.9\n" },
  },
  claims: toolVersionClaims,
  facts: {
    docker: dockerfileFacts,
    npm: packageFacts,
    pyproject: pyprojectFacts,
    files: versionFileFacts,
  },
  judge({ value: { tool, range }, subject }, facts) {
    const asked = toRange(range);
    if (asked === undefined) return unjudged("it is no range of versions");
    const pins = listPins(normaliseTool(tool), facts, subject);
    if (pins.length === 0) return unjudged("no file gives versions of the tool");
    const conflict = pins.find(({ ranges }) =>
      ranges.every((one) => excludesEachOther(asked, one)),
    );
    if (conflict === undefined) return agreed;
    const { place, isImage } = conflict;
    return differed(
      { tool, range, file: place.path, version: place.name },
      {
        severity: isImage ? "info" : undefined,
        related: [
          {
            path: place.path,
            span: place.span,
            text: `\`${place.path}\` has \`${place.name}\` here`,
          },
        ],
      },
    );
  },
  message: ({ tool, range, file, version }) =>
    `No version of \`${tool}\` is in \`${range}\` and in \`${version}\` of \`${file}\`.`,
  hint: ({ version }) => `Write a range that holds \`${version}\`, or raise it there.`,
});

/** What one file says; one of the ranges must hold. */
interface Pin {
  readonly place: PlacedName;
  readonly ranges: readonly string[];
  readonly isImage?: true;
}

function normaliseTool(name: string): string {
  if (name === "python3") return "python";
  return name === "nodejs" ? "node" : name;
}

function listPins(tool: string, facts: Sources, subject: string): readonly Pin[] {
  const { npm, pyproject, files, docker } = facts;
  const pins: Pin[] = [];
  const add = (place: PlacedName | undefined, range: string | undefined): void => {
    if (place !== undefined && range !== undefined) pins.push({ place, ranges: [range] });
  };
  if (tool === "python") {
    const place = pyproject.projects.find(({ folder }) => folder === "")?.requiresPython;
    add(place, fromPythonRange(place?.name ?? ""));
  }
  if (tool === "node") {
    const place = npm.packages.find(({ folder }) => folder === "")?.node;
    add(place, toRange(place?.name ?? ""));
  }
  const pinned = files.versions.filter((one) => one.tool === tool);
  for (const path of new Set(pinned.map(({ version }) => version.path))) {
    const own = pinned.filter(({ version }) => version.path === path).map(({ version }) => version);
    pins.push(
      ...makePin(
        own,
        own.map(({ name }) => fromVersion(name)),
      ),
    );
  }
  const images = docker.images.filter(
    ({ name, path }) => imageTool(name) === tool && folderOf(path) === subject,
  );
  const ofImages = makePin(
    images,
    images.map(({ name }) => fromVersion(imageVersion(name))),
  );
  return [...pins, ...ofImages.map((pin): Pin => ({ ...pin, isImage: true }))];
}

/** None where one of the versions is not understood: it could be the one. */
function makePin(
  places: readonly PlacedName[],
  ranges: readonly (string | undefined)[],
): readonly Pin[] {
  const [place] = places;
  const known = ranges.filter((range) => range !== undefined);
  if (place === undefined || known.length < ranges.length) return [];
  return [{ place, ranges: known }];
}

/** The program that an official image is made for: `node` of `docker.io/library/node:20-slim`. */
function imageTool(image: string): string | undefined {
  const name = /^(?:(?:docker\.io\/)?library\/)?([a-z]+)(?::|$)/.exec(image)?.[1];
  return name === "golang" ? "go" : name;
}

function imageVersion(image: string): string {
  return /:(\d+(?:\.\d+){0,2})(?:-|$)/.exec(image)?.[1] ?? "";
}
