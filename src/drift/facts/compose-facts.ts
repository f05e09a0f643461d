import type { RuleFinding } from "../../model/rule-finding.ts";
import type { YamlDocument } from "../../parse/read-yaml.ts";
import type { FactSource } from "../fact-source.ts";
import { asMap, readComposeService, type ComposeService } from "./compose-service.ts";
import { isAsideFile } from "./is-aside-file.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, readYamlFile } from "./read-fact-file.ts";

/** What Compose files say, all of them together. */
export interface ComposeFacts {
  /** Paths relative to the root, in order. */
  readonly files: readonly string[];
  readonly services: readonly ComposeService[];
  /** Names of top-level volumes and networks. */
  readonly volumes: readonly PlacedName[];
  readonly networks: readonly PlacedName[];
  /** True where a file brings in others by `include`, which can hold more services. */
  readonly hasIncludes: boolean;
  /** True for a folder of the subject, by its path relative to it. */
  isFolder(path: string): boolean;
}

/** The names that Compose looks for, and the variants that teams keep beside them. */
const composeFile = /^(?:.*\/)?(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** Facts of Compose files: services, container names, ports, environment, volumes, networks. */
export const composeFacts: FactSource<ComposeFacts> = {
  name: "compose",
  title: "Compose files",
  description:
    "Reads `compose.yaml`, `docker-compose.yml` and their variants (`docker-compose.prod.yml`) in any folder: services, `container_name`, `image`, published `ports`, `environment`, volumes and networks. A value `${NAME:-default}` counts as its default. What `env_file`, `include` or `extends` takes from another file is not read: claims that depend on it are not judged. Files in folders such as `examples` and `fixtures` can support a claim, and contradict none.",
  async observe(place) {
    const relativePaths = place.tree.match(composeFile);
    const { files, problems: refused } = await readFactFiles(place, relativePaths);
    const aside = new Set(relativePaths.filter(isAsideFile).map((path) => place.toRootPath(path)));
    const services: ComposeService[] = [];
    const volumes: PlacedName[] = [];
    const networks: PlacedName[] = [];
    const problems: RuleFinding[] = [...refused];
    let hasIncludes = false;
    for (const file of files) {
      const read = readYamlFile(file);
      problems.push(...read.problems);
      for (const document of read.documents) {
        const root = asMap(document.data);
        hasIncludes ||= root["include"] !== undefined;
        for (const name of Object.keys(asMap(root["services"]))) {
          services.push(readComposeService(name, document, file.path, aside.has(file.path)));
        }
        volumes.push(...placeKeys("volumes", document, file.path));
        networks.push(...placeKeys("networks", document, file.path));
      }
    }
    return {
      facts: {
        files: files.map(({ path }) => path),
        services,
        volumes,
        networks,
        hasIncludes,
        isFolder: (path) => place.tree.hasFolder(path),
      },
      problems,
    };
  },
};

function placeKeys(key: string, document: YamlDocument, path: string): readonly PlacedName[] {
  return Object.keys(asMap(asMap(document.data)[key])).map((name) => ({
    name,
    path,
    span: document.keySpans.get(`${key}.${name}`),
  }));
}
