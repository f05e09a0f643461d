import { decodeBase64, isPlaceholder, isRandom, isRandomCode } from "./is-random.ts";

/** A secret that is known by its looks. */
export interface SecretShape {
  /** What it is, with its article: `a GitHub token`. */
  readonly name: string;
  /** Each text of that shape holds one of these; to look for them first is faster. */
  readonly marks: readonly string[];
  /** Global; where there is a group `secret`, it is the secret, else the whole match is. */
  readonly pattern: RegExp;
  /** False for text of that shape that is none. */
  readonly accepts?: (secret: string) => boolean;
}

/**
 * Secrets that are known by their looks, the most telling first.
 *
 * Sources: what the services document of their keys' prefixes and lengths. Each pattern begins with
 * letters of its own and is bounded, so that a search is linear.
 */
export const secretShapes: readonly SecretShape[] = [
  {
    name: "a private key",
    marks: ["PRIVATE KEY"],
    pattern:
      /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?<secret>(?:(?:[\s>]|\\[nr]){1,40}[A-Za-z0-9+/=]{16,120}){2,200})/g,
    // In a quote, `>` stands before each line.
    accepts: (secret) => isRandom(secret.replaceAll(/[\s>]/gu, "")),
  },
  {
    name: "an AWS secret access key",
    // The key's id alone opens nothing.
    marks: ["AKIA", "ASIA"],
    pattern:
      /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b[^]{1,200}?(?<![\w+/])(?<secret>[A-Za-z0-9+/]{40})(?![\w+/=])/g,
    accepts: isRandom,
  },
  {
    name: "a GitHub token",
    marks: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g,
    accepts: isRandom,
  },
  {
    name: "a GitHub token",
    marks: ["github_pat_"],
    pattern: /\bgithub_pat_\w{82}\b/g,
    accepts: isRandom,
  },
  {
    name: "a GitLab token",
    marks: ["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"],
    pattern: /\bgl(?:pat|dt|rt|ptt|cbt)-[\w-]{20,64}/g,
    accepts: isRandom,
  },
  {
    name: "a Slack token",
    marks: ["xox"],
    pattern: /\bxox[abeoprs]-[\w-]{20,255}/g,
    accepts: isRandom,
  },
  {
    name: "a Slack token",
    marks: ["xapp-"],
    pattern: /\bxapp-\d-[\w-]{20,255}/g,
    accepts: isRandom,
  },
  {
    name: "a Slack webhook",
    marks: ["hooks.slack.com"],
    pattern:
      /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{7,14}\/[AB]\w{7,14}\/(?<secret>\w{20,64})/g,
    accepts: isRandom,
  },
  {
    name: "a Discord webhook",
    marks: ["/api/webhooks/"],
    pattern: /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/(?<secret>[\w-]{60,80})/g,
    accepts: isRandom,
  },
  {
    name: "a Stripe key",
    marks: ["k_live_"],
    pattern: /\b[sr]k_live_[A-Za-z0-9]{20,247}\b/g,
    accepts: isRandom,
  },
  {
    name: "a Stripe webhook secret",
    marks: ["whsec_"],
    pattern: /\bwhsec_[A-Za-z0-9+/]{28,64}={0,2}/g,
    accepts: isRandom,
  },
  {
    name: "a Google API key",
    marks: ["AIza"],
    pattern: /\bAIza[\w-]{35}(?![\w-])/g,
    accepts: isRandom,
  },
  {
    name: "a Google OAuth secret",
    marks: ["GOCSPX-"],
    pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/g,
    accepts: isRandom,
  },
  { name: "an npm token", marks: ["npm_"], pattern: /\bnpm_[A-Za-z0-9]{36}\b/g, accepts: isRandom },
  {
    name: "a PyPI token",
    marks: ["pypi-"],
    pattern: /\bpypi-AgE[\w-]{50,250}/g,
    accepts: isRandom,
  },
  {
    name: "a RubyGems key",
    marks: ["rubygems_"],
    pattern: /\brubygems_[a-f0-9]{48}\b/g,
    accepts: isRandomCode,
  },
  {
    name: "a Docker Hub token",
    marks: ["dckr_pat_"],
    pattern: /\bdckr_pat_[\w-]{27}(?![\w-])/g,
    accepts: isRandom,
  },
  {
    name: "a SendGrid key",
    marks: ["SG."],
    pattern: /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g,
    accepts: isRandom,
  },
  {
    name: "a Twilio key",
    marks: ["SK"],
    pattern: /\bSK[0-9a-f]{32}\b/g,
    accepts: isRandomCode,
  },
  {
    name: "an Azure storage key",
    marks: ["AccountKey=", "SharedAccessKey="],
    pattern: /\b(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{42,86}={1,2})/g,
    // The key of the storage emulator is the same everywhere.
    accepts: (secret) => !secret.startsWith("Eby8vdM02xNOcq") && isRandom(secret),
  },
  {
    name: "a DigitalOcean token",
    marks: ["_v1_"],
    pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g,
    accepts: isRandomCode,
  },
  { name: "a Heroku key", marks: ["HRKU-"], pattern: /\bHRKU-[\w-]{36,64}/g, accepts: isRandom },
  {
    name: "a Shopify token",
    marks: ["shp"],
    pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/g,
    accepts: isRandomCode,
  },
  {
    name: "an OpenAI key",
    marks: ["sk-"],
    pattern: /\bsk-(?:proj-)?[A-Za-z0-9_-]{40,200}/g,
    accepts: isRandom,
  },
  {
    name: "an Anthropic key",
    marks: ["sk-ant-"],
    pattern: /\bsk-ant-[\w-]{80,120}/g,
    accepts: isRandom,
  },
  {
    name: "a Vault token",
    marks: ["hvs.", "hvb.", "hvr."],
    pattern: /\bhv[sbr]\.[\w-]{24,200}/g,
    accepts: isRandom,
  },
  {
    name: "a Terraform Cloud token",
    marks: [".atlasv1."],
    pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}/g,
    accepts: isRandom,
  },
  {
    name: "a Grafana token",
    marks: ["glsa_", "glc_"],
    pattern: /\bgl(?:sa|c)_[A-Za-z0-9_+/=]{32,200}/g,
    accepts: isRandom,
  },
  {
    name: "a Databricks token",
    marks: ["dapi"],
    pattern: /\bdapi[a-f0-9]{32}\b/g,
    accepts: isRandomCode,
  },
  {
    name: "a Linear key",
    marks: ["lin_api_"],
    pattern: /\blin_api_[A-Za-z0-9]{40}\b/g,
    accepts: isRandom,
  },
  {
    name: "a Telegram bot token",
    marks: [":AA"],
    pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g,
    accepts: isRandom,
  },
  {
    name: "a JSON Web Token",
    marks: ["eyJ"],
    pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{27,700}/g,
    accepts: isRealWebToken,
  },
  {
    name: "a bearer token",
    marks: ["Bearer"],
    pattern: /\bBearer[ \t]{1,3}(?<secret>[\w.~+/-]{20,400})/g,
    accepts: (secret) => (isWebToken(secret) ? isRealWebToken(secret) : isRandom(secret)),
  },
];

/** True for a text in the form of a web token, real or an example's: its head and claims are JSON. No I/O. */
export function isWebToken(text: string): boolean {
  return /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./u.test(text);
}

/** Its head names an algorithm, and its claims are none of an example. RFC 7519. */
function isRealWebToken(token: string): boolean {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const text = decodeBase64(claims) ?? "";
  const isExample =
    /John Doe|1234567890/u.test(text) || isPlaceholder(text.replaceAll(/[{}]/gu, ""));
  return (decodeBase64(head) ?? "").includes('"alg"') && !isExample && isRandom(signature);
}
