/**
 * True for text that looks drawn at random: letters of both cases and digits, no runs, none of the
 * words that people write where a secret belongs. A prefix such as `ghp_` does not count.
 *
 * No I/O.
 *
 * @example "ghp_" and 36 mixed characters → true; "ghp_xxxxxxxxxxxxxxxxxxxx" → false
 */
export function isRandom(secret: string): boolean {
  const body = secret.replace(/^[a-z]{2,9}[-_.](?:[a-z]{2,5}[-_])?/iu, "");
  return isRandomCode(secret) && /[a-z]/u.test(body) && /[A-Z]/u.test(body) && /\d/u.test(body);
}

/** As `isRandom`, for alphabets of one case: hexadecimal digits, base 32. No I/O. */
export function isRandomCode(secret: string): boolean {
  return !isPlaceholder(secret) && countBits(secret.slice(4)) >= 3;
}

/**
 * True for a value that was made to be secret, by its length, its kinds of characters and its
 * entropy; never for words, names, UUIDs, ULIDs and what stands in a secret's place.
 *
 * No I/O.
 *
 * @example "q7!Rz2#mVx9p" → true; "postgres", "changeme", "my-secret", "summer2024", "$TOKEN" → false
 */
export function isSecretValue(value: string): boolean {
  if (value.length < 10 || isPlaceholder(value) || isWordy(value)) return false;
  const decoded = decodeBase64(value);
  if (decoded !== undefined && !isRandom(decoded)) return false;
  const hasLetter = /[a-z]/iu.test(value);
  if (!hasLetter || !/\d/u.test(value)) return false;
  if (/^[0-9a-f]+$/iu.test(value)) return value.length >= 32 && countBits(value) >= 3;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z0-9_.:/-]/u];
  const kindCount = kinds.filter((kind) => kind.test(value)).length;
  if (value.length < 16) return kindCount >= 3 && countBits(value) >= 2.9;
  return (kindCount >= 3 || value.length >= 24) && countBits(value) >= 3.2;
}

/**
 * True for what people write where a secret belongs, and for documented examples. No I/O.
 *
 * @example "AKIAIOSFODNN7EXAMPLE", "your-token", "changeme", "xxxxxxxx", "1234567890", "$TOKEN" → true
 */
export function isPlaceholder(text: string): boolean {
  if (placeholderWords.test(text) || /[<>{}$%*…]|\.\.\.|\[/u.test(text)) return true;
  // The same character again and again, or characters in the order of the keyboard.
  return /(.)\1{4}/u.test(text) || sequences.some((one) => text.toLowerCase().includes(one));
}

const placeholderWords =
  /example|sample|dummy|placeholder|change[-_]?(?:me|it|this)|your|replace|redact|insert|fake|^test|test(?:ing)?[-_]|[-_]test|todo|fixme|p[a@4]ss[-_]?(?:w[o0]rd|phrase|123)|s[e3]cr[e3]t|admin|not[-_]?(?:a[-_])?real|(?:my|the|some)[-_]?(?:token|pass|key)|xxx|foo[-_]?bar|hunter2|deadbeef|cafebabe|lorem|same[-_]?as/iu;

const sequences = [
  "123456",
  "234567",
  "654321",
  "abcdefgh",
  "qwerty",
  "asdfgh",
  "abc123",
  "a1b2c3",
];

/** Words, numbers and signs between them; names as Kubernetes makes them; UUIDs and ULIDs. */
function isWordy(value: string): boolean {
  if (/^[a-z0-9]+(?:[-.][a-z0-9]+)+$/u.test(value)) return true;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(value)) return true;
  if (/^0[0-9A-HJKMNP-TV-Z]{25}$/u.test(value)) return true;
  const parts = value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/gu) ?? [];
  return parts.every((part) => {
    if (/^\d/u.test(part)) return part.length <= 4;
    return /^[A-Za-z]/u.test(part)
      ? part.length >= 2 || /^v$/iu.test(part)
      : /^[-_.:/@#!+?~ ]$/u.test(part);
  });
}

/** The text that base 64 stands for; undefined where it is none, or no printable text. No I/O. */
export function decodeBase64(text: string): string | undefined {
  const plain = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/u, "");
  if (plain.length < 8 || plain.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/u.test(plain)) {
    return undefined;
  }
  const decoded = atob(plain);
  return /^[\t\n\r -~]+$/u.test(decoded) ? decoded : undefined;
}

/**
 * The information in each character by Shannon's formula, in bits; 0 for an empty text. No I/O.
 *
 * @example countBits("aaaa") === 0; countBits("abcd") === 2
 */
export function countBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}
