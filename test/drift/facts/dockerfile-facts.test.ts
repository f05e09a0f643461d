import { expect, test } from "vitest";
import { dockerfileFacts } from "../../../src/drift/facts/dockerfile-facts.ts";
import { observeFacts } from "../observe-facts.ts";

test("images, exposed ports and names of variables, by LF and CRLF", async () => {
  const text = [
    "# FROM comment:1",
    "ARG VERSION=1",
    "FROM --platform=linux/amd64 node:20 AS build",
    "FROM build",
    "FROM scratch",
    "FROM base:${VERSION}",
    "from python:3.12-slim",
    "ENV A=1 B=2",
    "ENV C old style",
    "EXPOSE 5000/tcp 8080 $PORT",
    "",
  ];
  for (const end of ["\n", "\r\n"]) {
    const { facts } = await observeFacts(dockerfileFacts, {
      "docker/Dockerfile.prod": text.join(end),
      ".dockerignore": "FROM x:1\n",
    });
    expect(facts.images.map(({ name, span }) => [name, span?.start.line])).toEqual([
      ["node:20", 3],
      ["python:3.12-slim", 7],
    ]);
    expect([...facts.ports]).toEqual([5000, 8080]);
    expect([...facts.variables].toSorted()).toEqual(["A", "B", "C", "VERSION"]);
  }
});
