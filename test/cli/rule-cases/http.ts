import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

const compose = (port: string): string =>
  `services:\n  api:\n    build: .\n    ports:\n      - "${port}"\n  db:\n    image: postgres:15\n    ports: ["5432:5432"]\n`;
const openApi = `openapi: "3.1.0"
servers: [{ url: "https://ip2a.example/api" }]
paths:
  /health:
    get: {}
  /members/{id}/dues:
    get: {}
`;
const inputs =
  "inputs:\n  APP_URL: { type: url, required: true }\n  LOCAL_PORT: { type: int, default: 8000 }\n";
const check = (url: string): string => runbook(`curl --fail ${url}`);

/** Cases of the rules for addresses of services. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "http/unpublished-port": {
    files: {
      "docker-compose.yml": compose("127.0.0.1:${API_PORT:-5000}:5000"),
      "runbooks/a.md": check("http://localhost:8000/health"),
    },
    severity: "warning",
    message: "No Compose file publishes the port 8000.",
    hint: "It publishes 5000.",
    at: "runbooks/a.md:4:13-4:41",
    related: ["docker-compose.yml:5:9-5:43"],
    nearMiss: { "runbooks/a.md": check("http://localhost:5000/health") },
  },
  "http/unpublished-port (of one document in two)": {
    files: {
      "docker-compose.yml": compose("5000:5000"),
      "runbooks/a.md": check("-s 'http://127.0.0.1:8000/health'"),
      "runbooks/b.md": check("localhost:5000/health"),
    },
    severity: "warning",
    message: "No Compose file publishes the port 8000.",
    hint: "It publishes 5000.",
    at: "runbooks/a.md:4:17-4:45",
    related: ["docker-compose.yml:5:9-5:20"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker compose exec api curl http://127.0.0.1:8000/health\nssh prod.example 'curl http://127.0.0.1:8000/health'",
      ),
    },
  },
  "http/unpublished-port (the container's own)": {
    files: {
      "docker-compose.yml": compose("8080:5000"),
      "runbooks/a.md": "# Runbook\n\nOpen http://localhost:5000, or `http://localhost:8080/x`.\n",
    },
    severity: "warning",
    message: "The port 5000 is the container's own, and is not published under that number.",
    hint: "It publishes 8080.",
    at: "runbooks/a.md:3:6-3:27",
    related: ["docker-compose.yml:5:9-5:20"],
    nearMiss: {
      "runbooks/a.md": `# Runbook\n\n${bash("kubectl port-forward svc/api 5000:80")}\nOpen http://localhost:5000.\n`,
    },
  },
  "http/unpublished-port (a variable)": {
    files: {
      "docker-compose.yml": compose("5000:5000"),
      "runbooks/a.mdx": mdx(bash('curl "http://localhost:$LOCAL_PORT/health"'), inputs),
    },
    severity: "warning",
    message: "No Compose file publishes the port 8000.",
    hint: "It publishes 5000.",
    at: "runbooks/a.mdx:9:7-9:42",
    related: ["docker-compose.yml:5:9-5:20"],
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          'flask run --port "$LOCAL_PORT" &\ncurl "http://localhost:$LOCAL_PORT/health"\ncurl "http://localhost:$OTHER/"',
        ),
        inputs,
      ),
    },
  },
  "http/port-disagreement": {
    files: {
      "runbooks/a.md": check("http://localhost:5000/health"),
      "runbooks/b.md": check("http://localhost:8000/health"),
    },
    severity: "warning",
    message: "`/health` is at the port 8000 here, and at 5000 in `runbooks/a.md`.",
    hint: "Find out which one holds, and write it in both documents.",
    at: "runbooks/b.md:4:13-4:41",
    related: ["runbooks/a.md:4:13-4:41"],
    nearMiss: { "docker-compose.yml": compose("5000:5000") },
  },
  "http/port-disagreement (of three)": {
    files: {
      "runbooks/a.md": check("http://localhost:8000/health"),
      "runbooks/b.md": check("http://localhost:5000/health"),
      "runbooks/c.md": check("http://localhost:5000/health/"),
    },
    severity: "warning",
    message: "`/health` is at the port 8000 here, and at 5000 in `runbooks/b.md`.",
    hint: "Find out which one holds, and write it in both documents.",
    at: "runbooks/a.md:4:13-4:41",
    related: ["runbooks/b.md:4:13-4:41"],
    nearMiss: { "runbooks/c.md": check("http://localhost:7000/health") },
  },
  "http/unknown-route": {
    files: {
      "docs/openapi.yaml": openApi,
      "runbooks/a.mdx": mdx(bash('curl "$APP_URL/api/helth"'), inputs),
    },
    severity: "warning",
    message: "`docs/openapi.yaml` describes no path `/api/helth`.",
    hint: "Did you mean `/api/health`?",
    at: "runbooks/a.mdx:9:7-9:25",
    related: ["docs/openapi.yaml:4:3-4:10"],
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          'curl "$APP_URL/api/health"\ncurl "http://localhost:5000/members/$ID/dues?year=2026"\ncurl "$APP_URL/static/logo.svg"',
        ),
        inputs,
      ),
    },
  },
  "http/unknown-route (of a sibling)": {
    files: {
      "swagger.json": '{"swagger": "2.0", "basePath": "/v1", "paths": {\n\t"/members": {}\n}}\n',
      "runbooks/a.md": check("http://localhost:5000/v1/invoices"),
    },
    severity: "warning",
    message: "`swagger.json` describes no path `/v1/invoices`.",
    hint: "Write a path that it has, or describe this one there.",
    at: "runbooks/a.md:4:13-4:46",
    related: ["swagger.json:2:2-2:12"],
    nearMiss: { "other/swagger.json": '{"swagger": "2.0", "paths": {}}' },
  },
  "http/unknown-route (below a parameter)": {
    files: {
      "openapi.yaml": "openapi: 3.0.3\npaths:\n  /v1/files/{name}: {}\n",
      "runbooks/a.md": check("http://localhost:5000/v1/files/a/b.txt"),
    },
    severity: "warning",
    message: "`openapi.yaml` describes no path `/v1/files/a/b.txt`.",
    hint: "Write a path that it has, or describe this one there.",
    at: "runbooks/a.md:4:13-4:51",
    related: ["openapi.yaml:3:3-3:19"],
    nearMiss: { "openapi.yaml": "openapi: 3.0.3\npaths:\n  /v1/files/{path}: {}\n" },
  },
  "http/unknown-route (declared)": {
    files: {
      "opswright.config.json": JSON.stringify({
        facts: { routes: { run: "printf '/health\\n/members/<int:id>\\n'" } },
      }),
      "runbooks/a.mdx": mdx(bash('curl "$APP_URL/dues"'), inputs),
    },
    args: ["check", "--observe", "commands"],
    severity: "warning",
    message: "The service has no path `/dues`.",
    hint: "Write a path that it has, or describe this one there.",
    at: "runbooks/a.mdx:9:7-9:20",
    nearMiss: { "runbooks/a.mdx": mdx(bash('curl "$APP_URL/members/7"'), inputs) },
  },
};
