import { namesInCondition } from "../../compile/read-condition.ts";
import { knownVariables } from "../../compile/known-variables.ts";
import type { ProcedureItem, Runbook, Step } from "../../model/runbook.ts";
import { collectRunbooks } from "../../plan/bind-inputs.ts";
import { defineProjectRule, type ProjectDocument } from "../rule.ts";

/** An input that nothing uses. */
export const unusedInput = defineProjectRule<{ name: string; mayBeRead: boolean }>({
  code: "inputs/unused",
  severity: "warning",
  title: "An input that nothing uses",
  what: "The front matter declares an input, and no step, condition, choice or other key names it, here or in a runbook that is included: inputs are passed on to those. It is information where a step starts a program of the project's own (`make`, `./deploy.sh`, `docker compose`), which may read the variable from its environment. Variables that well-known programs read (`PGHOST`, `AWS_PROFILE`) are not looked at.",
  why: "Its reader is asked for a value, believes that it matters, and it does nothing. Most often the step that used it was changed.",
  remedy:
    'Remove the input, or use it. Where a program reads it from its environment, write that down where the program is called: `VERSION="$VERSION" make deploy`.',
  example: {
    language: "mdx",
    wrong:
      "---\ntitle: Revert\ninputs:\n  COMMIT: { type: git-ref, required: true }\n---\n\n```bash\ngit revert --no-edit HEAD\n```",
    right:
      '---\ntitle: Revert\ninputs:\n  COMMIT: { type: git-ref, required: true }\n---\n\n```bash\ngit revert --no-edit "$COMMIT"\n```',
  },
  check({ documents, runbooks }, report) {
    const known = new Map([...runbooks].map(([id, value]) => [id, { value, diagnostics: [] }]));
    for (const document of documents) {
      const { path, runbook, frontMatter } = document;
      // Those of a plain document that nobody declared are made of what its commands read.
      const names = Object.keys(runbook.frontMatter.inputs ?? {}).filter(
        (name) => frontMatter?.spans.has(`inputs.${name}`) === true && !isReadByPrograms(name),
      );
      if (names.length === 0) continue;
      const all = collectRunbooks(runbook, known);
      if (includesUnknown(all, runbooks)) continue;
      const used = collectWords(document, all);
      const mayBeRead = all.some(({ steps }) => steps.some(startsOwnProgram));
      for (const name of names) {
        if (used.has(name) || isInOtherKeys(name, runbook)) continue;
        report(
          { name, mayBeRead },
          { path, span: frontMatter?.spans.get(`inputs.${name}`) },
          mayBeRead ? { severity: "info" } : {},
        );
      }
    }
  },
  message: ({ name }) => `No step, condition or choice uses the input \`${name}\`.`,
  hint: ({ name, mayBeRead }) =>
    mayBeRead
      ? `Remove it; or, if a program reads it, write \`${name}="$${name}"\` before its call.`
      : "Remove it, or use it where it was meant to be used.",
});

const programPrefixes =
  /^(?:PG|AWS_|AZURE_|ARM_|GOOGLE_|GCP_|GCLOUD_|CLOUDSDK_|KUBE|HELM_|DOCKER_|COMPOSE_|TF_|VAULT_|CONSUL_|NOMAD_|GIT_|GH_|GITHUB_|GITLAB_|NODE_|NPM_|PIP_|PYTHON|FLASK_|DJANGO_|RAILS_|MYSQL_|REDIS|ANSIBLE_|SSH_|SSL_|LC_|KAFKA_|ETCDCTL_|RESTIC_|BORG_|RCLONE_|SOPS_|SENTRY_|RAILWAY_|HEROKU_|FLY_|JAVA_|GO|CARGO_|CURL_|(?:http|https|no|all)_proxy$|(?:HTTP|HTTPS|NO|ALL)_PROXY$|DATABASE_URL$)/;

function isReadByPrograms(name: string): boolean {
  return knownVariables.has(name) || programPrefixes.test(name);
}

function includesUnknown(all: readonly Runbook[], runbooks: ReadonlyMap<string, Runbook>): boolean {
  return all.some(({ steps, procedures }) => {
    const ids = [
      ...steps.flatMap((step) => (step.kind === "include" ? [step.runbook] : [])),
      ...procedures.flatMap(({ entries }) => includedIn(entries)),
    ];
    return ids.some((id) => !runbooks.has(id));
  });
}

function includedIn(items: readonly ProcedureItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === "include") return [item.runbook];
    return item.kind === "choose" ? [...item.when.values()].flatMap(includedIn) : [];
  });
}

/** Every word that could be a variable's name, of all that can use one. */
function collectWords({ components }: ProjectDocument, all: readonly Runbook[]): Set<string> {
  const words = new Set<string>();
  for (const { steps, procedures } of all) {
    for (const step of steps) {
      for (const { expression } of step.conditions) {
        for (const name of namesInCondition(expression)) words.add(name);
      }
      for (const [word] of textOf(step).matchAll(/[A-Za-z_]\w*/g)) words.add(word);
    }
    for (const { entries } of procedures) addChosen(entries, words);
  }
  // Its options can hold prose alone, which leaves no step behind.
  for (const { name, attributes } of components) {
    if (name === "Choice") words.add(String(attributes.get("input")?.value));
  }
  return words;
}

function addChosen(items: readonly ProcedureItem[], words: Set<string>): void {
  for (const item of items) {
    if (item.kind !== "choose") continue;
    words.add(item.input);
    for (const branch of item.when.values()) addChosen(branch, words);
  }
}

function textOf(step: Step): string {
  if (step.kind === "include") return step.title;
  if (step.kind === "manual") return `${step.title}\n${step.text}`;
  const { script, attributes, expectation } = step;
  return [script, JSON.stringify(attributes), expectation?.text ?? ""].join("\n");
}

/** Another input's `from`, a contract's probe and the like. */
function isInOtherKeys(name: string, { frontMatter }: Runbook): boolean {
  const inputs = Object.entries(frontMatter.inputs ?? {}).filter(([key]) => key !== name);
  const { contracts, tools, procedures } = frontMatter;
  const text = JSON.stringify([inputs, contracts, tools, procedures]);
  return new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text);
}

const ownPrograms = new Set(
  `make gmake just task npm npx yarn pnpm bun node deno ruby perl php java go cargo gradle mvn poetry
  pipenv uv tox nox invoke fab rake bundle flask alembic django-admin celery ansible
  ansible-playbook terraform tofu terragrunt pulumi packer docker-compose envsubst env printenv
  source . eval`.split(/\s+/),
);

function startsOwnProgram(step: Step): boolean {
  if (step.kind !== "command" || !step.isRunnable) return false;
  if (step.shell === undefined) return true;
  return step.shell.commands.some(({ name, words }) => {
    const [first = "", second = ""] = words;
    if (first.includes("/") || ownPrograms.has(name) || /^python[\d.]*$/.test(name)) return true;
    if (/^(?:ba|z|da|k)?sh$/.test(name)) return true;
    return /^(?:docker|podman)$/.test(name) && second === "compose";
  });
}
