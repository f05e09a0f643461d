import { describe, expect, test } from "vitest";
import { collectMadePaths } from "../../../src/drift/claims/collect-made-paths.ts";
import { createDriftDocument, type DriftDocument } from "../../../src/drift/drift-document.ts";
import { compileRunbook } from "../../../src/compile/compile-runbook.ts";
import { parseDocument } from "../../../src/parse/parse-document.ts";
import { readShell } from "../../shell/read-fixture.ts";

function read(text: string): DriftDocument {
  const parsed = parseDocument({ path: "runbooks/a.md", id: "a", format: "md", text }).value!;
  return createDriftDocument(parsed, compileRunbook(parsed, readShell).value!, "", readShell);
}

function madeBy(code: string, before = ""): (path: string) => boolean {
  const { parsed, commands } = read(`# A\n\n${before}\n\n\`\`\`bash\n${code}\n\`\`\`\n`);
  return (path) => collectMadePaths(parsed, commands).has(path);
}

describe("what a runbook makes", () => {
  test.each([
    ["date > a.txt", "a.txt"],
    ["date >> logs/a.txt", "logs/a.txt"],
    ["make 2>a.txt", "a.txt"],
    ["mkdir -p out/x", "out/x/y.txt"],
    ["echo | tee -a a.txt", "a.txt"],
    ["touch a.txt b.txt", "b.txt"],
    ["cp conf/a.yml conf/b.yml", "conf/b.yml"],
    ["cp conf/a.yml new", "new/a.yml"],
    ["scp host:/x/a.txt copy.txt", "copy.txt"],
    ["docker cp web:/app/a.txt copy.txt", "copy.txt"],
    ["aws s3 cp s3://b/k.txt here.txt", "here.txt"],
    ["pg_dump -f a.sql shop", "a.sql"],
    ["openssl req -keyout a.key -out b.crt", "b.crt"],
    ["curl -O https://example.org/x/get.sh?raw=1", "get.sh"],
    ["wget https://example.org/get.sh", "get.sh"],
    ["git clone https://example.org/app.git", "app/scripts/a.sh"],
    ["git clone https://example.org/app.git here", "here/a.sh"],
    ["python3 -m venv venv", "venv/bin/activate"],
    ['pg_dump > "$DIR/a.sql"', "a.sql"],
    ["cd sub\ntouch a.txt", "sub/a.txt"],
    ["vim notes.md", "notes.md"],
    ["helm template x ./x --output-dir out", "out/a.yaml"],
    ["wget -P get https://example.org/a.sh", "get/a.sh"],
    ["jq . a.json | sponge b.json", "b.json"],
    ["kubeseal --write=conf/a.yml", "conf/a.yml"],
    ["easyrsa gen conf/a.txt", "conf/a.txt"],
    ['python -c \'open("conf/a.yml", "w")\'', "conf/a.yml"],
    ["python3 <<EOF\nopen('conf/a.yml', 'w')\nEOF", "conf/a.yml"],
    ["rm -f conf/a.yml", "conf/a.yml"],
    ["[ -f conf/a.yml ] && cat conf/a.yml", "conf/a.yml"],
    ["cd conf\nif [[ ! -e a.yml ]]; then cat a.yml; fi", "conf/a.yml"],
  ])("%s", (code, path) => {
    expect(madeBy(code)(path)).toBe(true);
  });

  test.each([
    ["cp conf/a.yml conf/b.yml", "conf/a.yml"],
    ["cp a.txt /tmp/b.txt", "a.txt"],
    ["scp a.txt host:b.txt", "a.txt"],
    ["cat a.txt 2>&1", "a.txt"],
    ["mkdir -p out", "output/a.txt"],
    ["docker restart app", "app"],
    ["cat conf/a.yml; git add conf/a.yml", "conf/a.yml"],
    ["python tools/a.py", "tools/a.py"],
  ])("not: %s", (code, path) => {
    expect(madeBy(code)(path)).toBe(false);
  });

  test("is also what its prose says, and what heads a block", () => {
    expect(madeBy("kubectl apply -f pod.yaml", "Save this as `pod.yaml`:")("pod.yaml")).toBe(true);
    expect(madeBy("kubectl apply -f pod.yaml", "**pod.yaml**")("pod.yaml")).toBe(true);
    expect(madeBy("true", '```yaml title="a/pod.yaml"\na: 1\n```')("a/pod.yaml")).toBe(true);
    expect(madeBy("true", "```yaml\n# pod.yaml\na: 1\n```")("pod.yaml")).toBe(true);
    expect(madeBy("true", "See `pod.yaml` for what is deployed.")("pod.yaml")).toBe(false);
  });

  test("leaves files in its folders from a build or a generator on", () => {
    const generatedIn = (code: string): string => {
      const { parsed, commands } = read(`# A\n\n\`\`\`bash\n${code}\n\`\`\`\n`);
      return parsed.source.text.slice(collectMadePaths(parsed, commands).generatedFrom);
    };
    for (const call of ["make", "make gen", "npm run build", "./gradlew jar", "just codegen"]) {
      expect(generatedIn(`cat a\n${call}`)).toMatch(new RegExp(`^${call}`, "u"));
    }
    expect(generatedIn("npm ci; make test; npm run lint; cargo test; pnpm install")).toBe("");
  });

  test("leaves files that nobody names from a clone or an archive on", () => {
    const { parsed, commands } = read("# A\n\n```bash\ncat a\ntar -xzf x.tgz\n```\n");
    const { foreignFrom } = collectMadePaths(parsed, commands);
    expect(parsed.source.text.slice(foreignFrom)).toMatch(/^tar/u);
    const packing = read("# A\n\n```bash\ntar -czf x.tgz src\ngit pull\n```\n");
    expect(collectMadePaths(packing.parsed, packing.commands).foreignFrom).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
