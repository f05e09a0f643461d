import { describe, expect, test } from "vitest";
import {
  findMakefile,
  hasTarget,
  makefileFacts,
  type Makefile,
} from "../../../src/drift/facts/makefile-facts.ts";
import { observeFacts } from "../observe-facts.ts";

const read = async (
  text: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Makefile> => {
  const { facts } = await observeFacts(makefileFacts, { Makefile: text, ...others });
  return findMakefile(facts, "", undefined)!;
};
const namesOf = ({ targets }: Makefile): readonly string[] => targets.map(({ name }) => name);

describe("targets of a Makefile", () => {
  test("are those of rules, several in a line, with their places", async () => {
    const makefile = await read("build test:: deps\n\tgo build\ndeploy: build ; ./deploy\n");
    expect(namesOf(makefile)).toEqual(["build", "test", "deploy"]);
    expect(makefile.targets[1]?.span?.start).toMatchObject({ line: 1, column: 7 });
  });

  test("are found across continued lines, with Windows' line ends", async () => {
    const makefile = await read(
      "VERSION := 1\\\r\n 2\r\nbuild \\\r\n  lint: all\r\n\techo a: b\r\nrun:\r\n",
    );
    expect(namesOf(makefile)).toEqual(["build", "lint", "run"]);
    expect(makefile.targets[1]?.span?.start).toMatchObject({ line: 4, column: 3 });
  });

  test("are not read from recipes, assignments, conditions, comments and definitions", async () => {
    const makefile = await read(
      [
        "URL = http://x:80",
        "OTHER ?= a",
        "define HELP",
        "usage: this",
        "endef",
        "ifeq ($(A),b:c)",
        "one:",
        "\tcurl http: x",
        "endif",
        "# two: three",
        "one: private X := y:z",
        "export PATH := a:b",
        "$(info hello: there)",
      ].join("\n"),
    );
    expect(namesOf(makefile)).toEqual(["one"]);
    expect(makefile.openReason).toBeUndefined();
  });

  test("are what .PHONY names, without a rule too", async () => {
    const makefile = await read(".PHONY: a \\\n  b # c\na:\n");
    expect(namesOf(makefile)).toEqual(["a", "b"]);
  });

  test("hold resolved variables, and patterns in place of what is not known", async () => {
    const makefile = await read(
      "APP = web api\nNAME := run-$(APP)\n$(NAME): x\nbuild-$(OTHER): x\n$(OBJ): %.o: %.c\nA=$(B)\nB=$(A)\n$(A):\n",
    );
    expect(namesOf(makefile)).toEqual(["run-web", "api"]);
    expect(makefile.computed).toEqual(["build-%", "%.o", "%"]);
  });

  test("of pattern rules match anything of their form", async () => {
    const makefile = await read("deploy-%: build\n\t./deploy $*\nbuild:\n");
    expect(hasTarget(makefile, "deploy-staging")).toBe(true);
    expect(hasTarget(makefile, "deploy-")).toBe(false);
    expect(hasTarget(makefile, "delpoy-staging")).toBe(false);
  });

  test("can be unseen where rules are computed", async () => {
    const makefile = await read("$(foreach s,a b,$(eval $(call rule,$(s))))\nall:\n");
    expect(hasTarget(makefile, "all")).toBe(true);
    expect(hasTarget(makefile, "a")).toBe("unknown");
  });
});

describe("included files", () => {
  test("are read by name, variable and wildcard, and once each", async () => {
    const makefile = await read(
      "DIR = make\ninclude $(DIR)/a.mk\n-include $(wildcard more/*.mk)\n",
      {
        "make/a.mk": "a:\ninclude make/a.mk Makefile\n",
        "more/b.mk": "b:\n",
      },
    );
    expect(namesOf(makefile)).toEqual(["a", "b"]);
    expect(makefile.targets[0]?.path).toBe("make/a.mk");
    expect(makefile.openReason).toBeUndefined();
  });

  test("that are not there leave unknown targets open, save settings", async () => {
    expect((await read("include ../shared.mk\n")).openReason).toContain("not in the repository");
    expect((await read("-include .env\n-include $(DEPS)\n")).openReason).toBeUndefined();
  });
});

test("GNUmakefile is taken before Makefile, in the subject's folder", async () => {
  const { facts } = await observeFacts(
    makefileFacts,
    { "app/Makefile": "a:\n", "app/GNUmakefile": "b:\n", Makefile: "c:\n" },
    { subject: "app" },
  );
  expect(findMakefile(facts, "", undefined)).toMatchObject({ path: "app/GNUmakefile", folder: "" });
});

test.each([
  ["continued lines", "\\\n"],
  ["blanks", " "],
  ["parentheses", "$("],
  ["rules", "a:b\n"],
  [".PHONY", ".PHONY: a\n"],
  ["variables of variables", "A=$(A)$(A)\n$(A):\n"],
])("much text of %s is read in one pass", { timeout: 60_000 }, async (_name, piece) => {
  const size = (count: number): string => piece.repeat(Math.ceil(count / piece.length));
  const time = async (text: string): Promise<number> => {
    const start = performance.now();
    await read(`x:\n${text}`);
    return performance.now() - start;
  };
  await time(size(16_000));
  const small = Math.max(50, await time(size(31_000)));
  expect(await time(size(250_000))).toBeLessThan(small * 40);
});
