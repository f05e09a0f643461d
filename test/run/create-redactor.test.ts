import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/run/create-redactor.ts";
import { listSecretForms } from "../../src/run/list-secret-forms.ts";
import type { Secret } from "../../src/run/list-secrets.ts";

const encoder = new TextEncoder();
const value = 'it\'s "T0p" $ecret/ü, 100%?';
const key = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ
-----END PRIVATE KEY-----
`;

function redact(secrets: readonly Secret[], chunks: readonly Uint8Array[]): string {
  const stream = createRedactor(secrets)?.openStream();
  if (stream === undefined) throw new Error("no redactor");
  const parts = chunks.map((chunk) => Buffer.from(stream.push(chunk)));
  return Buffer.concat([...parts, Buffer.from(stream.flush())]).toString();
}

const redactText = (text: string, name = "TOKEN", secret = value): string =>
  redact([{ name, value: secret }], [encoder.encode(text)]);

/** The same numbers below 1 for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("a form of a secret is taken out:", () => {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  test.each([
    ["as it is", value],
    ["percent-encoded", encodeURIComponent(value)],
    [
      "percent-encoded, in small letters",
      encodeURIComponent(value).replaceAll(/%../gu, (one) => one.toLowerCase()),
    ],
    ["as a form has it", new URLSearchParams({ "": value }).toString().slice(1)],
    ["in JSON", JSON.stringify(value).slice(1, -1)],
    ["in single quotes", value.replaceAll("'", `'\\''`)],
    ["in hexadecimal digits", Buffer.from(value).toString("hex")],
    ["in base64", base64(value)],
    ["in base64 for addresses", Buffer.from(value).toString("base64url")],
  ])("%s", (_how, form) => {
    expect(redactText(`a ${form} b`)).toMatch(/^a \[secret TOKEN\]={0,2} b$/u);
  });

  test.each([
    "printf %q",
    "printf '%q' \"a\tb\"",
    "declare -p V | cut -d= -f2-; : ",
    "set -x; : 2>&1",
    'echo "${V@Q}"; :',
    "LC_ALL=C; printf %q",
  ])("as bash writes it: %s", (command) => {
    for (const one of [value, "~a#b=~c{d}!e", "tab\there 'and' \\ü", "#hash^~"]) {
      const script = `{ ${command} "$V"; } 2>&1`;
      const printed = execFileSync("bash", ["-c", script], { env: { ...process.env, V: one } });
      const text = redactText(printed.toString(), "V", one);
      expect(text, printed.toString()).toContain("[secret V]");
      expect(text.replaceAll(/\[secret V\]|a\\?\tb|[^A-Za-z]/gu, "")).not.toMatch(
        /cret|here|hash/u,
      );
    }
  });

  test("within a longer base64, wherever it begins, and broken into lines", () => {
    const long = "Xy7-".repeat(40) + value;
    for (const before of ["", "u", "us", "use", "user:"]) {
      for (const width of [76, 64, 20]) {
        const text = base64(`${before}${long}:after`).replaceAll(
          new RegExp(`.{${width}}`, "gu"),
          "$&\n",
        );
        const [first, last] = redactText(text, "T", long).split("[secret T]");
        // A group at each end belongs to the neighbours too.
        expect(first?.length).toBeLessThanOrEqual(before.length * 1.4 + 3);
        expect(last?.length).toBeLessThanOrEqual(15);
      }
    }
  });

  test("each long line of a value of several lines", () => {
    const text = `one: q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ\n${key.replaceAll("\n", " ")}|${JSON.stringify(key)}`;
    expect(redactText(text, "KEY", key)).toBe('one: [secret KEY]\n[secret KEY] |"[secret KEY]"');
  });
});

describe("what is no secret", () => {
  test("stays byte for byte", () => {
    const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
    const stream = createRedactor([{ name: "TOKEN", value }])?.openStream();
    const out = [...(stream?.push(bytes) ?? []), ...(stream?.flush() ?? [])];
    expect(out).toEqual([...bytes]);
    expect(redactText('it\'s "T0p" $ecre')).toBe('it\'s "T0p" $ecre');
  });

  test("is told at once, up to what could be the beginning of a form", () => {
    const stream = createRedactor([{ name: "TOKEN", value }])?.openStream();
    const tell = (text: string): string =>
      Buffer.from(stream?.push(encoder.encode(text)) ?? []).toString();
    expect(tell("Press it")).toBe("Press ");
    expect(tell(" now.\n")).toBe("it now.\n");
    // Both begin an encoding of it, and a line's end does not keep anybody waiting.
    expect(tell("press 6 or a\n")).toBe("press 6 or a\n");
  });

  test("is a value that is too short, which is named, or no value at all", () => {
    const redactor = createRedactor([{ name: "PIN", value: "123" }]);
    expect(redactor?.redactText("123 MTIz")).toBe("123 MTIz");
    expect(redactor?.shortNames).toEqual(["PIN"]);
    expect(createRedactor([])).toBeUndefined();
  });

  test("is the mark: where it would hold the value it is another", () => {
    expect(redactText("a secret b", "TOKEN", "secret")).toBe("a [redacted] b");
  });
});

test("two secrets that overlap are both taken out whole", () => {
  const secrets = [
    { name: "A", value: "abcdef" },
    { name: "B", value: "defghi" },
    { name: "C", value: "abcdefgh" },
  ];
  const tell = (text: string): string => redact(secrets, [encoder.encode(text)]);
  expect(tell("-abcdefghi-abcdef-defghi-abcdefgh-")).toBe(
    "-[secret C]-[secret A]-[secret B]-[secret C]-",
  );
});

test("for any chunks the result is the same, and what a search for all forms takes out", () => {
  const alphabets = ["ab", "ab'\\", "abc%/+ü ", "a\nb\r"];
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() * from.length)] as T;
    const alphabet = pick(alphabets).split("");
    const write = (length: number): string => Array.from({ length }, () => pick(alphabet)).join("");
    const secrets = ["A", "B"].map((name) => ({
      name,
      value: write(4 + Math.floor(random() * 9)),
    }));
    const forms = secrets.flatMap((secret) => listSecretForms(secret.value));
    const text = Array.from({ length: 30 }, () =>
      random() < 0.4 || forms.length === 0
        ? write(3)
        : pick(forms).text.slice(Math.floor(random() * 3)),
    ).join("");
    const bytes = encoder.encode(text);
    const whole = redact(secrets, [bytes]);
    for (const most of [1, 7, 40]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const size = 1 + Math.floor(random() * most);
        // A copy that is overwritten: the stream must not keep what is its caller's.
        chunks.push(bytes.slice(at, at + size));
        at += size;
      }
      expect(redact(secrets, chunks), `seed ${seed}`).toBe(whole);
    }
    const isHeld = Array.from({ length: text.length }, () => false);
    for (const form of forms) {
      for (let at = text.indexOf(form.text); at !== -1; at = text.indexOf(form.text, at + 1)) {
        isHeld.fill(true, at, at + form.text.length);
      }
      expect(whole.replaceAll(/\[secret .\]/gu, "\0"), `seed ${seed}`).not.toContain(form.text);
    }
    const kept = text.split("").filter((_, at) => !isHeld[at]);
    const rest = whole.replaceAll(/\[secret .\]/gu, "");
    // What spans a line's end is taken out on top of it.
    if (!text.includes("\n") && !text.includes("\r")) expect(rest).toBe(kept.join(""));
  }
});

test("ten megabytes take about ten times as long as one, whatever the secret", () => {
  const secrets = [{ name: "A", value: "a".repeat(3000) }];
  const measure = (megabytes: number, text: string): number => {
    const chunk = encoder.encode(text.repeat(Math.ceil(65_536 / text.length)));
    const stream = createRedactor(secrets)?.openStream();
    const began = performance.now();
    for (let done = 0; done < megabytes * 1_000_000; done += chunk.length) stream?.push(chunk);
    stream?.flush();
    return performance.now() - began;
  };
  measure(1, "warm");
  for (const text of ["a", `${"a".repeat(2999)}b`, `${"YWFh".repeat(999)}-`]) {
    expect(measure(10, text)).toBeLessThan(40 * Math.max(measure(1, text), measure(1, "b")));
  }
});
