import { expect, test } from "vitest";
import { listCalledFiles } from "../../src/drift/called-files.ts";
import { compileText, fence, mdx } from "../compile/compile-text.ts";

const files = new Set([
  "deploy.sh",
  "scripts/deploy.sh",
  "k8s/app.yaml",
  "app/deploy.sh",
  "app/tools/x.py",
]);

function calledBy(script: string, info = "bash", subject = ""): readonly string[] {
  const [step] = compileText(mdx(fence(info, script))).value?.steps ?? [];
  if (step?.kind !== "command") throw new Error(`There is no command in ${script}.`);
  return listCalledFiles(step, subject, (path) => files.has(path));
}

test.each<[string, readonly string[]]>([
  ["./deploy.sh && kubectl apply -f k8s/app.yaml", ["deploy.sh", "k8s/app.yaml"]],
  ["bash -x scripts/deploy.sh deploy.sh", ["scripts/deploy.sh"]],
  ["source ./deploy.sh", ["deploy.sh"]],
  ["sudo scripts/deploy.sh --now", ["scripts/deploy.sh"]],
  // Read, printed, copied, elsewhere, not literal, not there.
  ["cat deploy.sh; cp deploy.sh x; git add deploy.sh", []],
  ["ssh web ./deploy.sh", []],
  ['bash "$DIR/deploy.sh"; bash other.sh', []],
  ["bash /deploy.sh; bash ../deploy.sh", []],
])("%s calls %j", (script, expected) => {
  expect(calledBy(script)).toEqual(expected);
});

test("looks in the folder that the runbook speaks of, and in the step's own", () => {
  expect(calledBy("./deploy.sh", "bash", "app")).toEqual(["app/deploy.sh"]);
  expect(calledBy("python3 x.py", "bash dir=tools", "app")).toEqual(["app/tools/x.py"]);
});

test("leaves out the script that a block is a region of", () => {
  expect(calledBy("true", 'bash script="scripts/deploy.sh#push"')).toEqual([]);
});
