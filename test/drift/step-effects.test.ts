import { expect, test } from "vitest";
import { findLosses, findSystemChanges } from "../../src/drift/step-effects.ts";
import { readCommandStep } from "./read-command-step.ts";

test.each([
  ["sudo -u postgres dropdb app", "dropdb app"],
  ['psql -c "DROP TABLE members"', 'psql -c "DROP TABLE members"'],
  ["git push origin develop --force", "git push origin develop --force"],
  ["git reset --hard HEAD~3", "git reset --hard HEAD~3"],
  ["rm -rf /var/lib/app", "rm -rf /var/lib/app"],
  ["kubectl -n web delete pvc data-0", "kubectl -n web delete pvc data-0"],
  ["docker compose down --volumes", "docker compose down --volumes"],
  ["alembic downgrade -1", "alembic downgrade -1"],
])("%s loses data", (script, expected) => {
  const [loss] = findLosses(readCommandStep(script));
  expect(script.slice(loss?.range.start, loss?.range.end)).toContain(expected);
});

test.each([
  "rm -rf ./build /tmp/x",
  "kubectl delete pod db-0",
  "git reset --hard origin/main",
  "git branch -D topic",
  "docker system prune -f",
  "systemctl stop app",
  "curl -X DELETE http://localhost/silences/1",
])("%s loses nothing that does not come back", (script) => {
  expect(findLosses(readCommandStep(script))).toEqual([]);
});

test("believes the author of a command that nobody knows", () => {
  expect(findLosses(readCommandStep("wipe-tenant x", "bash risk=destructive"))).toHaveLength(1);
  expect(findLosses(readCommandStep("kubectl delete pod db-0", "bash risk=destructive"))).toEqual(
    [],
  );
});

test.each([
  "systemctl restart app",
  "git push",
  "echo 1 >/etc/app.conf",
  "cp app.conf /etc/app.conf",
  "sed -i s/a/b/ /etc/app.conf",
  "kubectl apply -f app.yaml",
  "docker run -d --rm app",
  "docker cp app.conf api:/etc/app.conf",
  "docker push registry.example.org/app",
  "scp app.conf web-1:",
  "rsync -a build/ /srv/app",
  "aws s3 cp app.zip s3://releases/",
  "kubectl -n web run job --image=app",
  "ssh web-1 docker pull app",
  "terraform apply",
])("%s changes what others use", (script) => {
  expect(findSystemChanges(readCommandStep(script))).not.toEqual([]);
});

test.each([
  "uptime",
  "/usr/bin/kubectl logs api >log",
  "mkdir -p out; cp /etc/app.conf out",
  "git switch develop; git commit -am x",
  "pip install alembic",
  "tar -xf dump.tar -C /tmp/x",
  "docker build --tag app . && docker tag app app:old && sudo docker --context dev pull x",
  "docker compose -f dev.yml build",
  "docker run --rm -it alpine cat /etc/os-release",
  "docker cp api:/var/log/app.log .",
  "kubectl config use-context production",
  "kubectl -n web debug node/a -it --image=busybox -- df",
  "kubectl run -n web --rm -it look --image=busybox -- sh",
  "helm repo add a https://a.example.org",
  "terraform -chdir=infra init",
  "aws --profile ops eks update-kubeconfig --name production",
  "aws s3 cp s3://releases/app.zip .",
  "scp web-1:/var/log/app.log .",
  "sed -i s/a/b/ app.conf",
])("%s is its operator's own affair", (script) => {
  expect(findSystemChanges(readCommandStep(script))).toEqual([]);
});
