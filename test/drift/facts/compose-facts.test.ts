import { describe, expect, test } from "vitest";
import { composeFacts } from "../../../src/drift/facts/compose-facts.ts";
import type { ComposeService } from "../../../src/drift/facts/compose-service.ts";
import { observeFacts } from "../observe-facts.ts";

const observe = (files: Readonly<Record<string, string>>) => observeFacts(composeFacts, files);

async function readService(lines: string, name = "api"): Promise<ComposeService> {
  const { facts, problems } = await observe({ "compose.yaml": `services:\n${lines}` });
  expect(problems).toEqual([]);
  const found = facts.services.find((service) => service.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

const portsOf = ({ ports }: ComposeService): readonly (readonly (number | undefined)[])[] =>
  ports.map(({ host, container }) => [host, container]);

const environmentOf = ({ environment }: ComposeService): Readonly<Record<string, string>> =>
  Object.fromEntries([...environment].map(([name, value]) => [name, value.name]));

describe("ports of a service", () => {
  test.each([
    ["5000:5000", [[5000, 5000]]],
    ["8080:5000/tcp", [[8080, 5000]]],
    ["127.0.0.1:8080:5000", [[8080, 5000]]],
    ["[::1]:8080:5000", [[8080, 5000]]],
    ["5000", [[undefined, 5000]]],
    [
      "8000-8002:80-82",
      [
        [8000, 80],
        [8001, 81],
        [8002, 82],
      ],
    ],
    [
      "8000-8001:80",
      [
        [8000, 80],
        [8001, 80],
      ],
    ],
    ["${PORT:-8080}:5000", [[8080, 5000]]],
    ["${PORT:-${OTHER:-8080}}:5000", [[8080, 5000]]],
  ])("%s", async (text, expected) => {
    const service = await readService(`  api:\n    ports: ["${text}"]\n`);
    expect(portsOf(service)).toEqual(expected);
    expect(service.arePortsOpen).toBe(false);
  });

  test("in the long form, with a range", async () => {
    const service = await readService(
      "  api:\n    ports:\n      - { target: 80, published: '8080-8081', protocol: tcp }\n      - { target: 90 }\n",
    );
    expect(portsOf(service)).toEqual([
      [8080, 80],
      [8081, 80],
      [undefined, 90],
    ]);
  });

  test.each([
    "    ports: ['${PORT}:5000']",
    "    network_mode: host",
    "    extends: { file: base.yml, service: x }",
  ])("are not all known with %s", async (line) => {
    expect((await readService(`  api:\n${line}\n`)).arePortsOpen).toBe(true);
  });

  test("a range as long as a mistake is cut", async () => {
    const service = await readService('  api:\n    ports: ["1-60000:1-60000"]\n');
    expect(service.ports).toHaveLength(1000);
  });
});

describe("the environment of a service", () => {
  test("as a list, with names that are only passed on", async () => {
    const service = await readService("  api:\n    environment: [A=1, 'B=x=y', C, 'D=${E}']\n");
    expect(environmentOf(service)).toEqual({ A: "1", B: "x=y" });
    expect([...service.environmentNames]).toEqual(["A", "B", "C", "D"]);
    expect(service.isEnvironmentOpen).toBe(false);
  });

  test("through anchors and merge keys, placed where it is written", async () => {
    const text =
      "x-base: &base\n  environment: &env\n    A: one\nservices:\n  api:\n    <<: *base\n  job:\n    environment: *env\n  web:\n    environment:\n      <<: *env\n      A: two\n";
    const { facts } = await observe({ "compose.yaml": text });
    expect(facts.services.map(environmentOf)).toEqual([{ A: "one" }, { A: "one" }, { A: "two" }]);
    const lines = facts.services.map((one) => one.environment.get("A")?.span?.start.line);
    expect(lines).toEqual([3, 3, 12]);
  });

  test("with what it extends in the same file", async () => {
    const service = await readService(
      "  base:\n    image: x\n    environment: { A: 1, B: 1 }\n  api:\n    extends: { service: base }\n    environment: { B: 2 }\n",
    );
    expect(environmentOf(service)).toEqual({ A: "1", B: "2" });
    expect(service.image?.span?.start.line).toBe(3);
  });

  test("a later layer that sets a variable to something unknown hides the value", async () => {
    const service = await readService(
      "  base:\n    environment: { A: 1 }\n  api:\n    extends: base\n    environment: { A: '${A}' }\n",
    );
    expect(service.environment.has("A")).toBe(false);
    expect(service.environmentNames.has("A")).toBe(true);
  });

  test("services that extend each other end", async () => {
    const service = await readService("  api:\n    extends: web\n  web:\n    extends: api\n");
    expect(service.isEnvironmentOpen).toBe(false);
  });

  test("is open with env_file", async () => {
    const service = await readService("  api:\n    env_file: .env\n");
    expect(service.isEnvironmentOpen).toBe(true);
  });
});

test("scripts that an image of a database runs first are seen in both forms of volumes", async () => {
  const short = await readService("  api:\n    volumes: ['./i:/docker-entrypoint-initdb.d:ro']\n");
  const long = await readService(
    "  api:\n    volumes:\n      - { type: bind, source: ./i.sql, target: /docker-entrypoint-initdb.d/i.sql }\n",
  );
  const none = await readService("  api:\n    volumes: ['data:/var/lib/postgresql/data']\n");
  expect([short, long, none].map(({ hasInitScripts }) => hasInitScripts)).toEqual([
    true,
    true,
    false,
  ]);
});

test("a container's name that is a variable is open", async () => {
  const service = await readService("  api:\n    container_name: '${NAME}'\n");
  expect([service.container, service.isContainerNameOpen]).toEqual([undefined, true]);
});

test("files are found in any folder, those of examples are aside", async () => {
  const text = "services: { api: {} }\n";
  const { facts } = await observe({
    "docker-compose.prod.yml": text,
    "deploy/compose.yaml": text,
    "examples/kafka/docker-compose.yml": text,
    "composer.yml": text,
    "docs/compose-guide.md": text,
  });
  expect(facts.services.map(({ path, isAside }) => [path, isAside])).toEqual([
    ["deploy/compose.yaml", false],
    ["docker-compose.prod.yml", false],
    ["examples/kafka/docker-compose.yml", true],
  ]);
});

test("CRLF keeps lines and columns", async () => {
  const { facts } = await observe({
    "compose.yaml": "services:\r\n  api:\r\n    container_name: ip2a-api\r\n",
  });
  const [service] = facts.services;
  expect(service?.container).toMatchObject({
    name: "ip2a-api",
    span: { start: { line: 3, column: 21 }, end: { line: 3, column: 29 } },
  });
});

test("a file that does not parse is a problem, and the others are read", async () => {
  const { facts, problems } = await observe({
    "compose.yaml": "services:\n  api: [\n",
    "deploy/compose.yaml": "services:\n  web: {}\n",
  });
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["repository/unreadable-file", "compose.yaml"],
  ]);
  expect(facts.services.map(({ name }) => name)).toEqual(["web"]);
});

test.each([
  "",
  "[]",
  "services: []",
  "services:\n  api:",
  "services:\n  api: text\n",
  "42",
  "services: { api: { ports: 5, environment: 7, volumes: x, extends: [] } }",
])("what is no Compose file gives nothing and no problem: %j", async (text) => {
  const { facts, problems } = await observe({ "compose.yaml": text });
  expect(problems).toEqual([]);
  expect(facts.services.flatMap(({ ports }) => ports)).toEqual([]);
});

test("an enormous file is read", async () => {
  const services = Array.from(
    { length: 3000 },
    (_, index) => `  s${index}:\n    ports: ["${index + 1000}:80"]\n`,
  );
  const { facts } = await observe({ "compose.yaml": `services:\n${services.join("")}` });
  expect(facts.services).toHaveLength(3000);
  expect(facts.services.at(-1)?.ports[0]?.host).toBe(3999);
});
