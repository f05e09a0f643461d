import { describe, expect, test } from "vitest";
import { describeCommands, readShell, textAt } from "./read-fixture.ts";

describe("words", () => {
  const cases: readonly [script: string, words: readonly string[]][] = [
    ["echo a b", ["echo", "a", "b"]],
    ['echo "a b" c', ["echo", "a b", "c"]],
    ["echo 'a b'", ["echo", "a b"]],
    ["echo a\\ b", ["echo", "a b"]],
    ["echo $'a\\nb\\t\\x41\\u00e9\\'c'", ["echo", "a\nb\tAé'c"]],
    ['echo $"tr"', ["echo", "tr"]],
    ["echo a\"b c\"'d e'f", ["echo", "ab cd ef"]],
    ['echo "a\\"b\\$c\\`d\\\\e\\f"', ["echo", 'a"b$c`d\\e\\f']],
    ["echo ''", ["echo", ""]],
    ['echo "" x', ["echo", "", "x"]],
    ["echo a\\\nb", ["echo", "ab"]],
    ["echo a \\\n  b", ["echo", "a", "b"]],
    ['echo "a\\\nb"', ["echo", "ab"]],
    ["echo a\\;b", ["echo", "a;b"]],
    ["echo a#b", ["echo", "a#b"]],
    ["echo a=b ==", ["echo", "a=b", "=="]],
    ["echo it\\'s", ["echo", "it's"]],
    ["FOO=1 BAR='x y' cmd a", ["cmd", "a"]],
    ["a[0]=1 cmd", ["cmd"]],
    ["cmd > out arg", ["cmd", "arg"]],
    ["cmd arg >out 2>&1 more", ["cmd", "arg", "more"]],
    [">out cmd a", ["cmd", "a"]],
    ["cmd <in >out", ["cmd"]],
    ["cmd &>log", ["cmd"]],
    ["cmd 2>/dev/null", ["cmd"]],
    ["cmd a2>out", ["cmd", "a2"]],
    ["cmd 3<>f", ["cmd"]],
    ["cmd >&-", ["cmd"]],
    ["cmd <<<word a", ["cmd", "a"]],
    ["cmd <<EOF a\nbody\nEOF", ["cmd", "a"]],
    ["echo *.txt", ["echo", "*.txt"]],
    ["echo {a,b}", ["echo", "{a,b}"]],
    ["echo ünïcode → ✓", ["echo", "ünïcode", "→", "✓"]],
    ["sed s/a$/b/ f", ["sed", "s/a$/b/", "f"]],
    ["[ -f x ]", ["[", "-f", "x", "]"]],
    ["find . -name '*.x' \\( -a -b \\)", ["find", ".", "-name", "*.x", "(", "-a", "-b", ")"]],
    ["curl https://a/b?c=d", ["curl", "https://a/b?c=d"]],
    ["echo done if then", ["echo", "done", "if", "then"]],
    ["git stash@{0}", ["git", "stash@{0}"]],
    ["a\tb", ["a", "b"]],
    ["a b\r\n", ["a", "b"]],
  ];
  test.each(cases)("%j", (script, words) => {
    expect(readShell(script).commands[0]?.words).toEqual(words);
  });

  test("words with expansions keep their source and are not literal", () => {
    const [command] = readShell('cp "$SRC/a b" $(pwd)/x `id` *.txt ~/y plain').commands;
    expect(command?.words).toEqual([
      "cp",
      '"$SRC/a b"',
      "$(pwd)/x",
      "`id`",
      "*.txt",
      "~/y",
      "plain",
    ]);
    expect(command?.isLiteral).toEqual([true, false, false, false, false, false, true]);
  });

  test("ranges point at each word", () => {
    const script = 'X=1  git  commit -m "a b" >x';
    const [command] = readShell(script).commands;
    expect(command?.ranges.map((range) => textAt(script, range))).toEqual([
      "git",
      "commit",
      "-m",
      '"a b"',
    ]);
    expect(command && textAt(script, command.range)).toBe(script);
  });

  test("a URL with a question mark is literal", () => {
    expect(readShell("curl https://a/b?c=d").commands[0]?.isLiteral).toEqual([true, true]);
  });

  test("a word with a blank in it is not literal", () => {
    expect(readShell("git revert <commit>").commands[0]?.isLiteral).toEqual([true, true, false]);
  });
});

describe("names", () => {
  test.each([
    ["git push", "git"],
    ["/usr/bin/git push", "git"],
    ["./run.sh", "run.sh"],
    ["'git' push", "git"],
    ["$CMD x", ""],
    ['"$DIR"/git x', ""],
    ["<tool> x", ""],
  ])("%s is called %j", (script, name) => {
    expect(readShell(script).commands[0]?.name).toBe(name);
  });
});

describe("where commands stand", () => {
  const cases: readonly [script: string, commands: readonly string[]][] = [
    ["a; b && c || d", ["a", "b", "c", "d"]],
    ["a | b |& c", ["a", "b", "c"]],
    ["a & b", ["a", "b"]],
    ["(a; b)", ["a", "b"]],
    ["{ a; b; }", ["a", "b"]],
    ["! a", ["a"]],
    ["x=$(a $(b))", ["a $(b)", "b"]],
    ["echo `a`", ["echo `a`", "a"]],
    ['echo "x $(a) y"', ['echo "x $(a) y"', "a"]],
    ["diff <(a) <(b)", ["diff <(a) <(b)", "a", "b"]],
    ["for x in $(a); do b; done", ["a", "b"]],
    ["for ((i=0;i<3;i++)); do a; done", ["a"]],
    ["for ((;;)) { a; }", ["a"]],
    ["while a; do b; done", ["a", "b"]],
    ["until a; do b; done", ["a", "b"]],
    ["if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]],
    ["case $x in a|b) c;; (d) e;; *) f; esac; g", ["c", "e", "f", "g"]],
    ["x=$(case y in a) b;; esac); c", ["b", "c"]],
    ["f() { a; }; f", ["a", "f"]],
    ["function f { a; }\nb", ["a", "b"]],
    ["function f() { a; }", ["a"]],
    ["[[ $(a) == b ]] && c", ["a", "c"]],
    ["if [[ -f x ]]; then a; fi", ["a"]],
    ['while [[ $(a) != "" ]]; do b; done', ["a", "b"]],
    ["(( $(a) > 1 )) && b", ["a", "b"]],
    ["a=(1 $(b) 3)", ["b"]],
    ["echo ${x:-$(a)}", ["echo ${x:-$(a)}", "a"]],
    ["cat <<EOF\n$(a)\nEOF\nb", ["cat", "a", "b"]],
    ["cat <<'EOF'\n$(a)\nEOF\nb", ["cat", "b"]],
    ["# a\nb # c", ["b"]],
    ["select x in a b; do c; done", ["c"]],
    ["a\n\n\nb", ["a", "b"]],
    ["time a", ["time a", "time: a"]],
    ["time { a; }", ["a"]],
    ["coproc a", ["a"]],
    ["X=1", []],
    ["((i++))", []],
    ["> file", [""]],
    ["echo 'a; b'", ["echo a; b"]],
    ["f() ( a )", ["a"]],
    ["a && # c\nb", ["a", "b"]],
    ['cmd "$(cat <<EOF\nit\'s\nEOF\n)"; b', ['cmd "$(cat <<EOF\nit\'s\nEOF\n)"', "cat", "b"]],
    ["((a); b)", ["a", "b"]],
    ["if !(a); then b; fi", ["a", "b"]],
    ["a |\n# c\nb", ["a", "b"]],
    ["cat <<A <<B\n1\nA\n2\nB\nc", ["cat", "c"]],
    ["cat <<EOF | sort\nx\nEOF\nb", ["cat", "sort", "b"]],
    ["if cat <<EOF; then\nx\nEOF\na; fi", ["cat", "a"]],
  ];
  test.each(cases)("%j", (script, commands) => {
    expect(describeCommands(script)).toEqual(commands);
  });

  test("commands come in source order, the outer before the inner", () => {
    const starts = readShell('a "$(b)" $(c "$(d)"); e').commands.map(({ range }) => range.start);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts).toHaveLength(5);
  });
});

describe("redirections and standard input", () => {
  test("operators come with their descriptor, targets unquoted", () => {
    const [command] = readShell('cmd 2>"a b" >>$LOG <in 2>&1 &>all').commands;
    expect(
      command?.redirections.map(({ operator, target, isLiteral }) => [operator, target, isLiteral]),
    ).toEqual([
      ["2>", "a b", true],
      [">>", "$LOG", false],
      ["<", "in", true],
      ["2>&", "1", true],
      ["&>", "all", true],
    ]);
  });

  test.each([
    ["psql <<EOF\nselect 1;\nEOF", "select 1;\n"],
    ["psql <<'EOF'\nselect $1;\nEOF", "select $1;\n"],
    ["cat <<-EOF\n\ta\n\t\tb\n\tEOF", "a\nb\n"],
    ["cat <<EOF\na \\$b \\`c\\` \\\\ \\d\nEOF", "a $b `c` \\ \\d\n"],
    ['cat <<"END OF"\nx\nEND OF', "x\n"],
    ["cat <<< 'a b'", "a b"],
    ['cat <<< "$X"', "$X"],
    ["cat <<EOF\nEOF", ""],
    ["cat <<A <<B\n1\nA\n2\nB", "2\n"],
    ["cat", undefined],
  ])("%j feeds %j", (script, text) => {
    expect(readShell(script).commands[0]?.stdinText).toBe(text);
  });
});
