import { describe, expect, test } from "vitest";
import { readCommandPaths } from "../../../src/drift/claims/read-command-paths.ts";
import { readShell } from "../../shell/read-fixture.ts";

/** Each path with its use, as `read config/app.yml`, of all commands in order. */
function pathsOf(script: string): readonly string[] {
  return readShell(script)
    .commands.flatMap(readCommandPaths)
    .map(({ path, use }) => `${use} ${path}`);
}

describe("paths that a command needs", () => {
  test.each([
    ["cat -n a.txt ./b/c.txt", ["read a.txt", "read ./b/c.txt"]],
    ["head -n 5 a.txt; tail -20f b.log", ["read a.txt", "read b.log"]],
    ["cp -r conf/a.yml conf/b.yml out/", ["copy conf/a.yml", "copy conf/b.yml"]],
    ["chmod +x scripts/a.sh", ["read scripts/a.sh"]],
    ["grep -n -A 3 word src/a.py", ["read src/a.py"]],
    ["source ./env.sh --quiet", ["run ./env.sh"]],
    ["sudo -u app ./scripts/a.sh", ["run ./scripts/a.sh"]],
    ["bash -x scripts/a.sh other.sh", ["run scripts/a.sh"]],
    ["bash -c 'cat inner.txt'", ["read inner.txt"]],
    ["python -u tools/a.py data.csv", ["run tools/a.py"]],
    ["python -m pytest tests/test_a.py::test_b", ["read tests/test_a.py"]],
    ["python -m pip install -r req.txt", ["project req.txt"]],
    ["pip install flask -r req.txt --requirement=dev.txt", ["project req.txt", "project dev.txt"]],
    ["kubectl -n shop apply -f a.yaml --filename=b/c.yaml", ["read a.yaml", "read b/c.yaml"]],
    ["helm upgrade shop ./chart -f values/prod.yaml", ["read values/prod.yaml", "read ./chart"]],
    ["docker build -t shop:1 -f ops/Dockerfile app", ["project ops/Dockerfile", "project app"]],
    ["docker compose -f prod.yml up -d", ["project prod.yml"]],
    ["docker-compose -f a.yml -f b.yml logs -f web", ["project a.yml", "project b.yml"]],
    ["psql -U postgres -f db/a.sql < db/b.sql", ["read db/a.sql", "read db/b.sql"]],
    ["ansible-playbook -i hosts.ini -l web site.yml", ["project hosts.ini", "project site.yml"]],
    ["terraform -chdir=infra plan -var-file=prod.tfvars", ["project infra", "read prod.tfvars"]],
    [
      "npm --prefix web ci; make -C api -f x.mk build",
      ["project web", "project api", "project x.mk"],
    ],
    ["[ -f a.ini ] && test -d conf", ["look a.ini", "look conf"]],
    ["cd deploy/k8s", ["read deploy/k8s"]],
  ])("%s", (script, paths) => {
    expect(pathsOf(script)).toEqual(paths);
  });

  test.each([
    'cat /etc/hosts ~/a.txt $HOME/b.txt "$FILE" *.log a/{b,c}.txt',
    "cat <file> path/to/a.txt my-values.yaml foo.txt .git/config",
    "curl https://example.org/a.txt",
    "kubectl apply -f https://example.org/a.yaml",
    "kubectl logs -f deploy/web",
    "docker-compose logs -f web",
    "bash -lc true; python -c 'print(1)'; node -e 1",
    "cat > out.txt 2> err.txt",
    "helm install shop bitnami/postgresql",
    "docker cp web:/app/a.txt -",
    "cd ..; cd -; cd",
    "cat - < /dev/null",
  ])("are not in: %s", (script) => {
    expect(pathsOf(script)).toEqual([]);
  });

  test("are read from a word of any length in no time", () => {
    expect(pathsOf(`cat ${"../".repeat(100_000)}!`)).toEqual([]);
  });
});
