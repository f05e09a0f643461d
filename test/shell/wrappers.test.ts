import { describe, expect, test } from "vitest";
import { describeCommands, readShell, textAt } from "./read-fixture.ts";

/** The innermost command of each script, with its wrappers and place. */
const cases: readonly [script: string, inner: string][] = [
  ["sudo git push", "sudo: git push"],
  ["sudo -u postgres -H psql -c x", "sudo: psql -c x"],
  ["sudo -upostgres psql", "sudo: psql"],
  ["sudo --user=me A=1 cmd -u x", "sudo: cmd -u x"],
  ["sudo -E -- cmd", "sudo: cmd"],
  ["sudo -l", "sudo -l"],
  ["doas -u me cmd", "doas: cmd"],
  ["env A=1 B=2 cmd x", "env: cmd x"],
  ["env -i -u X PATH=/x cmd", "env: cmd"],
  ["nice -n 10 cmd", "nice: cmd"],
  ["nice cmd", "nice: cmd"],
  ["ionice -c 2 -n 7 cmd", "ionice: cmd"],
  ["nohup cmd a &", "nohup: cmd a"],
  ["time -p cmd", "time: cmd"],
  ["timeout 10 cmd", "timeout: cmd"],
  ["timeout -k 5 -s KILL 10s cmd -x", "timeout: cmd -x"],
  ["stdbuf -oL cmd", "stdbuf: cmd"],
  ["setsid -f cmd", "setsid: cmd"],
  ["exec cmd a", "exec: cmd a"],
  ["exec -a name cmd", "exec: cmd"],
  ["command ls -l", "command: ls -l"],
  ["command -v ls", "command -v ls"],
  ["builtin cd x", "builtin: cd x"],
  ["xargs rm -rf", "xargs: rm -rf"],
  ["ls | xargs -r -n 1 -I {} cp {} x", "xargs: cp {} x"],
  ["watch -n 5 'kubectl get po'", "watch: kubectl get po"],
  ["watch kubectl get po", "watch: kubectl get po"],
  ["find . -name x -exec rm -f {} \\;", "find: rm -f {}"],
  ["find . -exec chmod 600 {} +", "find: chmod 600 {}"],
  ["bash -c 'a b'", "bash: a b"],
  ["sh -lc 'a b'", "sh: a b"],
  ["bash -euxo pipefail -c 'a b' arg0", "bash: a b"],
  ["/bin/bash -c 'a'", "bash: a"],
  ["eval 'a b'", "eval: a b"],
  ["eval a 'b c'", "eval: a b c"],
  ["ssh host 'a b'", "ssh: a b @ssh"],
  ["ssh host a b", "ssh: a b @ssh"],
  ["ssh -p 22 -i key user@host -t 'sudo a'", "ssh>sudo: a @ssh"],
  ["ssh -o X=y host -- a", "ssh: a @ssh"],
  ["ssh host", "ssh host"],
  ["sshpass -p x ssh host a", "sshpass>ssh: a @ssh"],
  ["docker exec c cmd a", "docker exec: cmd a @docker exec"],
  ["docker exec -it -u me -e A=b c cmd -x", "docker exec: cmd -x @docker exec"],
  ["docker --context x exec c cmd", "docker exec: cmd @docker exec"],
  ["docker container exec c cmd", "docker exec: cmd @docker exec"],
  ["docker run --rm -v /a:/b -e X=1 img cmd a", "docker run: cmd a @docker run"],
  ["docker run img", "docker run img"],
  ["docker run img --flag", "docker run img --flag"],
  ["docker run --entrypoint sh img -c 'a b'", "docker run>sh: a b @docker run"],
  ["docker compose -f x.yml exec -T db psql", "docker compose exec: psql @docker compose exec"],
  ["docker compose run --rm web cmd", "docker compose run: cmd @docker compose run"],
  ["docker-compose exec db psql", "docker compose exec: psql @docker compose exec"],
  ["podman exec c cmd", "podman exec: cmd @podman exec"],
  ["kubectl exec pod -- cmd a", "kubectl exec: cmd a @kubectl exec"],
  ["kubectl -n ns exec -it pod -c x -- cmd", "kubectl exec: cmd @kubectl exec"],
  ["kubectl exec -it pod cmd", "kubectl exec: cmd @kubectl exec"],
  ["kubectl exec deploy/x -- sh -c 'a | b'", "kubectl exec>sh: b @kubectl exec"],
  ["kubectl debug node/n -it --image=x -- chroot /host a", "kubectl run>chroot: a @chroot"],
  ["oc exec pod -- cmd", "oc exec: cmd @oc exec"],
  ["oc rsh pod cmd", "oc rsh: cmd @oc rsh"],
  ["oc debug node/n -- chroot /host a", "oc debug>chroot: a @chroot"],
  ["railway run -- python x.py", "railway run: python x.py"],
  ["railway run alembic upgrade head", "railway run: alembic upgrade head"],
  ["su - postgres -c 'psql -c x'", "su: psql -c x"],
  ["su -c 'a b' me", "su: a b"],
  ["runuser -u me -- cmd", "runuser: cmd"],
  ["runuser -l me -c 'a'", "runuser: a"],
  ["chroot /mnt cmd", "chroot: cmd @chroot"],
  ["nsenter -t 1 -m cmd", "nsenter: cmd @nsenter"],
  ["npx prettier .", "npx: prettier ."],
  ["poetry run pytest -q", "poetry run: pytest -q"],
  ["uv run --with x pytest", "uv run: pytest"],
  ["bundle exec rails c", "bundle exec: rails c"],
  ["npm exec -- tsc", "npm exec: tsc"],
  ["k3s kubectl get po", "k3s: kubectl get po"],
  ["ip netns exec ns cmd", "ip netns exec: cmd"],
  ["flock /tmp/x cmd", "flock: cmd"],
  ["sudo -u a bash -c 'env X=1 timeout 5 git push -f'", "sudo>bash>env>timeout: git push -f"],
  ["ssh h \"sudo sh -c 'rm -rf /x'\"", "ssh>sudo>sh: rm -rf /x @ssh"],
];

describe("inner commands", () => {
  test.each(cases)("%s", (script, inner) => {
    expect(describeCommands(script).at(-1)).toBe(inner);
  });

  test("the wrapper is a command too, before what it runs", () => {
    expect(describeCommands("sudo docker exec c psql -c x")).toEqual([
      "sudo docker exec c psql -c x",
      "sudo: docker exec c psql -c x",
      "sudo>docker exec: psql -c x @docker exec",
    ]);
  });

  test("several -exec of one find are all seen", () => {
    expect(describeCommands("find . -exec a {} \\; -exec b {} +").slice(1)).toEqual([
      "find: a {}",
      "find: b {}",
    ]);
  });
});

describe("scripts from standard input", () => {
  test.each([
    ["bash <<'EOF'\na b\nEOF", "bash: a b"],
    ["bash -s -- x <<'EOF'\na b\nEOF", "bash: a b"],
    ["ssh host <<EOF\na b\nEOF", "ssh: a b @ssh"],
    ["ssh host bash -s <<'EOF'\na b\nEOF", "ssh>bash: a b @ssh"],
    ["sudo su - me <<'EOF'\na b\nEOF", "sudo>su: a b"],
    ["cat <<EOF | ssh host\na b\nEOF", "ssh: a b @ssh"],
    ["bash script.sh <<'EOF'\na b\nEOF", "bash script.sh"],
    ["cat <<'EOF'\na b\nEOF", "cat"],
  ])("%j", (script, last) => {
    expect(describeCommands(script).at(-1)).toBe(last);
  });

  test("what echo sends down the pipe is read where it is written", () => {
    expect(describeCommands("echo 'a b' | bash")).toEqual(["echo a b", "bash: a b", "bash"]);
  });
});

describe("places in inner scripts", () => {
  test.each([
    ["bash -c 'git  push'", "push", "push"],
    ['ssh h "echo \\"a b\\" c"', "c", "c"],
    ["bash -c $'a\\tb\\nc'", "c", "c"],
    ["ssh h 'a' 'b c' d", "d", "d"],
    ["bash <<-EOF\n\tgit push\n\tEOF", "push", "push"],
  ])("%j: the word %s stands where it is written", (script, word, source) => {
    const command = readShell(script).commands.at(-1);
    const index = command?.words.indexOf(word) ?? -1;
    const range = command?.ranges[index];
    expect(range && textAt(script, range)).toBe(source);
  });

  test("what the outer shell replaces is not read again in the inner script", () => {
    const script = 'ssh host "rm -rf $(pwd) $DIR \\$(hostname)"';
    expect(describeCommands(script)).toEqual([
      script,
      "ssh: rm -rf $(pwd) $DIR $(hostname) @ssh",
      "pwd",
      "ssh: hostname @ssh",
    ]);
  });
});
