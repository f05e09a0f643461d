import type { RelatedPlace } from "../../model/rule-finding.ts";
import { urlClaims, type UrlClaim } from "../claims/url-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import type { ComposePort } from "../facts/compose-service.ts";
import { dockerfileFacts, type DockerfileFacts } from "../facts/dockerfile-facts.ts";
import { isWebPort, listWebPorts, type WebPort } from "../facts/web-ports.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** An address names a port of this machine that no Compose file publishes. */
export const unpublishedPort = defineClaimRule<
  UrlClaim,
  { compose: FactSource<ComposeFacts>; dockerfiles: FactSource<DockerfileFacts> },
  { port: number; inside: ComposePort | undefined; published: readonly number[] }
>({
  code: "http/unpublished-port",
  severity: "warning",
  title: "A port that nothing publishes",
  what: "An address such as `http://localhost:8000/health` names a port that no Compose file publishes to the host, while Compose files publish others.",
  why: "Nothing answers there. A health check on the wrong port says that a sound service is down, or asks another service.",
  remedy:
    "Write the port in front of the colon in the Compose file's `ports`: the one behind it counts only inside the network of the containers. Ports that the same document has something listen on (`kubectl port-forward`, `docker run -p`, `--port`, a server) are not judged.",
  example: {
    language: "bash",
    wrong: "curl --fail http://localhost:5000/health",
    right: "curl --fail http://localhost:8080/health",
    file: {
      path: "docker-compose.yml",
      text: 'services:\n  api:\n    build: .\n    ports: ["8080:5000"]\n',
    },
  },
  claims: urlClaims,
  facts: { compose: composeFacts, dockerfiles: dockerfileFacts },
  judge({ value: { base, port, isElsewhere, started } }, { compose, dockerfiles }) {
    if (base !== undefined) return unjudged("its host is an input");
    if (port === undefined) return unjudged("its port is not written, or a variable");
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    if (isElsewhere) return unjudged("a container or another machine asks it");
    if (compose.services.some(({ ports }) => ports.some(({ host }) => host === port))) {
      return agreed;
    }
    if (started === "here") return unjudged("the document has something listen there");
    if (started === "perhaps") return unjudged("the document starts a server");
    if (dockerfiles.ports.has(port)) return unjudged("a Dockerfile exposes it");
    if (compose.hasIncludes) return unjudged("a Compose file includes others");
    if (compose.services.some(({ arePortsOpen }) => arePortsOpen)) {
      return unjudged("a published port is not known from here");
    }
    if (!isWebPort(port)) return unjudged("what listens there is no part of an application");
    const web = listWebPorts(compose);
    if (web.length === 0) return unjudged("no Compose file publishes a port for HTTP");
    const inside = web.filter(({ container }) => container === port);
    const shown = inside.length > 0 ? inside : web;
    const published = [...new Set(shown.map(({ host }) => host))];
    return differed({ port, inside: inside[0], published }, { related: describePorts(shown) });
  },
  message: ({ port, inside }) =>
    inside === undefined
      ? `No Compose file publishes the port ${port}.`
      : `The port ${port} is the container's own, and is not published under that number.`,
  hint: ({ published }) => `It publishes ${published.join(", ")}.`,
});

function describePorts(ports: readonly WebPort[]): readonly RelatedPlace[] {
  return ports.slice(0, 3).map(({ service, host, path, span }) => ({
    path,
    span,
    text: `the service \`${service}\` is at the port ${host} here`,
  }));
}
