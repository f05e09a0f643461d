import { findNearest } from "../../parse/find-nearest.ts";
import { contractVariableClaims, type ContractVariableClaim } from "../claims/contract-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { chooseEnvExample } from "../facts/choose-env-example.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import { dockerfileFacts, type DockerfileFacts } from "../facts/dockerfile-facts.ts";
import { envFacts, type EnvFacts } from "../facts/env-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** Set by platforms, build systems and shells. Sources: the documentation of each. */
const setByPlatform =
  /^(?:PORT|HOST|HOSTNAME|HOME|PATH|USER|SHELL|TZ|LANG|CI|DYNO|PWD|NODE_ENV|(?:RAILWAY|HEROKU|RENDER|FLY|VERCEL|NETLIFY|KUBERNETES|GITHUB|GITLAB|CI|AWS|GOOGLE|AZURE|K|ECS|NOMAD|CF|VCAP|WEBSITE)_\w+)$/;

/** A contract lists a variable that the repository's example of an environment file lacks. */
export const undocumentedVariable = defineClaimRule<
  ContractVariableClaim,
  {
    env: FactSource<EnvFacts>;
    compose: FactSource<ComposeFacts>;
    dockerfiles: FactSource<DockerfileFacts>;
  },
  { name: string; nearest: string | undefined; file: string }
>({
  code: "env/undocumented-variable",
  severity: "warning",
  title: "A contract's variable that the example lacks",
  what: "A contract in front matter lists a variable that is neither in the repository's only example of an environment file (`.env.example`), nor set in a Compose file or a Dockerfile. It is judged only where the example holds at least half of the contract's variables; without a similar name in the example it is information.",
  why: "The names have drifted apart: whoever sets the variables by one list runs into the other.",
  remedy:
    "Correct the name, or add the variable to the example. Variables that platforms set (`PORT`, `RAILWAY_…`) are not judged.",
  example: {
    language: "mdx",
    wrong:
      "---\ntitle: Deploy\ncontracts:\n  service:\n    variables:\n      SECRET_KEY: {}\n      SENTRY_DSM: {}\n      DATABASE_URL: {}\n---",
    right:
      "---\ntitle: Deploy\ncontracts:\n  service:\n    variables:\n      SECRET_KEY: {}\n      SENTRY_DSN: {}\n      DATABASE_URL: {}\n---",
    file: { path: ".env.example", text: "SECRET_KEY=\nSENTRY_DSN=\nDATABASE_URL=\n" },
  },
  claims: contractVariableClaims,
  facts: { env: envFacts, compose: composeFacts, dockerfiles: dockerfileFacts },
  judge({ value: { name, variables, all } }, { env, compose, dockerfiles }) {
    const chosen = chooseEnvExample(env, variables);
    if (chosen.kind === "none") return unjudged(chosen.reason);
    const { example } = chosen;
    if (example.variables.some((variable) => variable.name === name)) return agreed;
    if (compose.services.some(({ environmentNames }) => environmentNames.has(name))) return agreed;
    if (dockerfiles.variables.has(name)) return agreed;
    if (setByPlatform.test(name)) return unjudged("the platform sets it");
    const free = example.variables.filter((variable) => !all.includes(variable.name));
    const nearest = findNearest(
      name,
      free.map((variable) => variable.name),
    );
    const span = free.find((variable) => variable.name === nearest)?.span;
    const text = nearest === undefined ? "the example is here" : `there is \`${nearest}\` here`;
    return differed(
      { name, nearest, file: example.path },
      {
        severity: nearest === undefined ? "info" : "warning",
        related: [{ path: example.path, span, text }],
      },
    );
  },
  message: ({ name, file }) => `\`${file}\` has no variable \`${name}\`.`,
  hint: ({ nearest }) =>
    nearest === undefined ? "Add it there, or remove it here." : `Did you mean \`${nearest}\`?`,
});
