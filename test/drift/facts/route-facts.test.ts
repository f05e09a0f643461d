import { expect, test } from "vitest";
import { routeFacts, type RouteFacts } from "../../../src/drift/facts/route-facts.ts";
import { observeFacts } from "../observe-facts.ts";

const observe = (
  files: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>> = {},
) => observeFacts(routeFacts, files, { commands });

const namesOf = ({ routes }: RouteFacts): readonly string[] => routes.map(({ name }) => name);

test("paths stand below the base path of each server, and without it", async () => {
  const { facts } = await observe({
    "api/openapi.yml":
      'openapi: 3.1.0\nservers: [{ url: "https://x.example/api/" }, { url: /v2 }]\npaths:\n  /health: {}\n',
  });
  expect(namesOf(facts)).toEqual(["/health", "/api/health", "/v2/health"]);
  expect(facts.routes[0]?.span?.start).toMatchObject({ line: 4, column: 3 });
});

test("Swagger 2 in JSON, indented by tabs", async () => {
  const { facts, problems } = await observe({
    "docs/swagger.json":
      '{\n\t"swagger": "2.0",\n\t"basePath": "/v1",\n\t"paths": {\n\t\t"/a/{id}": {}\n\t}\n}\n',
  });
  expect(problems).toEqual([]);
  expect(namesOf(facts)).toEqual(["/a/{id}", "/v1/a/{id}"]);
});

test("other files of that name, fixtures and broken files are no OpenAPI documents", async () => {
  const { facts, problems } = await observe({
    "swagger.json": '{"name": "x"}',
    "tests/openapi.yaml": "openapi: 3.1.0\npaths: { /a: {} }\n",
    "openapi.yaml": "openapi: [\n",
    "openapi.md": "openapi",
  });
  expect(facts.files).toEqual([]);
  expect(problems.map(({ path }) => path)).toEqual(["openapi.yaml"]);
});

test("a declared command gives routes, whatever form its parameters have", async () => {
  const { facts } = await observe({}, { routes: "/a\r\n/b/<int:id>/c GET\n/d/:id\nnoise\n" });
  expect(facts.declared).toBe("complete");
  expect(namesOf(facts)).toEqual(["/a", "/b/{x}/c", "/d/{x}"]);
});

test("a declared command that prints no route has no answer", async () => {
  expect((await observe({}, { routes: "error\n" })).facts.declared).toBe("failed");
  expect((await observe({})).facts.declared).toBe("none");
});
