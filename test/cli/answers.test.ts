import { readdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

const files = {
  "runbooks/night.mdx": `---
title: Night
procedures:
  deploy:
    default: true
    title: Deploy by night
    onFailure: back
    steps: [section: deploy]
  back: { title: Go back, steps: [section: back] }
---

## Deploy

<Manual id="upload" title="Upload">Upload the archive.</Manual>

\`\`\`bash id=push title=Push confirm="Is the team told?"
echo pushed > pushed
\`\`\`

\`\`\`bash id=wipe title=Wipe risk=destructive
rm -rf build
\`\`\`

## Back

\`\`\`bash id=undo title=Undo confirm="Take it back?"
rm pushed
\`\`\`

\`\`\`bash id=note title=Note
echo back
\`\`\`
`,
};

test("answers given beforehand run it without a person, and are on record by name", async () => {
  await using project = await createProject({
    ...files,
    "night.yaml": "upload: { answer: done, note: by hand }\npush: yes\nwipe: wipe\nundo: yes\n",
    "answers/back.json": '{ "undo": "yes" }',
  });
  const by = `${userInfo().username} of --answers night.yaml`;
  expect(await project.run(["run", "night", "--answers", "night.yaml"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Deploy by night
night · 3 steps · plan [DIGEST] · run [RUN]

▸ 1/3  Upload  by hand
  Deploy
  Upload the archive.
  ? yes (by hand), by ${by}
  ✓ done, [DURATION]

▸ 2/3  Push  change
  Deploy
  $ echo pushed > pushed
  ? Is the team told? yes, by ${by}
  ✓ [DURATION]

▸ 3/3  Wipe  destructive
  Deploy
  $ rm -rf build
  ? yes, by ${by}
  ✓ [DURATION]

  1  Upload  ✓ passed  [DURATION]
  2  Push    ✓ passed  [DURATION]
  3  Wipe    ✓ passed  [DURATION]

✓ Completed: 3 steps in [DURATION].
Look back:  opswright runs show [RUN]
`,
  });
  expect(await readdir(project.directory)).toContain("pushed");
  const back = await project.run(["rollback", "--answers", "answers/back.json"]);
  expect(back).toMatchObject({ exitCode: 0, stderr: "" });
  expect(back.stdout).toContain(`yes, by ${userInfo().username} of --answers answers/back.json`);
  expect(await readdir(project.directory)).not.toContain("pushed");
});

test("what a file leaves open or answers wrongly is told before anything runs", async () => {
  await using project = await createProject({
    ...files,
    "half.yaml": "upload: done\nwipe: wipe\n",
    "unfit.json":
      '{\n  "uplaod": "done",\n  "push": { "answer": "done" },\n  "wipe": "yes",\n  "note": "yes"\n}\n',
  });
  const half = await project.run(["run", "night", "--answers", "half.yaml"]);
  expect(half).toMatchObject({ exitCode: 7, stdout: "" });
  expect(half.stderr).toContain("the step `push` asks before it\nruns: Is the team told?");
  expect(half.stderr).toContain("1 error in 1 file.\nNothing was run.\n");
  expect(await project.run(["run", "night", "--yes", "--answers", "unfit.json"])).toEqual({
    exitCode: 3,
    stdout: "",
    stderr: `error[unknown-answer]: The plan has no step \`uplaod\` to be answered.
 --> unfit.json:2:3
  |
2 |   "uplaod": "done",
  |   ^^^^^^^^
  = help: Did you mean \`upload\`?

error[unfit-answer]: The step \`push\` does not take the answer \`done\`.
 --> unfit.json:3:23
  |
3 |   "push": { "answer": "done" },
  |                       ^^^^^^
  = help: Write \`yes\`, \`no\` or \`skip\`.

error[unfit-answer]: The step \`wipe\` does not take the answer \`yes\`.
 --> unfit.json:4:11
  |
4 |   "wipe": "yes",
  |           ^^^^^
  = help: Write \`wipe\`, \`no\` or \`skip\`. What cannot be taken back needs the
          step's own id as its word.

error[unfit-answer]: The step \`note\` asks nothing that \`yes\` could answer.
 --> unfit.json:5:11
  |
5 |   "note": "yes"
  |           ^^^^^
  = help: Remove it: the step is run without a question.

4 errors in 1 file.
Nothing was run.
`,
  });
  expect(await project.run(["run", "night", "--answers", "gone.yaml"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      "error: The file of answers gone.yaml cannot be read.",
    ) as string,
  });
  expect(await readdir(project.directory)).not.toContain(".opswright");
});
