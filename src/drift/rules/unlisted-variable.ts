import { contractClaims, type ContractClaim } from "../claims/contract-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { chooseEnvExample } from "../facts/choose-env-example.ts";
import { envFacts, type EnvFacts } from "../facts/env-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** The repository's example of an environment file has variables that a contract lacks. */
export const unlistedVariable = defineClaimRule<
  ContractClaim,
  { env: FactSource<EnvFacts> },
  { contract: string; names: readonly string[]; file: string }
>({
  code: "env/unlisted-variable",
  severity: "info",
  title: "Variables of the example that a contract lacks",
  what: "The repository's only example of an environment file (`.env.example`) has variables that no contract of the runbook lists. It is judged only where contract and example share at least half of the variables of each.",
  why: "A contract that is not complete says that a place is ready when it is not.",
  remedy:
    "Add the variables to the contract, with `required: false` where the service does without.",
  example: {
    language: "mdx",
    wrong:
      "---\ntitle: Deploy\ncontracts:\n  service:\n    variables:\n      SECRET_KEY: {}\n      DATABASE_URL: {}\n---",
    right:
      "---\ntitle: Deploy\ncontracts:\n  service:\n    variables:\n      SECRET_KEY: {}\n      DATABASE_URL: {}\n      SENTRY_DSN: { required: false }\n---",
    file: { path: ".env.example", text: "SECRET_KEY=\nDATABASE_URL=\nSENTRY_DSN=\n" },
  },
  claims: contractClaims,
  facts: { env: envFacts },
  judge({ value: { contract, variables, all } }, { env }) {
    const chosen = chooseEnvExample(env, variables);
    if (chosen.kind === "none") return unjudged(chosen.reason);
    const { example } = chosen;
    const missing = example.variables.filter(({ name }) => !all.includes(name));
    if (missing.length === 0) return agreed;
    if (missing.length * 2 > example.variables.length) {
      return unjudged("the example of an environment file is about more than this contract");
    }
    const related = missing.slice(0, 3).map(({ name, path, span }) => ({
      path,
      span,
      text: `\`${name}\` is here`,
    }));
    const names = missing.map(({ name }) => name);
    return differed({ contract, names, file: example.path }, { related });
  },
  message: ({ contract, names, file }) =>
    `The contract \`${contract}\` lacks ${names.map((one) => `\`${one}\``).join(", ")} of \`${file}\`.`,
  hint: () => "List them too, with `required: false` where the service does without.",
});
