import { mdx, type RuleCase } from "./rule-case.ts";

const asking = (tool: string, range: string): string =>
  mdx("Text.\n", `tools:\n  ${tool}: { version: "${range}" }\n`);

/** Cases of the rule for versions that front matter asks for. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "tools/version-differs": {
    files: {
      "pyproject.toml": '[project]\nname = "app"\nrequires-python = ">=3.10,<3.12"\n',
      "runbooks/a.mdx": asking("python", ">=3.12"),
    },
    severity: "warning",
    message: "No version of `python` is in `>=3.12` and in `>=3.10,<3.12` of `pyproject.toml`.",
    hint: "Write a range that holds `>=3.10,<3.12`, or raise it there.",
    at: "runbooks/a.mdx:4:23-4:29",
    related: ["pyproject.toml:3:19-3:33"],
    nearMiss: {
      "runbooks/a.mdx": asking("python", ">=3.11"),
      "services/api/pyproject.toml": '[project]\nname = "api"\nrequires-python = "==3.9.*"\n',
      ".python-version": "3.11.4\n3.13-dev\n",
    },
  },
  "tools/version-differs (a version manager's file)": {
    files: {
      ".tool-versions": "# tools\r\npython 3.12.1\r\nnodejs 18.20.4 20.11.0\r\n",
      "package.json": '{ "engines": { "node": ">=18" } }',
      "runbooks/a.mdx": asking("node", "^22"),
    },
    severity: "warning",
    message: "No version of `node` is in `^22` and in `18.20.4` of `.tool-versions`.",
    hint: "Write a range that holds `18.20.4`, or raise it there.",
    at: "runbooks/a.mdx:4:21-4:24",
    related: [".tool-versions:3:8-3:15"],
    nearMiss: { "runbooks/a.mdx": asking("node", ">=20"), ".nvmrc": "lts/*\n" },
  },
  "tools/version-differs (an image)": {
    files: {
      Dockerfile: "FROM python:3.11-slim AS build\n\nFROM build\n",
      "runbooks/a.mdx": asking("python3", ">=3.12"),
    },
    severity: "info",
    message: "No version of `python3` is in `>=3.12` and in `python:3.11-slim` of `Dockerfile`.",
    hint: "Write a range that holds `python:3.11-slim`, or raise it there.",
    at: "runbooks/a.mdx:4:24-4:30",
    related: ["Dockerfile:1:6-1:22"],
    nearMiss: { Dockerfile: "FROM python:3-slim\nFROM python:3.11\n" },
  },
};
