import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A project whose runbook has an input of each type, alternatives, and a way back. */
export interface PracticeProject {
  readonly root: string;
  /** Writes the runbook again, with another last sentence. */
  change(sentence: string): Promise<void>;
  remove(): Promise<void>;
}

const runbook = (sentence: string): string => `---
title: Practice
summary: Try everything.
owner: Platform team
inputs:
  VERSION: { type: git-ref, required: true, description: What is brought out }
  COUNT: { type: int, min: 1, max: 9, default: 2 }
  MODE: { type: enum, choices: [fast, slow], default: fast }
  WHEN: { type: date }
  NOTIFY: { type: bool }
  PLACE: { type: url }
  HOSTS: { type: list, choices: [a, b, c] }
  WORDS: { type: string }
  TOKEN: { type: secret }
procedures:
  forth:
    default: true
    title: Forth
    steps:
      - section: before
      - choose: MODE
        when: { fast: [section: fast], slow: [section: slow] }
      - section: after
    onFailure: back
  back:
    title: Back
    steps: [section: roll-back]
---

## Before

- [ ] Nobody else is at it

\`\`\`bash id=look check title="Look"
git show "$VERSION" --max-count "\${COUNT}"
\`\`\`

\`\`\`bash id=say title="Say it"
echo "$WORDS" '$WORDS'
\`\`\`

## The way

<Choice input="MODE">
<Option value="fast" label="In a hurry">

### Fast

\`\`\`bash id=fast-step title="Go fast"
echo "$MODE" "$WORDS"
\`\`\`

</Option>
<Option value="slow" label="With time">

### Slow

\`\`\`bash id=slow-step title="Go slowly"
echo "$MODE" "$TOKEN"
\`\`\`

</Option>
</Choice>

## After

\`\`\`bash id=on-linux os=linux title="On Linux"
uname
\`\`\`

\`\`\`bash id=on-macos os=darwin title="On macOS"
sw_vers
\`\`\`

<Manual id="tell" title="Tell the others">
Write to them.
</Manual>

## Roll back

\`\`\`bash id=revert risk=destructive risk-reason="it takes it back"
git revert --no-edit "$VERSION"
\`\`\`

${sentence}
`;

/** Writes the project into a temporary folder. */
export async function writePracticeProject(): Promise<PracticeProject> {
  const root = await mkdtemp(path.join(tmpdir(), "opswright-practice-"));
  const folder = path.join(root, "runbooks");
  await mkdir(folder);
  const change = (sentence: string): Promise<void> =>
    writeFile(path.join(folder, "practice.mdx"), runbook(sentence));
  await change("That is all.");
  await writeFile(
    path.join(folder, "other one.md"),
    "# Another one\n\n```bash\ntrue\n```\n\n```bash os=darwin\nsw_vers\n```\n\n```bash os=linux\nuname\n```\n",
  );
  return { root, change, remove: () => rm(root, { recursive: true, force: true }) };
}
