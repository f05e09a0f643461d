import { findNearest } from "../../parse/find-nearest.ts";
import { poetryScriptClaims, type PoetryScriptClaim } from "../claims/poetry-script-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import type { FactSource } from "../fact-source.ts";
import { pyprojectFacts, type PyprojectFacts } from "../facts/pyproject-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { isLikelyProgram } from "./is-likely-program.ts";
import { suggestName } from "./suggest-name.ts";

/** A command runs something by poetry that is nearly a script of the project. */
export const unknownPoetryScript = defineClaimRule<
  PoetryScriptClaim,
  { pyproject: FactSource<PyprojectFacts> },
  { script: string; file: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "poetry/unknown-script",
  severity: "error",
  title: "A script that the Python project does not have",
  what: "A command runs a script by `poetry run` whose name is nearly that of a script of `pyproject.toml`, and is none.",
  why: "The command stops with `Command not found`. What is like no script is not judged: it can be a program that a dependency brings.",
  remedy: "Write the script's name as `pyproject.toml` has it.",
  example: {
    language: "bash",
    wrong: "poetry run members-exprt",
    right: "poetry run members-export",
    file: {
      path: "pyproject.toml",
      text: '[tool.poetry.scripts]\nmembers-export = "members.export:main"\n',
    },
  },
  claims: poetryScriptClaims,
  facts: { pyproject: pyprojectFacts },
  judge({ value: { script, start } }, { pyproject }) {
    const place = settlePlace(start, pyproject.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const { projects } = pyproject;
    if (projects.some(({ scripts }) => scripts.some(({ name }) => name === script))) return agreed;
    const own = projects.find(({ folder }) => folder === place.folders[0]);
    if (own === undefined) return unjudged("there is no `pyproject.toml` where it is started");
    const known = own.scripts.map(({ name }) => name);
    const dependencies = projects.flatMap((project) => project.dependencies);
    if (isLikelyProgram(script, known, dependencies)) {
      return unjudged("it can be a program of a dependency");
    }
    const nearest = findNearest(script, known);
    const near = own.scripts.find(({ name }) => name === nearest);
    return differed(
      { script, file: own.path, nearest, known },
      {
        related: [
          {
            path: own.path,
            span: near?.span,
            text: near === undefined ? "the project" : `the script \`${near.name}\` is here`,
          },
        ],
      },
    );
  },
  message: ({ script, file }) => `\`${file}\` has no script \`${script}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});
