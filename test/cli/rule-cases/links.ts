import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { commitAll, mdx, type RuleCase } from "./rule-case.ts";

const absent = "Link to a file that is there, or remove the link.";
const text = (body: string): string => `# Runbook\n\n${body}\n`;

/** Cases of the rules for links. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "links/dead-link": {
    files: {
      "runbooks/backups.md": "# Backups\n",
      "runbooks/a.md": text("See [how to restore](backup.md#restore)."),
    },
    message: "The link leads to `backup.md`, which is not there.",
    hint: "Did you mean `runbooks/backups.md`?",
    at: "runbooks/a.md:3:22-3:31",
    related: ["runbooks/backups.md"],
    nearMiss: {
      "runbooks/a.md": text(
        '[a](backups.md) [b](backups) [c](./backups.md?plain=1) [d](/runbooks/backups.md) [e](backups.mdx) [f](../runbooks/) [g](https://example.org/backup.md) [h](#) <ops@example.org> [i](backup%73.md) [j]({{< ref "x.md" >}}) [k](../backups/) [l](../../issues) [m](/guide/backup) [n](path/to/file.md)',
      ),
    },
  },
  "links/dead-link (moved)": {
    files: {
      "docs/old name.md": "# A page\n\nSome text that is long enough to be known again.\n",
      "runbooks/a.md": text("See [the page](<../docs/old name.md#top>)."),
    },
    async prepare(project) {
      await commitAll(project);
      const place = (name: string): string => path.join(project.directory, name);
      await rename(place("docs/old name.md"), place("runbooks/new name.md"));
      await commitAll(project);
    },
    message:
      "The link leads to `../docs/old name.md`, which is not there any more: it was moved to `runbooks/new name.md` in `…",
    hint: "Link to `runbooks/new name.md`.",
    at: "runbooks/a.md:3:17-3:36",
    related: ["runbooks/new name.md"],
    fixed: text("See [the page](<new%20name.md#top>)."),
    nearMiss: { "runbooks/a.md": text("See [the page](new%20name.md).") },
  },
  "links/dead-link (removed)": {
    files: {
      "scripts/keep.sh": "",
      "docs/gone.md": "# Gone\n",
      "runbooks/a.md": text("See [gone] and `x`.\n\n[gone]: ../docs/gone"),
    },
    async prepare(project) {
      await commitAll(project);
      await rm(path.join(project.directory, "docs/gone.md"));
      await commitAll(project);
    },
    message: "The link leads to `../docs/gone`, which is not there any more: it was removed in `…",
    hint: absent,
    at: "runbooks/a.md:5:9-5:21",
    // Without an ending, a site can have it; only history made the difference.
    nearMiss: { "runbooks/a.md": text("See [gone](../docs/other).") },
  },
  "links/dead-link (a picture)": {
    files: {
      "runbooks/img/a.png": "",
      "runbooks/a.md": text("![a](img/b.png)"),
    },
    message: "The link leads to `img/b.png`, which is not there.",
    hint: absent,
    at: "runbooks/a.md:3:6-3:15",
    // No other picture of the kind, and no such folder: it is kept elsewhere.
    nearMiss: { "runbooks/a.md": text("![a](img/b.svg) ![b](media/c.png)") },
  },
  "links/dead-anchor": {
    files: {
      "runbooks/a.md": text("If it fails, [go back](#rollback).\n\n## Roll the release back"),
    },
    message: "This document has no heading or anchor `#rollback`.",
    hint: "Write the slug of a heading that is there, or link to the page alone.",
    at: "runbooks/a.md:3:25-3:33",
    nearMiss: {
      "runbooks/a.md": text(
        '[a](#top) [b](#roll-back) [c](#roll--back) [d](#Roll-Back) [e](#mark) [f](#in-a-list) [g](#own) [h](#roll-back-1)\n\n## Roll back\n\n## Roll back\n\n<a name="mark"></a>\n\n- ### In a list\n\n## Other {#own}',
      ),
    },
  },
  "links/dead-anchor (beside an image)": {
    files: {
      "runbooks/a.md": text("[a](#build-status)\n\n## ![state](https://x.example/b.svg) Build"),
    },
    message: "This document has no heading or anchor `#build-status`.",
    hint: "Write the slug of a heading that is there, or link to the page alone.",
    at: "runbooks/a.md:3:6-3:18",
    nearMiss: {
      "runbooks/a.md": text(
        "[a](#-build) [b](#build) [c](#state-build) [d](#test-)\n\n## ![state](https://x.example/b.svg) Build\n\n## Test [![state](https://x.example/b.svg)](https://x.example)",
      ),
    },
  },
  "links/dead-anchor (of another document)": {
    files: {
      "runbooks/b.mdx": mdx("## Check `health` & more\n\n```bash id=look\ntrue\n```\n"),
      "runbooks/a.mdx": mdx("[a](b.mdx#check-helth--more)\n"),
    },
    message: "`runbooks/b.mdx` has no heading or anchor `#check-helth--more`.",
    hint: "Did you mean `#check-health--more`?",
    at: "runbooks/a.mdx:5:11-5:28",
    related: ["runbooks/b.mdx"],
    nearMiss: {
      "runbooks/a.mdx": mdx("[a](b.mdx#check-health--more) [b](b#look) [c](./b.mdx)\n"),
    },
  },
};
