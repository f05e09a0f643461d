import { describe, expect, test } from "vitest";
import { findSecrets } from "../../src/drift/find-secrets.ts";
import { countBits, isSecretValue } from "../../src/drift/is-random.ts";

/** Keeps the halves apart in this file, so that no scanner takes its lines for real secrets. */
const glue = (one: string, other: string): string => one + other;

/** So many characters drawn from an alphabet by a fixed rule: none of them was ever a secret. */
function draw(length: number, alphabet: string, start = 7): string {
  let state = start;
  return Array.from({ length }, () => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return alphabet.charAt(state % alphabet.length);
  }).join("");
}

const digits = "0123456789";
const hexadecimal = `${digits}abcdef`;
const lower = "abcdefghijkmnopqrstuvwyz";
const base62 = `${lower}${lower.toUpperCase()}${digits}`;
const base32 = `${lower.toUpperCase()}234567`;
const mixed = (length: number): string => `a7Q${draw(length - 3, base62)}`;
const hex = (length: number): string => draw(length, hexadecimal);
const encode = (value: unknown): string =>
  btoa(JSON.stringify(value)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
const webToken = (claims: object): string =>
  [encode({ alg: "HS256", typ: "JWT" }), encode(claims), mixed(43)].join(".");
const pem = (kind: string, lines: readonly string[]): string =>
  [`-----BEGIN ${kind}PRIVATE KEY-----`, ...lines, `-----END ${kind}PRIVATE KEY-----`].join("\n");
const keyLines = [mixed(64), draw(64, base62, 3), draw(64, base62, 5)];

const secrets: readonly (readonly [string, string])[] = [
  ["a GitHub token", `token: ${glue("gh", "p_")}${mixed(36)}`],
  ["a GitHub token", `https://${glue("gh", "s_")}${mixed(36)}@github.com/a/b`],
  ["a GitHub token", `${glue("github", "_pat_")}${mixed(82)}`],
  ["a GitLab token", `${glue("gl", "pat-")}${mixed(20)}`],
  ["a Slack token", `${glue("xo", "xb-")}${draw(12, digits)}-${draw(12, digits)}-${mixed(24)}`],
  [
    "a Slack webhook",
    `https://hooks.slack.com/services/T0${draw(8, base32)}/B0${draw(8, base32)}/${mixed(24)}`,
  ],
  ["a Stripe key", `STRIPE=${glue("sk", "_live_")}${mixed(24)}`],
  ["a Stripe key", `${glue("rk", "_live_")}${mixed(99)}`],
  ["a Stripe webhook secret", `${glue("wh", "sec_")}${mixed(32)}`],
  ["a Google API key", `key=${glue("AI", "za")}${mixed(35)}`],
  ["an npm token", `//registry.npmjs.org/:_authToken=${glue("np", "m_")}${mixed(36)}`],
  ["a PyPI token", `${glue("py", "pi-AgE")}${mixed(80)}`],
  ["a SendGrid key", `${glue("S", "G")}.${mixed(22)}.${mixed(43)}`],
  ["a Twilio key", `${glue("S", "K")}${hex(32)}`],
  ["a DigitalOcean token", `${glue("do", "p_v1_")}${hex(64)}`],
  ["a Heroku key", `${glue("HR", "KU-")}${mixed(60)}`],
  ["an Azure storage key", `Default;AccountKey=${mixed(86)}==;Suffix`],
  ["an AWS secret access key", `${glue("AK", "IA")}${draw(16, base32)}\nsecret ${mixed(40)}\n`],
  ["a JSON Web Token", `curl -H "X: ${webToken({ sub: "42", iss: "unioncore" })}"`],
  ["a private key", pem("RSA ", keyLines)],
  ["a private key", pem("OPENSSH ", keyLines).replaceAll("\n", "\n    > ")],
  ["a private key", JSON.stringify(pem("", keyLines))],
  ["a bearer token", `Authorization: Bearer ${mixed(40)}`],
  ["a password", `postgres://app:${mixed(16)}@db.unioncore.internal:5432/app`],
  ["a password", `export PGPASSWORD='q7!Rz2#mVx9p'`],
  ["a password", `curl --user admin:${mixed(18)} https://unioncore.internal`],
  ["a password", `Authorization: Basic ${btoa(`admin:${mixed(18)}`)}`],
  ["a secret key", `SECRET_KEY=${hex(64)}`],
  ["a secret key", `  "apiKey": "${mixed(32)}",`],
  ["a token", `deploy --token ${mixed(24)}`],
  ["a password", `mysqldump -u root -p${mixed(16)} app`],
  ["a password", `sshpass -p '${mixed(16)}' ssh db-1`],
  ["a password", `docker login --username ci -p ${mixed(16)} registry.unioncore.internal`],
  ["a password", `redis-cli -h cache -a ${mixed(16)} info`],
];

const harmless: readonly string[] = [
  "PASSWORD=changeme",
  "POSTGRES_PASSWORD=postgres",
  "password: P@ssw0rd123!",
  "TOKEN=$GITHUB_TOKEN",
  'TOKEN="${TOKEN:-none-given-12345A}"',
  "token: <your-token-here>",
  "API_KEY=your-api-key-goes-here-1A",
  "SECRET_KEY=xxxxxxxxxxxxxxxxxxxxxxxxA1",
  "SECRET_KEY={{ vault_secret_key_1A }}",
  "postgresql://postgres:postgres@localhost:5432/ip2a_db",
  `postgres://app:${mixed(16)}@localhost/app`,
  "postgres://user:password@db.internal/app",
  "postgres://USER:PASSWORD@HOST:5432/NAME",
  "redis://:$REDIS_PASSWORD@cache:6379",
  `${glue("AK", "IAIOSFODNN7EXAMPLE")} wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  `${glue("AK", "IA")}${draw(16, base32)} alone opens nothing`,
  `${glue("gh", "p_")}${"x".repeat(36)}`,
  glue("gh", "p_1234567890abcdefghijklmnopqrstuvwxyz"),
  glue("sk", "_live_your_stripe_key_goes_here_1A"),
  `${glue("sk", "_test_")}${mixed(24)}`,
  webToken({ sub: "1234567890", name: "John Doe", iat: 1 }),
  `Authorization: Bearer ${webToken({ sub: "1234567890", name: "John Doe", iat: 1 })}`,
  `TOKEN=${webToken({ sub: "1234567890", name: "John Doe", iat: 1 })}`,
  "idempotency token: 01HF7YATXS0QJ2Z8N3G5W6K4PB",
  `encryptedPassword: ${mixed(40)}`,
  `sealed_secret: ${mixed(40)}`,
  "mysql -u root -p unioncore_2026_A",
  'mysqldump -u root -p"$MYSQL_ROOT_PASSWORD" app',
  "docker login -u ci -p $REGISTRY_PASSWORD_2A registry.example",
  "redis-cli -a changeme-2026-A info",
  "eyJhbGciOi.eyJzdWIiOi.signature-that-is-none-at-all-1A",
  pem("", ["MIIEvQ...", "..."]),
  "-----BEGIN PRIVATE KEY-----",
  `commit ${hex(40)}`,
  `image: registry.example/app@sha256:${hex(64)}`,
  `checksum/secret: ${hex(64)}`,
  `token-ca-cert-hash sha256:${hex(64)}`,
  "client_secret: 6f1ed002-ab55-41bf-8a3b-0f3f8e5f9a10",
  "secret: rook-csi-rbd-provisioner-7f9c4d8b55",
  "secretName: unioncore-tls-2026-02-03-a1b2",
  "apiKey: process.env.STRIPE_API_KEY_V2",
  "token = get_token_from_vault_v2(name)",
  "private_key: /etc/ssl/private/unioncore-2026.key",
  `next_page_token=${mixed(32)}`,
  `A secret ${mixed(20)} in prose without a sign`,
  `secret: ${btoa("postgres-password")}`,
  `![](https://codecov.io/graph/badge.svg?token=${mixed(10)})`,
  "kubeadm join --token abcdef.0123456789abcdef",
  "curl -u admin:$ADMIN_PASSWORD https://unioncore.internal",
  "password: ENC[AES256_GCM,data:Tr7o=,iv:1Q,tag:k8]",
  "Ask for the password: member-search-2026, on page 12",
];

describe("findSecrets finds", () => {
  test.each(secrets)("%s in %s", (name, text) => {
    expect(findSecrets(`Before it.\n\n${text}\n`).map((found) => found.name)).toEqual([name]);
  });

  test("the exact place", () => {
    const token = `${glue("gh", "p_")}${mixed(36)}`;
    const text = `é\r\ntoken: "${token}" # here`;
    const [found] = findSecrets(text);
    expect(text.slice(found?.start, found?.end)).toBe(token);
  });

  test("each of several", () => {
    const text = secrets.map(([, one]) => one).join("\n\n");
    expect(findSecrets(text)).toHaveLength(secrets.length);
  });
});

test.each(harmless)("findSecrets lets pass %s", (text) => {
  expect(findSecrets(`Before it.\n\n${text}\n`)).toEqual([]);
});

test("entropy is counted in bits a character", () => {
  expect(countBits("")).toBe(0);
  expect(countBits("aaaa")).toBe(0);
  expect(countBits("abcd")).toBe(2);
});

test("words with numbers are no secret values, whatever their length", () => {
  expect(isSecretValue("summer2024-member-search")).toBe(false);
  expect(isSecretValue("aA".repeat(100))).toBe(false);
  expect(isSecretValue(mixed(24))).toBe(true);
});

test.each([
  ["one long word", "a".repeat(1_000_000)],
  ["heads of web tokens", "eyJaaaaaaaaaaaa.".repeat(62_500)],
  ["assignments", "token=".repeat(166_666)],
  ["heads of keys", "-----BEGIN PRIVATE KEY-----\n".repeat(36_000)],
  ["ids of keys", `${glue("AK", "IAABCDEFGHIJKLMNOP")} `.repeat(47_600)],
  ["secrets", `TOKEN=${mixed(24)}\n`.repeat(32_000)],
])("a megabyte of %s takes little more than ten times a tenth of it", (_, text) => {
  // The best of three: other processes of the machine take their time too.
  const time = (size: number): number => {
    const part = text.slice(0, size);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      findSecrets(part);
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  expect(time(1_000_000)).toBeLessThan(40 * Math.max(time(100_000), 3));
});
