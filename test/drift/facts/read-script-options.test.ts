import { describe, expect, test } from "vitest";
import { readScriptOptions } from "../../../src/drift/facts/read-script-options.ts";
import {
  readArgumentRoles,
  type ScriptCommand,
  type ScriptOptions,
} from "../../../src/drift/facts/script-options.ts";

function known(path: string, text: string): ScriptOptions {
  const read = readScriptOptions(path, text);
  if (read.kind === "unknown") throw new Error(read.reason);
  return read.options;
}

function reasonOf(path: string, text: string): string {
  const read = readScriptOptions(path, text);
  return read.kind === "unknown" ? read.reason : "known";
}

const namesOf = ({ options }: ScriptCommand): readonly string[] =>
  options.flatMap(({ names }) => names);

/** How each word of a call is taken: `+option`, `-command`, `other`. */
function rolesOf(options: ScriptOptions, call: string): readonly string[] {
  const args = call.split(" ").map((text) => ({ text, isLiteral: true }));
  return readArgumentRoles(options, args).map((role) =>
    role.kind === "other" ? "other" : `${role.isKnown ? "+" : "-"}${role.kind}`,
  );
}

describe("shell scripts", () => {
  const loop = [
    "#!/usr/bin/env bash",
    "usage() { cat <<EOF",
    'case "$1" in --fake) ;; esac',
    "EOF",
    "}",
    "# --comment",
    "while [ $# -gt 0 ]; do",
    '  case "$1" in',
    "    -f | --force) FORCE=1; shift ;;",
    "    '--output'=*) OUT=${1#*=}; shift ;;",
    '    -n) NAME="$2"; shift 2 ;;',
    "    *) usage; exit 2 ;;",
    "  esac",
    "done",
  ].join("\n");

  test.each([
    ["Unix line ends", loop],
    ["Windows' line ends", loop.replaceAll("\n", "\r\n")],
    ["tabs", loop.replaceAll("  ", "\t")],
  ])("with a loop over their arguments and %s", (_name, text) => {
    const options = known("x", text);
    expect(namesOf(options.root)).toEqual(["-f", "--force", "--output", "-n"]);
    expect(options.root.openReason).toBeUndefined();
    expect(rolesOf(options, "-n -f --force --forse")).toEqual([
      "+option",
      "other",
      "+option",
      "-option",
    ]);
    const [force] = options.root.options;
    expect(text.slice(force?.range.start, force?.range.end)).toBe("-f");
  });

  test("with getopts", () => {
    const options = known("x.sh", 'while getopts ":ab:" opt; do case $opt in a) ;; esac; done\n');
    expect(namesOf(options.root)).toEqual(["-a", "-b"]);
    expect(rolesOf(options, "-ab x -bx -c")).toEqual(["+option", "other", "+option", "-option"]);
  });

  test("with getopt", () => {
    const options = known(
      "x.sh",
      'OPTS=$(getopt -o \'fo:\' \\\n  --long force,output: -- "$@")\neval set -- "$OPTS"\n',
    );
    expect(namesOf(options.root)).toEqual(["-f", "-o", "--force", "--output"]);
    expect(rolesOf(options, "--output -x --forc")).toEqual(["+option", "other", "+option"]);
  });

  test("with arguments that a function reads", () => {
    const options = known(
      "x.sh",
      'log() {\n  echo "$@"\n}\nmain() {\n  for arg in "$@"; do\n    case $arg in --quick) ;; -*) die ;; esac\n  done\n}\nmain "$@"\n',
    );
    expect(namesOf(options.root)).toEqual(["--quick"]);
    expect(options.root.openReason).toBeUndefined();
  });

  test("with sub-commands", () => {
    const options = known(
      "x.sh",
      'cmd=${1:-help}\nshift\ncase "$cmd" in\n  start|stop) run ;;\n  help) ;;\n  *) echo "unknown $cmd"; exit 1 ;;\nesac\n',
    );
    expect(options.root.isStrict).toBe(true);
    expect(rolesOf(options, "start")).toEqual(["+command"]);
    expect(rolesOf(options, "strat now")).toEqual(["-command", "other"]);
    expect(options.root.openReason).toBeDefined();
  });

  test.each([
    ["shift before", 'shift\ncase "$1" in a) ;; *) exit 1 ;; esac\n'],
    ["patterns", 'case "$1" in a) ;; v*) ;; *) exit 1 ;; esac\n'],
    ["no refusal", 'case "$1" in a) ;; *) run "$1" ;; esac\n'],
  ])("refuse no word where there is %s", (_name, text) => {
    expect(known("x.sh", text).root.isStrict).toBe(false);
  });

  test.each([
    ["$@ to a program", 'case "$1" in --help) exit ;; esac\nexec docker compose "$@"\n', "hands"],
    ["a case outside of loops", 'case "$1" in --help) exit ;; esac\nrun "$1"\n', "keeps"],
    ["kept arguments", 'for a in "$@"; do case $a in -h) ;; *) R+=("$a") ;; esac; done\n', "keeps"],
    [
      "an option pattern",
      'for a in "$@"; do case $a in -[hv]) ;; *) exit 1 ;; esac; done\n',
      "pattern",
    ],
    ["a variable of getopts", 'while getopts "$SPEC" o; do :; done\n', "variable"],
  ])("are open to options with %s", (_name, text, reason) => {
    expect(known("x.sh", text).root.openReason).toContain(reason);
  });

  test.each([
    ["arguments by number", 'helm upgrade app "$1"\n'],
    ["a sourced file", ". ./lib.sh\nrun\n"],
    ["$@ alone", 'exec "$@"\n'],
    ["awk in quotes", "ps | awk '{print $1}'\n"],
  ])("are not known with %s", (_name, text) => {
    expect(reasonOf("x.sh", text)).not.toBe("known");
  });

  test("that read no argument take none", () => {
    const options = known("x.sh", 'run() {\n  echo "$1"\n}\nrun a\n');
    expect(options.root.options).toEqual([]);
    expect(options.root.openReason).toBeUndefined();
  });
});

describe("Python scripts with argparse", () => {
  const text = [
    "import argparse",
    "parser = argparse.ArgumentParser(description='it(')",
    'parser.add_argument("-v", "--verbose", action="count")',
    "commands = parser.add_subparsers(dest='command')",
    "backup = commands.add_parser('backup', aliases=['b'])",
    "group = backup.add_mutually_exclusive_group()",
    "group.add_argument(",
    '    "--output",  # a ( comment',
    "    type=str)",
    'commands.add_parser("status")',
    "parser.parse_args()",
  ].join("\n");

  test.each([
    ["Unix line ends", text],
    ["Windows' line ends", text.replaceAll("\n", "\r\n")],
  ])("follow parsers by name, with %s", (_name, source) => {
    const options = known("x.py", source);
    expect(namesOf(options.root)).toEqual(["-v", "--verbose", "-h", "--help"]);
    expect(options.root.commands.map(({ name }) => name)).toEqual(["backup", "status"]);
    expect(options.isExact).toBe(true);
    expect(rolesOf(options, "-vv b --outp x")).toEqual(["+option", "+command", "+option", "other"]);
    expect(rolesOf(options, "status --output")).toEqual(["+command", "-option"]);
    expect(rolesOf(options, "bakup --output")).toEqual(["-command", "other"]);
  });

  test.each([
    ["parse_known_args", "p = ArgumentParser()\np.parse_known_args()\n"],
    ["computed names", "p = ArgumentParser()\np.add_argument(name)\n"],
    ["a foreign function", "p = ArgumentParser()\nadd_common(p)\n"],
    ["a remainder", "p = ArgumentParser()\np.add_argument('rest', nargs=argparse.REMAINDER)\n"],
  ])("are open with %s", (_name, source) => {
    expect(known("x.py", source).root.openReason).toBeDefined();
  });

  test("count options of unknown parsers for all", () => {
    const options = known(
      "x.py",
      "p = ArgumentParser()\nfor one in (a, b):\n    one.add_argument('--both')\n",
    );
    expect(rolesOf(options, "--both")).toEqual(["+option"]);
    expect(options.isExact).toBe(false);
  });

  test("without argparse are not known", () => {
    expect(reasonOf("x.py", "import sys\nprint(sys.argv)\n")).not.toBe("known");
    expect(reasonOf("x.py", "import typer\n")).not.toBe("known");
  });
});

describe("Python scripts with click", () => {
  const text = [
    "import click",
    "@click.group()",
    "def cli(): pass",
    "@cli.command()",
    '@click.option("--shout/--no-shout", "-s")',
    '@click.option("--count", type=int)',
    "@click.argument('name')",
    "def say_hello(name): pass",
    '@cli.command("db")',
    "def database(): pass",
  ].join("\n");

  test("follow groups by name", () => {
    const options = known("x.py", text);
    expect(options.root.commands.map(({ name }) => name)).toEqual(["say-hello", "db"]);
    expect(rolesOf(options, "say-hello --no-shout --count 2")).toEqual([
      "+command",
      "+option",
      "+option",
      "other",
    ]);
    expect(rolesOf(options, "db --shout")).toEqual(["+command", "-option"]);
  });

  test("are open with other decorators, unknown with others' commands", () => {
    const open = known("x.py", text.replace('@cli.command("db")', '@cli.command("db")\n@common'));
    expect(open.root.commands[1]?.openReason).toBeDefined();
    expect(reasonOf("x.py", `${text}\ncli.add_command(other)\n`)).not.toBe("known");
  });
});

describe("Node scripts", () => {
  test("with parseArgs, its options in place or declared", () => {
    const options = 'quick: { type: "boolean", short: "q" }, // (\n "dry-run": { type: "string" },';
    for (const text of [
      `import { parseArgs } from "node:util";\nparseArgs({ options: { ${options} } });`,
      `import { parseArgs } from "node:util";\nconst options = { ${options} };\nparseArgs({ options });`,
    ]) {
      expect(namesOf(known("x.ts", text).root)).toEqual(["--quick", "-q", "--dry-run"]);
    }
    expect(
      reasonOf(
        "x.js",
        'import { parseArgs } from "util"; parseArgs({ strict: false, options: {} })',
      ),
    ).not.toBe("known");
  });

  test("with commander", () => {
    const options = known(
      "x.js",
      [
        'import { program, Option } from "commander";',
        'program.version("1").option("-f, --force <level>", "(")',
        '  .addOption(new Option("--quiet"));',
        'program.command("deploy <target>").alias("d").option("--dry-run");',
      ].join("\n"),
    );
    expect(namesOf(options.root)).toEqual([
      "-V",
      "--version",
      "-f",
      "--force",
      "--quiet",
      "--dry-run",
      "-h",
      "--help",
    ]);
    expect(rolesOf(options, "d --dry-run")).toEqual(["+command", "+option"]);
    expect(options.root.isStrict).toBe(true);
  });
});

test.each([
  ["case", 'case "$1" in a)\n'],
  ["here-documents", "<<A\n"],
  ["quotes", "'\"\\"],
  ["functions", "f() {\n"],
  ["assignments", 'a="$1"\n'],
  ["words", "a"],
  ["blanks", " "],
  ["brackets", "[ "],
  ["getopt", "getopt -o a \\\n"],
  ["add_argument", "p.add_argument("],
  ["decorators", "@click.option(\n"],
  ["comments", "/* # // "],
  ["parseArgs", "parseArgs({options:{a:{"],
])(
  "broken %s of a quarter of a megabyte are read in one pass",
  { timeout: 60_000 },
  (_name, piece) => {
    const size = (count: number): string => piece.repeat(Math.ceil(count / piece.length));
    const time = (count: number): number => {
      const start = performance.now();
      readScriptOptions("x.sh", `x "$@" $1\n${size(count)}`);
      readScriptOptions("x.py", `import argparse\n${size(count)}`);
      readScriptOptions("x.py", `import click\n${size(count)}`);
      readScriptOptions("x.ts", `import {parseArgs} from "node:util"\n${size(count)}`);
      readScriptOptions("x.ts", `import {} from "commander"\n${size(count)}`);
      return performance.now() - start;
    };
    time(8000);
    const small = Math.max(50, time(16_000));
    expect(time(250_000)).toBeLessThan(small * 60);
  },
);
