import { expect, test } from "vitest";
import { mdx } from "./rule-cases/rule-case.ts";
import { createProject } from "./run-opswright.ts";

test.each(["2026-02-30", "today", "2026-2-3", "1770076800"])(
  "OPSWRIGHT_TODAY=%s is refused",
  async (today) => {
    await using project = await createProject({ "runbooks/a.mdx": mdx("- [ ] Look\n") });
    const environment = { OPSWRIGHT_TODAY: today };
    expect(await project.run(["check"], { environment })).toEqual({
      exitCode: 6,
      stdout: "",
      stderr: `error: OPSWRIGHT_TODAY must be a date such as 2026-02-03, not "${today}".\n`,
    });
  },
);

test("an empty OPSWRIGHT_TODAY and a build's SOURCE_DATE_EPOCH change nothing", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": mdx("- [ ] Look\n", "created: 2020-01-28\nreviewed: 2020-02-03\n"),
  });
  const environment = { OPSWRIGHT_TODAY: "", SOURCE_DATE_EPOCH: "315532800" };
  const { exitCode, stdout } = await project.run(["check"], { environment });
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain("freshness/impossible-date");
});
