import { runbook, type RuleCase } from "./rule-case.ts";

/** Cases of the rules for images. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "image/tag-differs": {
    files: {
      "docker-compose.yml": "services:\n  db:\n    image: postgres:15\n",
      "runbooks/a.md": runbook('docker run --rm -v "$PWD:/out" postgres:13 pg_dump --version'),
    },
    severity: "warning",
    message: "No file of the repository uses `postgres` with the tag `13`.",
    hint: "It is used with `15`.",
    at: "runbooks/a.md:4:32-4:43",
    related: ["docker-compose.yml:3:12-3:23"],
    nearMiss: {
      "runbooks/a.md": runbook(
        'docker run --rm postgres:15.4-alpine true\ndocker pull postgres\ndocker pull "postgres:$TAG"\ndocker pull ghcr.io/postgres:13\ndocker pull redis:7\ndocker push postgres:16',
      ),
    },
  },
  "image/tag-differs (Dockerfile and manifest)": {
    files: {
      Dockerfile:
        "ARG BASE=x\nFROM --platform=linux/amd64 node:20-slim AS build\nFROM build\nFROM ${BASE}\n",
      "deploy/web.yaml":
        'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - image: "docker.io/library/node:20"\n',
      "runbooks/a.md": runbook("docker pull node:18"),
    },
    severity: "warning",
    message: "No file of the repository uses `node` with the tag `18`.",
    hint: "It is used with `20-slim`, `20`.",
    at: "runbooks/a.md:4:13-4:20",
    related: ["Dockerfile:2:29-2:41", "deploy/web.yaml:7:15-7:40"],
    nearMiss: {
      "runbooks/a.md": runbook("kubectl set image pod/web web=node:18\ndocker pull node:20.1"),
    },
  },
};
