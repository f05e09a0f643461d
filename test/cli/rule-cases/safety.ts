import { bash, mdx, type RuleCase } from "./rule-case.ts";

const drop = bash("sync\ndropdb app", 'id=drop confirm="Drop it?"');
const dump = bash("pg_dump --format=custom --file=app.dump app");
const procedures = (text: string): string => `procedures:\n${text}`;
const active = "status: active\nowner: Platform team\n";
const deploy = bash("helm upgrade app ./chart", "id=deploy");

/** Cases of the rules for dangerous procedures. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "safety/no-way-back": {
    files: { "runbooks/a.mdx": mdx(drop) },
    severity: "warning",
    message:
      "Nothing keeps what `dropdb app` destroys: no backup before it, no `undo`, no `onFailure`.",
    hint: "Put a step before it that keeps a copy, or name the step that takes it back: `undo=ID`.",
    at: "runbooks/a.mdx:7:1-7:11",
    nearMiss: {
      "runbooks/a.mdx": mdx(`${dump}\n${drop}`),
      // What comes back by itself, what is in the remote, what is made anew.
      "runbooks/b.mdx": mdx(
        [
          "kubectl delete pod api-0",
          "git reset --hard origin/main",
          "rm -rf node_modules",
          "docker system prune --force",
        ]
          .map((command) => bash(command, 'confirm="Sure?"'))
          .join("\n"),
      ),
      "runbooks/c.mdx": mdx(`<Include runbook="a" title="Backup" />\n\n${drop}`),
      "runbooks/d.md": `# D\n\n${drop}`,
      "runbooks/e.mdx": mdx(`${bash("./scripts/backup.sh")}\n${drop}`),
      "runbooks/f.mdx": mdx(`## Sicherung anlegen\n\n<Manual>Siehe Wiki.</Manual>\n\n${drop}`),
    },
  },
  "safety/no-way-back (in one procedure)": {
    files: {
      "runbooks/a.mdx": mdx(
        `## Before\n\n${dump}\n## Drop\n\n${drop}`,
        procedures(
          "  careful: { steps: [{ section: before }, { section: drop }] }\n  quick: { steps: [{ section: drop }] }\n",
        ),
      ),
    },
    severity: "warning",
    message:
      "Nothing keeps what `dropdb app` destroys, in the procedure `quick`: no backup before it, no `undo`, no `onFailure`.",
    hint: "Put a step before it that keeps a copy, or name the step that takes it back: `undo=ID`.",
    at: "runbooks/a.mdx:18:1-18:11",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `## Before\n\n${dump}\n## Drop\n\n${drop}`,
        procedures(
          "  careful: { steps: [{ section: before }, { section: drop }] }\n  quick: { onFailure: careful, steps: [{ section: drop }] }\n",
        ),
      ),
    },
  },
  "safety/no-way-back (kept in another branch alone)": {
    files: {
      "runbooks/a.mdx": mdx(
        `<Choice input="HOW">\n<Option value="dump">\n\n## Dump\n\n${dump}\n</Option>\n<Option value="drop">\n\n## Drop\n\n${drop}\n</Option>\n</Choice>\n`,
        "inputs:\n  HOW: { type: enum, choices: [dump, drop], default: dump }\n",
      ),
    },
    severity: "warning",
    message:
      "Nothing keeps what `dropdb app` destroys: no backup before it, no `undo`, no `onFailure`.",
    hint: "Put a step before it that keeps a copy, or name the step that takes it back: `undo=ID`.",
    at: "runbooks/a.mdx:23:1-23:11",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `## Dump\n\n${dump}\n<Choice input="HOW">\n<Option value="drop">\n\n## Drop\n\n${drop}\n</Option>\n</Choice>\n`,
        "inputs:\n  HOW: { type: enum, choices: [drop], default: drop }\n",
      ),
    },
  },
  "safety/no-verification": {
    files: {
      "runbooks/a.mdx": mdx(
        `## Look\n\n${bash("curl --fail http://localhost/health", "check")}\n## Restart\n\n${bash("if systemctl is-active app; then\n  systemctl restart app\nfi", "id=restart")}`,
        procedures("  all: { steps: [{ section: look }, { section: restart }] }\n"),
      ),
    },
    severity: "warning",
    message:
      "The procedure `all` changes something, last by `restart`, and does not look whether it worked.",
    hint: "Add a `check` behind it, or a `<Manual>` step that says where to look.",
    at: "runbooks/a.mdx:4:3-4:6",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `## Look\n\n${bash("curl --fail http://localhost/health", "check")}\n## Restart\n\n${bash("systemctl restart app")}`,
        procedures("  all: { steps: [{ section: restart }, { section: look }] }\n"),
      ),
      "runbooks/b.mdx": mdx(`${bash("systemctl restart app")}\n<Manual>Open the page.</Manual>\n`),
      "runbooks/c.mdx": mdx(
        bash("kubectl rollout restart deploy/a\nkubectl rollout status deploy/a"),
      ),
      // Nothing that others use: a file beside it, the local repository, a tool.
      "runbooks/d.mdx": mdx(
        bash("mkdir -p out\nkubectl logs api >out/log\ngit commit -am x\npip install alembic"),
      ),
      "runbooks/e.md": `# E\n\n${bash("systemctl restart app")}`,
      "runbooks/f.mdx": mdx(bash("systemctl restart app\nsystemctl is-active app")),
      "runbooks/g.mdx": mdx(
        `${bash("kubectl apply -f app.yaml >applied")}\n## Then\n\n${bash("kubectl -n web logs deploy/app >log")}`,
      ),
      "runbooks/h.mdx": mdx(bash("docker build -t app .\nkubectl config use-context web")),
    },
  },
  "safety/no-verification (behind it, text is printed alone)": {
    files: {
      "runbooks/a.mdx": mdx(
        `${bash("kubectl apply -f app.yaml")}\n${bash("cd /srv; echo applied")}`,
      ),
    },
    severity: "warning",
    message: "The runbook changes something, last by `step`, and does not look whether it worked.",
    hint: "Add a `check` behind it, or a `<Manual>` step that says where to look.",
    at: "runbooks/a.mdx:6:1-6:26",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `${bash("kubectl apply -f app.yaml")}\n${bash("cd /srv; ./smoke-test-all")}`,
      ),
    },
  },
  "safety/no-rollback": {
    files: { "runbooks/deploy.mdx": mdx(`## Deploy\n\n${deploy}`, active) },
    severity: "warning",
    message:
      "The runbook changes production by `deploy`, and the runbook does not say how to go back.",
    hint: "Add a procedure `rollback`, and `onFailure: rollback` to the one that can fail.",
    at: "runbooks/deploy.mdx:10:1-10:25",
    nearMiss: {
      "runbooks/deploy.mdx": mdx(`## Deploy\n\n${deploy}\n## Rolling back\n\nCall us.\n`, active),
      "runbooks/deploy-b.mdx": mdx(`${deploy}\nSee [Restore](a.mdx).\n`, active),
      "runbooks/deploy-c.mdx": mdx(deploy, "status: draft\n"),
      "runbooks/deploy-d.mdx": mdx(`${deploy}\n## Zurückrollen\n\nRuft uns an.\n`, active),
      "runbooks/deploy-e.mdx": mdx(`${deploy}\n## 切り戻し\n\n…\n`, active),
      "runbooks/scale.mdx": mdx(bash("kubectl scale deploy/api --replicas 3"), active),
      "runbooks/a.mdx": mdx(bash("uptime")),
    },
  },
  "safety/no-rollback (of a procedure)": {
    files: {
      "runbooks/a.mdx": mdx(
        `## Drop\n\n${drop}`,
        `${active}${procedures("  go: { steps: [{ section: drop }] }\n")}`,
      ),
    },
    severity: "warning",
    message:
      "The procedure `go` changes production by `drop`, and the runbook does not say how to go back.",
    hint: "Add a procedure `rollback`, and `onFailure: rollback` to the one that can fail.",
    at: "runbooks/a.mdx:6:3-6:5",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `## Drop\n\n${drop}\n## Again\n\n${bash("createdb app")}`,
        `${active}${procedures("  go: { onFailure: again, steps: [{ section: drop }] }\n  again: { steps: [{ section: again }] }\n")}`,
      ),
    },
  },
};
