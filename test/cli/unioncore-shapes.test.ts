import { expect, test } from "vitest";
import type { DiagnosticsDocument } from "../../src/report/diagnostics-to-json.ts";
import { createProject } from "./run-opswright.ts";

/** The shapes of drift that UnionCore's own history had, all in one repository. */
const files = {
  "docker-compose.yml": `services:
  db:
    image: postgres:15
    container_name: ip2a-db
    environment:
      POSTGRES_USER: ip2a_user
      POSTGRES_DB: ip2a_db
  api:
    build: .
    ports:
      - "5000:5000"
`,
  "runbooks/README.md": `# Runbooks

- [Back up and restore](backup.md)
- [Deploy](deployment.md)
- [Respond to an incident](incident.md)
`,
  "runbooks/backup.md": `# Back up and restore

\`\`\`bash
docker exec ip2a-db pg_dump -U postgres ip2a_db > backup.sql
\`\`\`
`,
  "runbooks/deployment.md": `# Deploy

\`\`\`bash
cp .env.compose.example .env.compose
docker-compose up -d
curl --fail http://localhost:5000/health
\`\`\`
`,
  "runbooks/incident.md": `# Respond to an incident

\`\`\`bash
curl --fail http://localhost:8000/health
\`\`\`
`,
  "runbooks/recovery.md": `# Recover from a disaster

\`\`\`bash
docker-compose ps
\`\`\`
`,
};

test("each shape of drift is found, with its line on both sides, and nothing else is", async () => {
  await using project = await createProject(files);
  const call = await project.run(["check", "--observe", "none", "--json"], { isRaw: true });
  const { diagnostics } = JSON.parse(call.stdout) as DiagnosticsDocument;
  const told = diagnostics
    .filter(({ severity }) => severity !== "info")
    .map(({ code, path, line, related }) => ({
      code,
      at: `${path}:${line}`,
      related: related.map((place) =>
        place.line === null ? place.path : `${place.path}:${place.line}`,
      ),
    }));
  expect(told).toEqual([
    {
      code: "runbooks/missing-from-index",
      at: expect.stringMatching(/^runbooks\/README\.md:\d$/u) as string,
      related: [expect.stringMatching(/^runbooks\/recovery\.md/u) as string],
    },
    {
      code: "compose/unknown-user",
      at: "runbooks/backup.md:4",
      related: ["docker-compose.yml:6"],
    },
    { code: "files/missing-path", at: "runbooks/deployment.md:4", related: [] },
    {
      code: "http/unpublished-port",
      at: "runbooks/incident.md:4",
      related: ["docker-compose.yml:11"],
    },
  ]);
  expect(call.exitCode).toBe(5);
});

test("each is shown with both lines of text", async () => {
  await using project = await createProject(files);
  const { stdout } = await project.run(["check", "--observe", "none", "--quiet"]);
  for (const line of [
    "4 | docker exec ip2a-db pg_dump -U postgres ip2a_db > backup.sql",
    "6 |       POSTGRES_USER: ip2a_user",
    "4 | curl --fail http://localhost:8000/health",
    '11 |       - "5000:5000"',
    "4 | cp .env.compose.example .env.compose",
    "--> runbooks/recovery.md",
  ]) {
    expect(stdout).toContain(line);
  }
});
