import { mdx, type RuleCase } from "./rule-case.ts";

const fact = (of: string, value: string): string => `<Fact of="${of}">${value}</Fact>`;
const packageFile = '{\n\t"name": "app",\n\t"version": "1.4.0"\n}\n';
const compose = "services:\n  db:\n    image: postgres:15\n    ports: [5433]\n";

/** Cases of the rules for values that documents quote. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "facts/differs": {
    files: {
      "package.json": packageFile,
      "runbooks/a.mdx": mdx(`Version ${fact("package.json#version", "v1.3.0")} is live.\n`),
    },
    message: "The fact is `v1.3.0` here, and `1.4.0` in `package.json#version`.",
    hint: "Write `1.4.0`; `opswright check --fix` does it.",
    at: "runbooks/a.mdx:5:41-5:47",
    related: ["package.json:3:13-3:20"],
    fixed: mdx(`Version ${fact("package.json#version", "v1.4.0")} is live.\n`),
    nearMiss: {
      "runbooks/a.mdx": mdx(`Version ${fact("package.json#version", "v1.4.0")} is live.\n`),
    },
  },
  "facts/differs (lines of its own, a list's item)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.mdx": mdx(
        `${fact("docker-compose.yml#services.db.ports.0", "\n\n  `5432`\n\n")}\n`,
      ),
    },
    message: "The fact is `5432` here, and `5433` in `docker-compose.yml#services.db.ports.0`.",
    hint: "Write `5433`; `opswright check --fix` does it.",
    at: "runbooks/a.mdx:7:4-7:8",
    related: ["docker-compose.yml:4:13-4:17"],
    fixed: mdx(`${fact("docker-compose.yml#services.db.ports.0", "\n\n  `5433`\n\n")}\n`),
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `${fact("docker-compose.yml#services.db.ports.0", "\n\n  `5433`\n\n")}\n\n${fact("docker-compose.yml#services.db.ports", "5432")}\n`,
      ),
    },
  },
  "facts/differs (TOML, a number as it is written)": {
    files: {
      "pyproject.toml": "[project]\nname = 'app'\n\n[tool.app]\nlevel = 1.10 # percent\n",
      "runbooks/a.mdx": mdx(`It is ${fact("pyproject.toml#tool.app.level", "1.2")}.\n`),
    },
    message: "The fact is `1.2` here, and `1.10` in `pyproject.toml#tool.app.level`.",
    hint: "Write `1.10`; `opswright check --fix` does it.",
    at: "runbooks/a.mdx:5:48-5:51",
    related: ["pyproject.toml:5:9-5:13"],
    fixed: mdx(`It is ${fact("pyproject.toml#tool.app.level", "1.10")}.\n`),
    nearMiss: {
      "runbooks/a.mdx": mdx(`It is ${fact("pyproject.toml#tool.app.level", "1.10")}.\n`),
    },
  },
  "facts/differs (a whole file of the subject)": {
    files: {
      "opswright.config.json": '{ "subjects": [{ "runbooks": "a", "folder": "app" }] }',
      "app/VERSION": "0.9.4-alpha\r\n",
      VERSION: "2\n",
      "runbooks/a.mdx": mdx(`It is *${fact("VERSION", "0.9.3-alpha")}*.\n`),
    },
    message: "The fact is `0.9.3-alpha` here, and `0.9.4-alpha` in `VERSION`.",
    hint: "Write `0.9.4-alpha`; `opswright check --fix` does it.",
    at: "runbooks/a.mdx:5:27-5:38",
    related: ["app/VERSION"],
    fixed: mdx(`It is *${fact("VERSION", "0.9.4-alpha")}*.\n`),
    nearMiss: { "app/VERSION": "0.9.3-alpha\n" },
  },
  "facts/differs (a declared command)": {
    files: {
      "opswright.config.json": '{ "facts": { "heads": { "run": "echo 0004_notes" } } }',
      "runbooks/a.mdx": mdx(`The head is ${fact("command:heads", "0003_stripe")}.\n`),
    },
    args: ["check", "--observe", "commands"],
    message: "The fact is `0003_stripe` here, and `0004_notes` in `command:heads`.",
    hint: "Write `0004_notes`; `opswright check --fix` does it.",
    at: "runbooks/a.mdx:5:38-5:49",
    fixed: mdx(`The head is ${fact("command:heads", "0004_notes")}.\n`),
    nearMiss: { "opswright.config.json": '{ "facts": { "heads": { "run": "exit 3" } } }' },
  },
  "facts/unknown-source": {
    files: {
      "package.json": packageFile,
      "runbooks/a.mdx": mdx(`Version ${fact("package.json#verison", "1.4.0")} is live.\n`),
    },
    message: "`package.json` has no key `verison` there.",
    hint: "Did you mean `version`?",
    at: "runbooks/a.mdx:5:19-5:39",
    related: ["package.json"],
    nearMiss: {
      "package.json": '{ "verison": null }',
    },
  },
  "facts/unknown-source (file)": {
    files: {
      "openapi.yaml": "info: { version: 1.0.0 }\n",
      ".gitignore": "secret.yaml\n",
      "secret.yaml": "version: 1.0.0\n",
      "runbooks/a.mdx": mdx(`Version ${fact("secret.yaml#version", "1.0.0")}.\n`),
    },
    message: "There is no file `secret.yaml` in the repository.",
    hint: "Write the path of a file that git tracks.",
    at: "runbooks/a.mdx:5:19-5:38",
    nearMiss: { "runbooks/a.mdx": mdx(`Version ${fact("openapi.yaml#info.version", "1.0.0")}.\n`) },
  },
  "facts/unknown-source (command)": {
    files: {
      "opswright.config.json": '{ "facts": { "heads": { "run": "exit 1" } } }',
      "runbooks/a.mdx": mdx(`The head is ${fact("command:haeds", "x")}.\n`),
    },
    message: "The configuration declares no command `haeds` under `facts`.",
    hint: "Did you mean `heads`?",
    at: "runbooks/a.mdx:5:23-5:36",
    nearMiss: { "runbooks/a.mdx": mdx(`The head is ${fact("command:heads", "x")}.\n`) },
  },
};
