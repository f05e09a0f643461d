import { expect, test } from "vitest";
import { bash } from "../cli/rule-cases/rule-case.ts";
import { readDriftDocument } from "./read-document.ts";

/** Where `make` starts each time: its folder, `?` where nobody knows, or the session that it is in. */
function startsOf(...scripts: readonly string[]): readonly string[] {
  const { commands } = readDriftDocument(
    `# A\n\n## B\n\n${scripts.map((one) => bash(one)).join("\n")}`,
  );
  return commands
    .filter(({ command }) => command.name === "make")
    .map(({ command, folders }) =>
      command.place === "here" ? (folders?.[0] ?? "?") : command.place,
    );
}

test.each([
  ["cd a; make; cd b; make; cd ../..; make", ["a", "a/b", ""]],
  ["(cd a; make); make", ["a", ""]],
  ["(cd a; (cd b; make); make); make", ["a/b", "a", ""]],
  ["cd a; (cd b; make); cd c; make", ["a/b", "a/c"]],
  ["bash -c 'cd a; make'; make", ["a", ""]],
  ["bash <<EOF\ncd a\nmake\nEOF\nmake", ["a", ""]],
  ["echo $(cd a; make); make", ["a", ""]],
  ["ls | while read -r x; do cd a; make; done; make", ["a", ""]],
  ["pushd a; pushd b; make; popd; make; popd; make", ["a/b", "a", ""]],
  ["cd a; cd b; cd -; make; cd -; make", ["a", "a/b"]],
  ['cd "$(mktemp -d)"; make; cd -; make', ["?", ""]],
  ["cd a; cd $(git rev-parse --show-toplevel); make", [""]],
  ['cd "$(git rev-parse --show-toplevel)/b"; make', ["b"]],
  ["cd -P a; make; cd -- b; make", ["a", "a/b"]],
  ["cd; make", ["?"]],
  ["popd; make", ["?"]],
  ["cd ..; make", ["?"]],
  ["sudo -u app -i make; make", ["?", ""]],
  ["su - app -c 'make'; make", ["?", ""]],
  ["sudo su - app -c make; make", ["?", ""]],
  ["su app -c make; sudo -u app make; sudo grep -i make; make", ["", "", ""]],
  ["sudo -i\nmake\nexit\nmake", ["?", ""]],
  ["su - postgres\nmake\nlogout\nmake", ["?", ""]],
  ["sudo -s\nmake\nexit\nmake", ["", ""]],
  ["ssh host\nmake\ncd /srv\nsudo -i\nmake\nexit\nmake\nexit\nmake", ["ssh", "ssh", "ssh", ""]],
  ["docker exec -it web bash\nmake\nexit\nmake", ["docker exec", ""]],
  ["docker compose exec web sh\nmake", ["docker compose exec"]],
  ["kubectl exec -it web -- sh\nmake", ["kubectl exec"]],
  ["aws ssm start-session --target i-1\nmake", ["aws"]],
  ["ssh host make; make", ["ssh", ""]],
  ["ssh host <<EOF\ncd a\nmake\nEOF\nmake", ["ssh", ""]],
  ["exit\nmake", [""]],
])("%j", (script, starts) => {
  expect(startsOf(script)).toEqual(starts);
});

test("goes on in the next block, a subshell does not", () => {
  expect(startsOf("cd a", "make", "(cd b", "make")).toEqual(["a", "a"]);
  expect(startsOf("ssh host", "make", "exit", "make")).toEqual(["ssh", ""]);
});
