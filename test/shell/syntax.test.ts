import { describe, expect, test } from "vitest";
import { readShell, textAt } from "./read-fixture.ts";

/** Legal bash that grammars like to stumble over. */
const legal: readonly string[] = [
  "case $x in a|b) echo 1;; (c) echo 2;; *) echo 3; esac",
  'case "$1" in\n  start)\n    run ;;\n  stop) ;;\n  -h|--help)\n usage;;\n  [0-9]*) x;;\n  "") z ;&\n  *) q ;;&\nesac',
  "case x in esac",
  "case x in\n# c\na) b ;;\nesac",
  "case $x in [yY]|[yY][eE][sS]) a;; esac",
  "case $x in ?(a|b)) c;; !(d)) e;; esac",
  "select x in a b c; do echo $x; break; done",
  "for x; do echo $x; done",
  "for x do echo $x; done",
  "for x in; do echo $x; done",
  "for x in a b; { echo $x; }",
  "for ((i=0;i<3;i++)); do echo $i; done",
  "for ((;;)) do break; done",
  "for ((i=0, j=1; i<3; i++, j+=2)) { echo $i; }",
  "for f in a/*.{b,c}; do d; done",
  "coproc foo { cat; }",
  "coproc cat",
  "shopt -s extglob\nrm !(a|b)",
  "ls +(a|b)*.txt",
  "[[ $x == +([0-9]) ]]",
  "[[ $x = a* && ! -f y || ( -d z ) ]]",
  "[[ $x =~ ^(a|b)\\.c$ ]] && echo ok",
  "[[ $x =~ [0-9]{3} ]]",
  "[[ $x =~ ^'a b' ]]",
  "[[ a < b ]]",
  "if [[ a ]] then b; fi",
  'while [[ $(a) != "" ]]; do b; done',
  "[ a \\< b ]",
  "[ \\( a = b \\) -o c = d ]",
  '[ "$1" == "x" ]',
  "diff <(sort a) <(sort b)",
  'while read -r l; do echo "$l"; done < <(cmd)',
  'declare -A m=([a]=1 ["b c"]=2)',
  "a=(\n x # c\n y\n)",
  'echo ${a[@]} ${#a[@]} ${!a[@]} "${a[*]:1:2}"',
  "function f { echo; }",
  "function f() { echo; }",
  "f()\n{\n echo\n}",
  "f() for x in a; do y; done",
  "f() { x; } > log 2>&1",
  "function a::b() { :; }",
  "f() [[ -f x ]]",
  "cmd &> f; cmd &>> f; cmd |& tee x; cmd >| f",
  "exec 3<>f; exec 3>&-; exec {fd}>f",
  "cmd 2>&1 >/dev/null <<<x | y",
  "cat <<A <<B\na\nA\nb\nB",
  "if cat <<EOF; then\nx\nEOF\necho; fi",
  "cat <<EOF 2>&1 | grep x\na\nEOF\necho y",
  "cmd <<EOF &\nx\nEOF",
  "cat <<EOF;\nx\nEOF",
  'cat <<"END OF"\nx\nEND OF',
  "cat <<-EOF\n\tx\n\tEOF",
  "x=$(cat <<EOF\nx\nEOF\n)",
  'cat <<EOF\n$(cmd "a b")\n${X:-y} \'it`s\\` "\nEOF',
  "cat <<'EOF'\n$x `y` \"\nEOF",
  "time { a; }; time -p ls; time (a)",
  "! grep -q x y; ! [[ -f x ]]; ! { a; }; ! ( a ); ! a | b",
  "echo ünïcode → ✓; # комментарий",
  "echo $((X+1)) $(( (a+b)*c % 2 )) $((16#ff)) $((x?1:2)) $((a<<2)) $((~x & 0xff))",
  "((10#$x)); (( a > b && c < d )); ((i+=1, j=2))",
  'echo "$(echo "$(echo "a")")"',
  "echo `echo \\`date\\``",
  "echo ${x/a/b} ${x##*/} ${x%%/*} ${x^^} ${x,,} ${x:1:2} ${x: -1} ${x@Q} ${x:$i:1}",
  'echo "${x:?must be set (see docs)}" "${x:-it\'s}" ${x//[^a-z]/_}',
  'DIR="$( cd "$( dirname "${BASH_SOURCE[0]}" )" && pwd )"',
  "sed s/a$/b/ f",
  "echo == =~",
  "((a) )",
  "a \\\n",
  "echo done if then fi esac",
  "echo } { ] [",
  "awk '{print $1}' | sed 's/x/'\"'\"'/'",
  "if !(a); then b; fi",
  "a |\n# comment\nb",
  "export $(grep -v '^#' .env | xargs)",
  "trap 'rm f' EXIT; alias ll='ls -l'",
  "a; b & c",
  '$(a); `a`; "a"; \\a',
  "echo $(< f)",
  "echo $()",
  "echo $(# nothing\n)",
  "a\r\nb\r\n",
  "x=a[b] y={a,b} z=~/y",
  "bash -c 'if x'",
  "",
  "# only\n\n# comments\n",
];

describe("legal scripts", () => {
  test.each(legal)("%j", (script) => {
    expect(readShell(script).syntaxErrors).toEqual([]);
  });
});

describe("errors", () => {
  test.each([
    ["echo 'a", "'"],
    ['echo "a\nb', '"a'],
    ["echo don't stop", "'"],
    ["x=$(a", "$("],
    ["echo `a", "`a"],
    ["echo ${az group list}", "${az group list}"],
    ["if a; then b", "if a; then b"],
    ["if a then b; fi", "if a then b; fi"],
    ["while a; do b", "while a; do b"],
    ["a | | b", "|"],
    ["a && && b", "&&"],
    ["foo (bar)", "("],
    [")", ")"],
    ["cat <<EOF\nx", "<<EOF"],
    ["[[ a", "[["],
    ["(a", "("],
    ["{ a", "{ a"],
    ["case x in a) b", "case x in a) b"],
    ["a > ", ""],
  ])("%j", (script, near) => {
    const { syntaxErrors } = readShell(script);
    expect(syntaxErrors.length).toBeGreaterThan(0);
    const first = syntaxErrors[0];
    expect(first && textAt(script, first).startsWith(near)).toBe(true);
  });
});

describe("scripts that do nothing", () => {
  test.each([
    ["# a\n\n  # b", true],
    ["", true],
    [" \n\t\n", true],
    ["#!/bin/bash", true],
    ["ls # a", false],
    ["# a\nls", false],
    ["\u200b# not a comment", false],
  ])("%j: %s", (script, expected) => {
    expect(readShell(script).isCommentOnly).toBe(expected);
  });
});
