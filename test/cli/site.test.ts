import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createProject, type FixtureFiles, type FixtureProject } from "./run-opswright.ts";
import { program } from "../program.ts";

const timeoutMs = 240_000;
const documents: FixtureFiles = {
  "disk-full.md": "# The disk is full\n\n```bash\ndf -h /\n```\n",
  "restart.md":
    "# Restart it\n\n```bash\nsystemctl restart api\n```\n\nSee [disk](disk-full.md).\n",
  "rotate.md": "# Rotate the keys\n\n- [ ] Tell the team\n",
};
const restart: FixtureFiles = { "runbooks/restart.md": documents["restart.md"] ?? "" };

/** Settings of the project's own tools, each of which ends a build that reads it. */
const trap = 'throw new Error("read");\n';
const traps: FixtureFiles = {
  "astro.config.mjs": trap,
  "postcss.config.js": trap,
  "vite.config.js": trap,
  "tsconfig.json": "no JSON",
  "public/trap.txt": "not ours",
  ".env": "BASE_URL=/trap\nPUBLIC_X=1\n",
};

async function readPage(project: FixtureProject, name: string): Promise<string> {
  return readFile(path.join(project.directory, name, "index.html"), "utf8");
}

describe("opswright site build", () => {
  test(
    "makes a site of three documents and nothing else, and reads no settings of other tools",
    async () => {
      await using project = await createProject({ ...documents, ...traps });
      const before = await readdir(project.directory);
      const { exitCode, stdout, stderr } = await project.run(["site", "build"]);
      expect(stderr).toBe("Building the site of 3 runbooks in [DIR] …\n");
      expect(stdout).toMatch(
        /^\d+ pages of 3 runbooks in dist-site\/ \(\[DURATION\]\)\.\nLook at it: opswright site preview\n$/u,
      );
      expect(exitCode).toBe(0);
      expect((await readdir(project.directory)).toSorted()).toEqual(
        [...before, ".opswright", "dist-site"].toSorted(),
      );
      expect(existsSync(path.join(project.directory, "dist-site/trap.txt"))).toBe(false);
      const page = await readPage(project, "dist-site/runbooks/restart");
      expect(page).toContain("Restart it");
      expect(page).toContain('href="/runbooks/disk-full/"');
      // git sees none of what is kept for the next build.
      expect(
        await readFile(path.join(project.directory, ".opswright/site/.gitignore"), "utf8"),
      ).toBe("*\n");
    },
    timeoutMs,
  );

  test(
    "goes by the configuration, replaces its last build whole, and tells of errors",
    async () => {
      await using project = await createProject({
        ...restart,
        "runbooks/other.md": "# Other\n\n```bash timeot=3s\ntrue\n```\n",
        "brand/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        "opswright.config.json": JSON.stringify({
          site: {
            title: "Night shift",
            base: "/ops",
            outDir: "public/site",
            logo: "brand/mark.svg",
          },
        }),
      });
      const first = await project.run(["site", "build", "--json"], { isRaw: true });
      expect(first.stderr).toBe("");
      expect(JSON.parse(first.stdout)).toMatchObject({
        schemaVersion: 1,
        outDir: path.join(project.directory, "public/site"),
        base: "/ops",
        runbookCount: 2,
        problems: { error: 1 },
      });
      const page = await readPage(project, "public/site/runbooks/restart");
      expect(page).toContain("Night shift");
      expect(page).toContain('href="/ops/');
      expect(
        await readFile(path.join(project.directory, "public/site/logo.svg"), "utf8"),
      ).toContain("<path");
      await rm(path.join(project.directory, "runbooks/other.md"));
      const second = await project.run(["site", "build", "--quiet"]);
      expect(second).toEqual({ exitCode: 0, stdout: "", stderr: "" });
      expect(existsSync(path.join(project.directory, "public/site/runbooks/other"))).toBe(false);
      expect(existsSync(path.join(project.directory, "public/site/runbooks/restart"))).toBe(true);
    },
    timeoutMs,
  );

  test.each<[string, FixtureFiles, readonly string[], number, RegExp]>([
    ["there are no runbooks", { "README.md": "# X\n" }, [], 6, /There is no runbooks/],
    ["the folder is empty", { "runbooks/_x.md": "# X\n" }, [], 6, /There are no runbooks in/],
    ["the root is not there", {}, ["--root", "nowhere"], 6, /There is no folder/],
    [
      "the configuration is not valid",
      { ...restart, "opswright.config.json": '{"site":{"base":"x"}}' },
      [],
      3,
      /site\.base/,
    ],
    [
      "the logo holds a script",
      {
        ...restart,
        "logo.svg": "<svg onload='x()'></svg>",
        "opswright.config.json": '{"site":{"logo":"logo.svg"}}',
      },
      [],
      3,
      /The site's logo `logo\.svg` holds a script/,
    ],
    ["it would replace the project", restart, ["--out-dir", "."], 2, /the project is there/],
    ["it would replace what is above", restart, ["--out-dir", ".."], 2, /the project is there/],
    ["it would be a runbook", restart, ["--out-dir", "runbooks/site"], 2, /runbooks are there/],
    [
      "it would replace what somebody wrote",
      { ...restart, "public/mine.txt": "mine" },
      ["--out-dir", "public"],
      2,
      /holds files that Opswright did not build/,
    ],
    ["the base is no path", restart, ["--base", "ops"], 2, /It must be a path/],
  ])("says so and writes nothing where %s", async (_name, files, args, code, message) => {
    await using project = await createProject(files);
    const { exitCode, stderr, stdout } = await project.run(["site", "build", ...args]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(exitCode).toBe(code);
    expect(existsSync(path.join(project.directory, "dist-site"))).toBe(false);
    for (const [name, text] of Object.entries(files)) {
      expect(await readFile(path.join(project.directory, name), "utf8")).toBe(text);
    }
  });
});

/** A server that runs until it is told to end. */
interface Served {
  readonly address: string;
  /** Sends a signal, and gives back the exit code. */
  end(signal: "SIGINT" | "SIGTERM"): Promise<number | undefined>;
}

async function serve(project: FixtureProject, args: readonly string[]): Promise<Served> {
  const child = execa(process.execPath, [program, "site", ...args], {
    cwd: project.directory,
    env: project.environment,
    extendEnv: false,
    reject: false,
  });
  const address = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text.trim());
    });
    void child.then(({ stderr }) => {
      reject(new Error(stderr));
      return undefined;
    });
  });
  return {
    address,
    async end(signal) {
      child.kill(signal);
      return (await child).exitCode;
    },
  };
}

/** Asks until the answer holds the text; the test's own time limit ends it. */
async function waitForText(address: string, text: string): Promise<string> {
  for (;;) {
    const answer = await fetch(address).then((response) => response.text());
    if (answer.includes(text)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("opswright site dev", () => {
  test(
    "shows what changes, and what a check finds",
    async () => {
      await using project = await createProject({
        ...documents,
        "gone.md": "# Gone\n\nSee `scripts/gone.sh` and [that](docs/gone.md).\n",
      });
      const served = await serve(project, ["dev", "--base", "/ops"]);
      expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ops\/$/u);
      const page = `${served.address}runbooks/restart/`;
      await waitForText(page, "<title>Restart it");
      await waitForText(`${served.address}runbooks/gone/`, "docs/gone.md");
      const file = path.join(project.directory, "restart.md");
      await writeFile(file, "# Restart it again\n\n```bash\nsystemctl restart api\n```\n");
      await waitForText(page, "Restart it again");
      await writeFile(path.join(project.directory, "new.md"), "# Brand new\n");
      await waitForText(served.address, "Brand new");
      expect(existsSync(path.join(project.directory, "dist-site"))).toBe(false);
      expect(await served.end("SIGINT")).toBe(0);
      await expect(fetch(page)).rejects.toThrow();
    },
    timeoutMs,
  );
});

describe("opswright site preview", () => {
  test(
    "serves what was built, below its base, until it is told to end",
    async () => {
      await using project = await createProject(restart);
      expect(await project.run(["site", "preview"])).toMatchObject({
        exitCode: 6,
        stderr: expect.stringContaining("Build it: opswright site build") as string,
      });
      // Wherever in the project one stands.
      const built = await project.run(["site", "build", "--base", "/ops"], {
        directory: "runbooks",
      });
      expect(built.exitCode, built.stderr).toBe(0);
      expect(await readdir(path.join(project.directory, "runbooks"))).toEqual(["restart.md"]);
      const served = await serve(project, ["preview"]);
      expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ops\/$/u);
      const answer = await fetch(`${served.address}runbooks/restart/`);
      expect(await answer.text()).toContain("Restart it");
      expect((await fetch(`${served.address}no/such/page/`)).status).toBe(404);
      expect(await served.end("SIGINT")).toBe(0);
      await expect(fetch(served.address)).rejects.toThrow();
    },
    timeoutMs,
  );

  test("says so where its port is taken or none", async () => {
    await using project = await createProject(restart);
    await mkdir(path.join(project.directory, "dist-site"));
    await writeFile(path.join(project.directory, "dist-site/.opswright-site.json"), '{"base":"/"}');
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as AddressInfo;
    try {
      const taken = await project.run(["site", "preview", "--port", String(port)]);
      expect(taken.stderr).toContain(`Port ${port} is taken on 127.0.0.1.`);
      expect(taken.exitCode).toBe(6);
    } finally {
      other.close();
    }
    const none = await project.run(["site", "preview", "--port", "70000"]);
    expect(none.stderr).toContain("It must be a number from 1 to 65535.");
    expect(none.exitCode).toBe(2);
  });
});
