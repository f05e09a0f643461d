import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { commitAll, mdx, bash, runbook, type RuleCase } from "./rule-case.ts";

const compose = "services:\n  web:\n    image: web:1\n";
const absent = "Write the path of a file that is there, or add the command that makes it.";

/** Cases of the rules for files that commands name. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "files/missing-path": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("cp .env.compose.example .env.compose"),
    },
    message: "There is no `.env.compose.example` in the repository.",
    hint: absent,
    at: "runbooks/a.md:4:4-4:24",
    nearMiss: { ".env.compose.example": "PORT=5000\n" },
  },
  "files/missing-path (a slip)": {
    files: {
      "scripts/deploy.sh": "true\n",
      "runbooks/a.md": runbook("./scripts/depoly.sh --now"),
    },
    message: "There is no `./scripts/depoly.sh` in the repository.",
    hint: "Did you mean `scripts/deploy.sh`?",
    at: "runbooks/a.md:4:1-4:20",
    related: ["scripts/deploy.sh"],
    // A number is chosen: another one may be made by the deployment.
    nearMiss: { "runbooks/a.md": runbook("cat release-2.txt"), "release-1.txt": "" },
  },
  "files/missing-path (moved)": {
    files: {
      "scripts/backup.sh": "echo backup\npg_dump\n",
      "ops/keep.txt": "",
      "runbooks/a.md": runbook("bash ./scripts/backup.sh"),
    },
    async prepare(project) {
      await commitAll(project);
      const place = (name: string): string => path.join(project.directory, name);
      await rename(place("scripts/backup.sh"), place("ops/backup-all.sh"));
      await commitAll(project);
    },
    message:
      "There is no `./scripts/backup.sh` any more: it was moved to `ops/backup-all.sh` in `…",
    hint: "Write `ops/backup-all.sh`.",
    at: "runbooks/a.md:4:6-4:25",
    related: ["ops/backup-all.sh"],
    fixed: runbook("bash ./ops/backup-all.sh"),
    nearMiss: {
      "runbooks/a.md": runbook("git clone https://example.org/x && bash scripts/backup.sh"),
    },
  },
  "files/missing-path (removed)": {
    files: {
      "notes.txt": "Notes\n",
      "docs/keep.md": "",
      "runbooks/a.md": runbook('head -n 3 "notes.txt"'),
    },
    async prepare(project) {
      await commitAll(project);
      await rm(path.join(project.directory, "notes.txt"));
      await mkdir(path.join(project.directory, "more"), { recursive: true });
      await commitAll(project);
    },
    message: "There is no `notes.txt` any more: it was removed in `…",
    hint: absent,
    at: "runbooks/a.md:4:12-4:21",
    // Made by the runbook itself, before or after.
    nearMiss: { "runbooks/a.md": runbook("date > notes.txt\nhead -n 3 notes.txt") },
  },
  "files/missing-path (in its folder)": {
    files: {
      "deploy/app.yaml": "kind: Deployment\n",
      "runbooks/a.md": runbook("kubectl apply --filename=deploy/web.yaml -n shop"),
    },
    message: "There is no `deploy/web.yaml` in the repository.",
    hint: absent,
    at: "runbooks/a.md:4:26-4:41",
    // Nothing says that a file of any name lies in the repository; `logs` takes no file.
    nearMiss: {
      "runbooks/a.md": runbook(
        "kubectl apply -f web.yaml\nkubectl logs -f deploy/web\ncat logs/today.log\ncat /etc/deploy/x deploy/*.yaml",
      ),
    },
  },
  "files/missing-path (that must be there)": {
    files: {
      "config/app.yml": "a: 1\n",
      "runbooks/a.md": runbook("make test\ncat config/local.yml || exit 1"),
    },
    message: "There is no `config/local.yml` in the repository.",
    hint: absent,
    at: "runbooks/a.md:5:5-5:21",
    nearMiss: {
      "runbooks/a.md": runbook(
        "cat config/a.yml || true\ncat config/b.yml 2>/dev/null\n[ -f config/c.yml ] && cat config/c.yml\nif cat config/d.yml; then echo; fi\nsu - app -c 'cat config/e.yml'\nmake gen && cat config/f.yml\ndocker exec -it web bash\ncat config/g.yml",
      ),
    },
  },
  "files/missing-path (below a subshell)": {
    files: {
      "api/config/app.yml": "a: 1\n",
      "web/config/app.yml": "a: 1\n",
      "runbooks/a.md": runbook("(cd api && ls)\ncd web\ncat config/ap.yml"),
    },
    message: "There is no `config/ap.yml` in the repository.",
    hint: "Did you mean `web/config/app.yml`?",
    at: "runbooks/a.md:6:5-6:18",
    related: ["web/config/app.yml"],
    nearMiss: { "runbooks/a.md": runbook("(cd api && ls)\ncd web\ncat config/app.yml") },
  },
  "files/missing-path (an ignored file)": {
    files: {
      ".gitignore": "/config/local.yml\n",
      "config/app.yml": "a: 1\n",
      "runbooks/a.md": runbook("cat < config/locale.yml"),
    },
    prepare: commitAll,
    message: "There is no `config/locale.yml` in the repository.",
    hint: absent,
    at: "runbooks/a.md:4:7-4:24",
    nearMiss: { "runbooks/a.md": runbook("cat < config/local.yml") },
  },
  "files/missing-path (a project's own)": {
    files: {
      "requirements.txt": "flask\n",
      "runbooks/a.mdx": mdx(
        bash("python -m pip install -r requirements-dev.txt"),
        "status: draft\n",
      ),
    },
    message: "There is no `requirements-dev.txt` in the repository.",
    hint: absent,
    at: "runbooks/a.mdx:7:26-7:46",
    // Elsewhere: on a host, in a container, in a folder that is not there.
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          "ssh app pip install -r requirements-dev.txt\ndocker exec web pip install -r requirements-dev.txt\ncd ~/app\npip install -r requirements-dev.txt",
        ),
        "status: draft\n",
      ),
    },
  },
};
