import { bash, runbook, type RuleCase } from "./rule-case.ts";

const makefile = ".PHONY: deploy lint\n\ndeploy: build\n\t./deploy.sh\n\nbuild lint:\n\tgo $@\n";
const packageFile = `{
  "name": "app",
  "scripts": {
    "migrate": "knex migrate:latest",
    "db:seed": "knex seed:run"
  },
  "devDependencies": { "typescript": "5", "@nestjs/cli": "10" }
}
`;
const pyproject =
  '[tool.poetry]\nname = "members"\n\n[tool.poetry.scripts]\nmembers-export = "members.export:main"\n';

const workflow =
  "name: Deploy to prod\non:\n  workflow_dispatch:\n    inputs:\n      environment: { required: true }\n";

/** Cases of the rules for targets of make, recipes of just, scripts of packages and projects. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "make/unknown-target": {
    files: { Makefile: makefile, "runbooks/a.md": runbook("make -j 4 deply") },
    message: "`Makefile` has no target `deply`.",
    hint: "Did you mean `deploy`?",
    at: "runbooks/a.md:4:11-4:16",
    related: ["Makefile:1:9-1:15"],
    nearMiss: {
      "runbooks/a.md": runbook("make -j 4 deploy VERSION=deply && make -C ../other deply"),
    },
  },
  "make/unknown-target (folder)": {
    files: {
      Makefile: makefile,
      "services/api/Makefile": "include ../../common.mk\ntest:\n",
      "common.mk": "image:\n\tdocker build .\n",
      "runbooks/a.md": runbook("cd services/api\nmake imagee"),
    },
    message: "`services/api/Makefile` has no target `imagee`.",
    hint: "Did you mean `image`?",
    at: "runbooks/a.md:5:6-5:12",
    related: ["common.mk:1:1-1:6"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "cd services/api\nmake image\ncd ../..\nmake -C services/api test\ngit clone https://example.org/x.git && cd x && make other",
      ),
    },
  },
  "make/unknown-target (inline)": {
    files: { Makefile: makefile, "runbooks/a.md": "# Runbook\n\nRun `make relase` first.\n" },
    message: "`Makefile` has no target `relase`.",
    hint: "There is: `deploy`, `lint`, `build`.",
    at: "runbooks/a.md:3:11-3:17",
    related: ["Makefile"],
    nearMiss: { Makefile: `${makefile}rel%:\n\techo $@\n` },
  },
  "just/unknown-recipe": {
    files: {
      justfile:
        'set shell := ["bash", "-c"]\nalias d := deploy\n\ndeploy target="all":\n    ./deploy.sh {{target}}\n',
      "runbooks/a.md": runbook("just deply staging"),
    },
    message: "`justfile` has no recipe `deply`.",
    hint: "Did you mean `deploy`?",
    at: "runbooks/a.md:4:6-4:11",
    related: ["justfile:4:1-4:7"],
    nearMiss: { "runbooks/a.md": runbook("just deploy deply\njust d\njust --list deply") },
  },
  "npm/unknown-script": {
    files: { "package.json": packageFile, "runbooks/a.md": runbook("npm run migrat -- --quick") },
    message: "`package.json` has no script `migrat`.",
    hint: "Did you mean `migrate`?",
    at: "runbooks/a.md:4:9-4:15",
    related: ["package.json:4:5-4:14"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "npm run migrate -- migrat\nnpm ci\nnpm run --if-present migrat\nyarn tsc\nyarn nest\nnpm run --unknown migrat",
      ),
    },
  },
  "npm/unknown-script (yarn, by its colon)": {
    files: { "package.json": packageFile, "runbooks/a.md": runbook("yarn db:sed") },
    message: "`package.json` has no script `db:sed`.",
    hint: "Did you mean `db:seed`?",
    at: "runbooks/a.md:4:6-4:12",
    related: ["package.json:5:5-5:14"],
    nearMiss: { "runbooks/a.md": runbook("yarn db:seed\nyarn run migrate") },
  },
  "npm/unknown-script (workspace)": {
    files: {
      "package.json": '{ "workspaces": ["packages/*"], "scripts": { "build": "x" } }',
      "packages/api/package.json": '{ "name": "@app/api", "scripts": { "seed": "x" } }',
      "runbooks/a.md": runbook("npm run build --workspace @app/api"),
    },
    message: "`packages/api/package.json` has no script `build`.",
    hint: "There is: `seed`.",
    at: "runbooks/a.md:4:9-4:14",
    related: ["packages/api/package.json"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "npm run build\nnpm -w packages/api run seed\npnpm --dir packages/api run seed",
      ),
    },
  },
  "poetry/unknown-script": {
    files: {
      "pyproject.toml": pyproject,
      "runbooks/a.md": runbook("poetry run members-exprt --all"),
    },
    message: "`pyproject.toml` has no script `members-exprt`.",
    hint: "Did you mean `members-export`?",
    at: "runbooks/a.md:4:12-4:25",
    related: ["pyproject.toml:5:1-5:15"],
    nearMiss: {
      "runbooks/a.md": `${runbook("poetry run members-export\npoetry run alembic upgrade head")}\n${bash("docker compose exec api poetry run members-exprt")}`,
    },
  },
  "ci/unknown-workflow": {
    files: {
      ".github/workflows/deploy.yml": workflow,
      "runbooks/a.md": runbook("gh workflow run deploi.yml --ref main"),
    },
    message: "The repository has no workflow `deploi.yml`.",
    hint: "Did you mean `deploy.yml`?",
    at: "runbooks/a.md:4:17-4:27",
    related: [".github/workflows/deploy.yml:1:7-1:21"],
    // Files that cannot be read, and empty ones, are there all the same.
    nearMiss: {
      ".github/workflows/broken.yml": "on: [\n",
      ".github/workflows/empty.yml": "",
      "runbooks/a.md": runbook(
        'gh workflow run deploy.yml\ngh workflow view "deploy to prod"\ngh run list -w deploy.yml\ngh workflow run other.yml -R acme/other\ngh workflow run broken.yml\ngh workflow run empty.yml',
      ),
    },
  },
  "ci/unknown-input": {
    files: {
      ".github/workflows/deploy.yml": workflow,
      "runbooks/a.md": runbook('gh workflow run deploy.yml -f "enviroment=$TARGET"'),
    },
    message: "`.github/workflows/deploy.yml` has no input `enviroment`.",
    hint: "Did you mean `environment`?",
    at: "runbooks/a.md:4:32-4:42",
    related: [".github/workflows/deploy.yml:5:7-5:18"],
    nearMiss: {
      "runbooks/a.md": runbook("gh workflow run deploy.yml -f environment=enviroment"),
    },
  },
  "procfile/unknown-process": {
    files: {
      Procfile: "web: gunicorn app:app\nworker: celery -A app worker\n",
      "runbooks/a.md": runbook('heroku ps:scale web=1 wroker="$COUNT" -a app'),
    },
    message: "`Procfile` has no process `wroker`.",
    hint: "Did you mean `worker`?",
    at: "runbooks/a.md:4:23-4:29",
    related: ["Procfile:2:1-2:7"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "heroku ps:scale web=1 worker=2\nheroku ps:restart scheduler.1\nforeman start -f Procfile.dev wroker",
      ),
    },
  },
};
