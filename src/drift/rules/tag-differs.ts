import { imageClaims, type ImageClaim } from "../claims/image-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import { dockerfileFacts, type DockerfileFacts } from "../facts/dockerfile-facts.ts";
import { kubernetesFacts, type KubernetesFacts } from "../facts/kubernetes-facts.ts";
import { areTagsCompatible, readImageReference } from "../image-reference.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** Images for passing tasks, whose tag nobody keeps in step. */
const toolImages = new Set(
  "alpine busybox ubuntu debian fedora centos hello-world curlimages/curl nicolaka/netshoot".split(
    " ",
  ),
);

/** A command runs an image with another tag than the repository's files. */
export const tagDiffers = defineClaimRule<
  ImageClaim,
  {
    compose: FactSource<ComposeFacts>;
    dockerfiles: FactSource<DockerfileFacts>;
    kubernetes: FactSource<KubernetesFacts>;
  },
  { name: string; tag: string; tags: readonly string[] }
>({
  code: "image/tag-differs",
  severity: "warning",
  title: "Another tag of an image than the repository's",
  what: "A command runs or pulls an image with a tag, and every Compose file, Dockerfile and manifest that uses this image has another one. `15`, `15.4` and `15-alpine` go together; `latest` is not judged, nor is a tag that a command brings (`docker push`, `kubectl set image`).",
  why: "A dump of PostgreSQL 15 that `pg_dump` of 13 refuses to take is found out when it is needed.",
  remedy: "Write the tag that the repository's files have.",
  example: {
    language: "bash",
    wrong: "docker run --rm postgres:13 pg_dump --version",
    right: "docker run --rm postgres:15 pg_dump --version",
    file: { path: "docker-compose.yml", text: "services:\n  db:\n    image: postgres:15\n" },
  },
  claims: imageClaims,
  facts: { compose: composeFacts, dockerfiles: dockerfileFacts, kubernetes: kubernetesFacts },
  judge({ value: { name, tag, isNew } }, { compose, dockerfiles, kubernetes }) {
    const written = [
      ...compose.services.flatMap(({ image }) => image ?? []),
      ...dockerfiles.images,
      ...kubernetes.images,
    ];
    const same = written.flatMap((place) => {
      const image = readImageReference(place.name);
      return image?.name === name ? [{ place, tag: image.tag ?? "latest" }] : [];
    });
    if (same.length === 0) return unjudged("no file of the repository uses that image");
    if (same.some((image) => areTagsCompatible(image.tag, tag))) return agreed;
    if (isNew) return unjudged("the command brings the tag");
    if (toolImages.has(name)) return unjudged("its tag is of no account");
    if (tag === "latest" || same.some((image) => !/\d/u.test(image.tag))) {
      return unjudged("a tag without a version can be any");
    }
    const related = same.slice(0, 3).map(({ place }) => ({
      path: place.path,
      span: place.span,
      text: `it is \`${place.name}\` here`,
    }));
    return differed({ name, tag, tags: [...new Set(same.map((image) => image.tag))] }, { related });
  },
  message: ({ name, tag }) => `No file of the repository uses \`${name}\` with the tag \`${tag}\`.`,
  hint: ({ tags }) => `It is used with ${tags.map((one) => `\`${one}\``).join(", ")}.`,
});
