import { describe, expect, test } from "vitest";
import { parseHelpText } from "../../../src/drift/facts/parse-help-text.ts";

const sorted = (set: ReadonlySet<string>): readonly string[] => [...set].toSorted();

describe("parseHelpText reads options", () => {
  test("of GNU programs", () => {
    const help = parseHelpText(
      [
        "Usage: sift [OPTION]... PATTERN [FILE]...",
        "  -e, --regexp=PATTERN      use this one",
        "  -m, --max-count=NUM       stop after NUM lines, see --stop-early.",
        "      --color[=WHEN]        mark what fits",
        "  -q, --quiet, --silent     say nothing",
        "  -1                        one column",
        "Well-known words are none-such, and 5-10 is no option.",
      ].join("\n"),
    );
    expect(sorted(help.options)).toEqual(
      sorted(
        new Set(
          "-e --regexp -m --max-count --stop-early --color -q --quiet --silent -1".split(" "),
        ),
      ),
    );
    expect(sorted(help.valued)).toEqual(["--max-count", "--regexp", "-e", "-m"]);
    expect(help.commands.size).toBe(0);
    expect(help).toMatchObject({ passesOn: false, isPartial: false });
  });

  test("of git, with their opposites", () => {
    const { options, valued } = parseHelpText(
      "usage: keep send [<options>]\n\n    -n, --[no-]dry-run    do nothing\n    --repo <place>        to there\n    -o, --[no-]push-option <text>\n",
    );
    expect(sorted(options)).toEqual([
      "--dry-run",
      "--no-dry-run",
      "--no-push-option",
      "--push-option",
      "--repo",
      "-n",
      "-o",
    ]);
    expect(sorted(valued)).toEqual(["--no-push-option", "--push-option", "--repo", "-o"]);
  });

  test("of Go programs, whose flags have types, and of those with one hyphen", () => {
    const cobra = parseHelpText(
      "Flags:\n  -e, --env list        Set variables\n      --timeout duration   How long\n  -d, --detach          Leave it alone\n",
    );
    expect(sorted(cobra.valued)).toEqual(["--env", "--timeout", "-e"]);
    expect(cobra.options.has("--detach")).toBe(true);
    const flags = parseHelpText("Options:\n  -auto-approve    Ask nothing\n  -var 'a=b'   Set\n");
    expect(sorted(flags.options)).toEqual(["-auto-approve", "-var"]);
  });

  test("of BSD programs, from their usage line alone", () => {
    const { options } = parseHelpText("usage: hop [-46AaC] [-b address] [-o option] where\n");
    expect(sorted(options)).toEqual(["-4", "-46AaC", "-6", "-A", "-C", "-a", "-b", "-o"]);
  });

  test("of Python's argparse and click", () => {
    const argparse = parseHelpText(
      "usage: db [-h] [-c CONFIG] {heads,upgrade} ...\n\noptions:\n  -c CONFIG, --config CONFIG\n                        The file\n  --raise               Show all\n",
    );
    expect(sorted(argparse.valued)).toEqual(["--config", "-c"]);
    const click = parseHelpText(
      "Options:\n  --debug / --no-debug  Set the mode.\n  -p, --port INTEGER    The port.\n",
    );
    expect(sorted(click.options)).toEqual(["--debug", "--no-debug", "--port", "-p"]);
    expect(sorted(click.valued)).toEqual(["--port", "-p"]);
  });
});

describe("parseHelpText reads sub-commands", () => {
  test.each([
    ["argparse", "usage: db [-h] {heads,upgrade} ...\n", "heads upgrade"],
    [
      "click",
      "Commands:\n  routes  Show them.\n  run     Serve.\n          And wait.\n",
      "routes run",
    ],
    [
      "cobra",
      "Management Commands:\n  buildx*     Build\n  compose*    Run many\n\nCommands:\n  run   Run one\n\nFlags:\n  -h, --help   Help\n",
      "buildx compose run",
    ],
    [
      "kubectl",
      "Basic Commands (Beginner):\n  create          Create it\n  run   Run it\n\nUsage:\n  kube [flags]\n",
      "create run",
    ],
    [
      "commander",
      "Commands:\n  install|i [options] <name>  Add one\n  serve [port]   Serve\n  help [command]  Help\n",
      "help i install serve",
    ],
    ["clap", "SUBCOMMANDS:\n    logs    Show\n    up      Deploy\n", "logs up"],
    [
      "npm",
      "All commands:\n\n    access, adduser, audit,\n    why, x-ray\n\nMore:\n    none\n",
      "access adduser audit why x-ray",
    ],
    [
      "a table of names",
      "Standard commands\nasn1parse   ca     ciphers\ndgst    ec   enc\n",
      "asn1parse ca ciphers dgst ec enc",
    ],
    ["a list of names", "Commands:\n  add\n  am\n  commit\n", "add am commit"],
    [
      "GNU, which has none",
      "Usage: list [OPTION]... [FILE]...\nList files, as commands do:\n  a   b\n",
      "",
    ],
  ])("of %s", (_, text, commands) => {
    expect(sorted(parseHelpText(text).commands).join(" ")).toBe(commands);
  });
});

test.each([
  ["Usage: limit [OPTION] DURATION COMMAND [ARG]...\n", true],
  ["Usage:  box exec [OPTIONS] CONTAINER COMMAND [ARG...]\n", true],
  ["Usage: box [OPTIONS] COMMAND [ARGS]...\n\nCommands:\n  a  A\n  b  B\n", false],
  ["Usage: list [OPTION]... [FILE]...\n", false],
])("parseHelpText tells whether operands are another program's words: %j", (text, passesOn) => {
  expect(parseHelpText(text).passesOn).toBe(passesOn);
});

test("parseHelpText tells a help that does not list everything", () => {
  expect(parseHelpText("Some of the options include:\n  -r   raw\n").isPartial).toBe(true);
});

test.each([
  ["hyphens", "-".repeat(1_000_000)],
  ["options", "  -a, --all=ALL   all\n".repeat(45_000)],
  ["braces", "usage: x {a,b".repeat(80_000)],
  ["blanks", `Commands:\n${"  ".repeat(500_000)}`],
  ["words", `Commands:\n${"a, b ".repeat(200_000)}`],
])("a megabyte of %s is read in time that grows with its length", (_, text) => {
  // The best of three: other processes of the machine take their time too.
  const time = (size: number): number => {
    const part = text.slice(0, size);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      parseHelpText(part);
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  expect(time(1_000_000)).toBeLessThan(40 * Math.max(time(100_000), 3));
});
