import { describe, expect, test } from "vitest";
import { readShell, textAt } from "./read-fixture.ts";

function reads(script: string): string {
  return readShell(script)
    .reads.map(({ name, hasDefault }) => (hasDefault ? `${name}?` : name))
    .join(" ");
}

function writes(script: string): string {
  return readShell(script)
    .writes.map(({ name }) => name)
    .join(" ");
}

describe("reads", () => {
  test.each([
    ["echo $X", "X"],
    ["echo ${X}", "X"],
    ['echo "a $X b"', "X"],
    ["echo '$X'", ""],
    ["echo \\$X", ""],
    ['echo "\\$X"', ""],
    ["echo $'$X'", ""],
    ["echo ${X:-d} ${Y-d} ${Z:=d} ${A=d} ${B:+d} ${C+d}", "X? Y? Z? A? B? C?"],
    ["echo ${X:?m} ${Y?m}", "X Y"],
    ["echo ${#X} ${X%.*} ${Y##*/} ${Z//a/b} ${A^^} ${B:1:2} ${!C} ${D@Q}", "X Y Z A B C D"],
    ["echo ${a[0]} ${b[@]} ${#c[*]} ${!d[@]}", "a b c d"],
    ["echo ${a[0]:-x}", "a?"],
    ["echo ${X:-$Y}", "X? Y"],
    ["echo ${X:-${Y:-z}}", "X? Y?"],
    ["echo $((X+1)) $(( $Y * 2 ))", "X Y"],
    ["((X > 3)) && a", "X"],
    ["for ((i=0; i<N; i++)); do a; done", "i N"],
    ["echo $((16#ff + 0x1f))", ""],
    ["[[ -v X ]]", "X?"],
    ["[ -v X ] || test -v Y", "X? Y?"],
    ["[[ $X == y ]]", "X"],
    ["a=($X ${Y})", "X Y"],
    ["for x in $LIST; do a; done", "LIST"],
    ["case $X in $Y) a;; esac", "X Y"],
    ["cat <<EOF\n$X ${Y:-z} \\$Z\nEOF", "X Y?"],
    ["cat <<'EOF'\n$X\nEOF", ""],
    ["cat <<< $X", "X"],
    ["cmd > $X", "X"],
    ["echo $1 $? $@ $# $$ $! $* $- $0 ${1} ${@} ${10} $_", ""],
    ["awk '{print $NF}'", ""],
    ["X=$Y cmd", "Y"],
    ["export X=$Y", "Y"],
    ["echo $(echo $X) `echo $Y`", "X Y"],
    ["bash -c 'echo $X'", "X"],
    ["bash -c 'echo $1' _ a", ""],
    ["ssh host 'echo $X'", ""],
    ['ssh host "echo $X \\$Y"', "X"],
    ["docker exec c sh -c 'echo $X'", ""],
    ['docker exec c sh -c "echo $X"', "X"],
    ["railway run bash -c 'echo $DATABASE_URL'", ""],
    ["ssh host <<'EOF'\necho $X\nEOF", ""],
    ["ssh host <<EOF\necho $X \\$Y\nEOF", "X"],
    ["# $X", ""],
    ["echo $X # $Y", "X"],
    ["echo a$", ""],
    ["echo $X$Y", "X Y"],
    ["echo ${X}Y", "X"],
    ["echo ${<name>}", ""],
    ['sed "s/a$/$X/"', "X"],
  ])("%j reads %j", (script, expected) => {
    expect(reads(script)).toBe(expected);
  });

  test("each is told once, with a default only where every read has one", () => {
    const script = "echo ${X:-a} ${X:-b} ${Y:-a} $Y $Z $Z";
    expect(reads(script)).toBe("X? Y Z");
    expect(readShell(script).reads.map(({ range }) => textAt(script, range))).toEqual([
      "${X:-a}",
      "$Y",
      "$Z",
    ]);
  });
});

describe("writes", () => {
  test.each([
    ["X=1", "X"],
    ["X=1 Y=2 cmd", "X Y"],
    ["X+=1", "X"],
    ["a[0]=1", "a"],
    ["a=(1 2)", "a"],
    ["declare -A m=([a]=1)", "m"],
    ["export X=1 Y", "X Y"],
    ["export -f fn", ""],
    ["local -r x=1 y", "x y"],
    ["readonly X", "X"],
    ["typeset -i n=0", "n"],
    ["declare -p X", ""],
    ["read -r a b", "a b"],
    ["read -p 'x? ' answer", "answer"],
    ["read -ra parts <<< x", "parts"],
    ["read", "REPLY"],
    ["mapfile -t lines < f", "lines"],
    ["readarray", "MAPFILE"],
    ["for x in 1 2; do a; done", "x"],
    ["for ((i=0; i<3; i++)); do a; done", "i"],
    ["select x in a b; do c; done", "x"],
    ["printf -v out '%s' a", "out"],
    ["getopts ab: o", "OPTARG OPTIND o"],
    [": ${X:=y}", "X"],
    ["((i++)); ((j = 2)); ((k += 1)); (( --l ))", "i j k l"],
    ["let n=n+1", "n"],
    ["unset X", ""],
    ["exec {fd}>f", "fd"],
    ["env X=1 bash -c 'echo $X'", "X"],
    ["bash -c 'X=1'", "X"],
    ["ssh host 'X=1'", ""],
    ["echo X=1", ""],
    ["'X'=1", ""],
    ["X = 1", ""],
    ["while read -r k v; do a; done < f", "k v"],
    ["f() { local x; x=1; }", "x"],
    ["cmd | while IFS= read -r line; do a; done", "IFS line"],
  ])("%j writes %j", (script, expected) => {
    expect(writes(script)).toBe(expected);
  });
});

describe("text that is known only when it runs", () => {
  test.each([
    [". ./env", true],
    ["source env.sh", true],
    ["source <(kubectl completion bash)", true],
    ['eval "$(ssh-agent)"', true],
    ["eval 'X=1'", false],
    ["export $(cat .env | xargs)", true],
    ["export X=1", false],
    ["ssh host '. ./env'", false],
    ["echo source", false],
  ])("%j: %s", (script, expected) => {
    expect(readShell(script).sourcesFiles).toBe(expected);
  });
});

describe("functions and tools", () => {
  test.each([
    ["f() { a; }; g () { a; }; function h { a; }; function i() { a; }", "f g h i"],
    ["alias ll='ls -l' g=git", "ll g"],
    ["my-fn() { a; }; a::b() { a; }", "my-fn a::b"],
    ["a=(); b=()", ""],
  ])("%j defines %j", (script, expected) => {
    expect(readShell(script).functions.join(" ")).toBe(expected);
  });

  test.each([
    ["git push; git pull | grep x", "git grep"],
    ["cd x; echo y; export Z=1; [ -f a ]; [[ b ]]; test c; . d; source e", ""],
    ["f() { curl x; }; f", "curl"],
    ["alias k=kubectl; k get po", ""],
    ["./run.sh; /usr/bin/git x; ../y", ""],
    ['$CMD x; "$A"/b', ""],
    ["sudo systemctl stop x", "sudo systemctl"],
    ["ssh host 'systemctl stop x'", "ssh"],
    ["docker exec c psql", "docker"],
    ["docker compose exec db psql", "docker"],
    ["kubectl exec p -- cat x", "kubectl"],
    ["npx prettier .", "npx"],
    ["poetry run pytest", "poetry"],
    ["xargs rm", "xargs rm"],
    ["bash -c 'jq .'", "bash jq"],
    ["command -v jq", ""],
    ["<tool> x; {tool} y; ...", ""],
    ["NAME READY STATUS", ""],
    ["2018-01-21 error", ""],
    ["7z x a.7z", "7z"],
    ["time make", "make"],
    ["x=$(date +%s)", "date"],
    ["docker-compose up -d", "docker-compose"],
  ])("%j needs %j", (script, expected) => {
    const tools = readShell(script).tools.filter((tool) => tool !== "time");
    expect(tools.join(" ")).toBe(expected);
  });
});
