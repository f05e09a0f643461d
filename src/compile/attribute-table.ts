import { findPatternProblem } from "../match/find-pattern-problem.ts";
import { parseDurationMs } from "../parse/parse-duration.ts";

/** How one attribute is read; `field` is the property of the typed attributes that it sets. */
export interface AttributeRule {
  readonly field: string;
  readonly isRepeatable?: boolean;
  read(
    value: string | undefined,
    name: string,
  ): { readonly value: unknown } | { readonly reason: string };
}

const flag = (field: string): AttributeRule => ({
  field,
  read: (value) =>
    value === undefined || value === "true" || value === "false"
      ? { value: value !== "false" }
      : { reason: "it is a flag and takes no value but true or false" },
});

const text = (
  field: string,
  isValid: RegExp = /\S/,
  reason = "it needs a value",
): AttributeRule => ({
  field,
  read: (value) => (value !== undefined && isValid.test(value) ? { value } : { reason }),
});

const duration = (field: string): AttributeRule => ({
  field,
  read(value) {
    const durationMs = value === undefined ? undefined : parseDurationMs(value);
    if (durationMs === undefined) return { reason: "a duration such as 500ms, 30s, 10m or 1h30m" };
    return durationMs === 0 ? { reason: "it must be longer than nothing" } : { value: durationMs };
  },
});

const oneOf = (field: string, choices: readonly string[]): AttributeRule => ({
  field,
  read: (value) =>
    value !== undefined && choices.includes(value)
      ? { value }
      : { reason: `one of ${choices.join(", ")}` },
});

const insidePath = (field: string): AttributeRule => ({
  field,
  read(value) {
    if (value === undefined || value === "") return { reason: "it needs a path" };
    const isInside = !value.startsWith("/") && !value.split(/[/\\]/).includes("..");
    return isInside ? { value } : { reason: "the path must stay inside the repository" };
  },
});

function readExitCodes(value: string | undefined): ReturnType<AttributeRule["read"]> {
  if (value === "any") return { value: "any" };
  const codes = (value ?? "")
    .split(",")
    .map((code) => (/^\d{1,3}$/.test(code) ? Number(code) : -1));
  return codes.every((code) => code >= 0 && code <= 255)
    ? { value: codes }
    : { reason: "exit codes from 0 to 255 such as 0,3, or any" };
}

function readCapture(value: string | undefined): ReturnType<AttributeRule["read"]> {
  const match = /^([A-Za-z_]\w*)(?:=(.+))?$/s.exec(value ?? "");
  const name = match?.[1];
  if (name === undefined) return { reason: "NAME, NAME=/pattern/ or NAME=json:.path" };
  const taken = findNameProblem(name);
  if (taken !== undefined) return { reason: taken };
  const rule = match?.[2];
  if (rule === undefined) return { value: [{ name, from: "text" }] };
  const pattern = /^\/(.+)\/$/s.exec(rule)?.[1];
  if (pattern !== undefined) {
    const problem = findPatternProblem(pattern);
    return problem === undefined
      ? { value: [{ name, from: "pattern", pattern }] }
      : { reason: problem };
  }
  const path = /^json:(\.[\w.[\]-]*)$/.exec(rule)?.[1];
  if (path !== undefined) return { value: [{ name, from: "json", path }] };
  return { reason: "behind NAME= stands /pattern/ or json:.path" };
}

function readReady(value: string | undefined): ReturnType<AttributeRule["read"]> {
  const ready = value ?? "";
  if (/^https?:\/\/\S+$/.test(ready)) return { value: { kind: "http", url: ready } };
  const [, kind, rest = ""] = /^(port|file|output):(.+)$/s.exec(ready) ?? [];
  if (kind === "port" && /^(?:\d+|\$\{?[A-Za-z_]\w*\}?)$/.test(rest))
    return { value: { kind, port: rest } };
  if (kind === "file") return { value: { kind, path: rest } };
  const pattern = kind === "output" ? /^\/(.+)\/$/s.exec(rest)?.[1] : undefined;
  if (pattern !== undefined) {
    const problem = findPatternProblem(pattern);
    return problem === undefined ? { value: { kind, pattern } } : { reason: problem };
  }
  return { reason: "http://…, port:NUMBER, file:PATH or output:/pattern/" };
}

/** Why a step cannot set a variable of this name; undefined where it can. */
function findNameProblem(name: string): string | undefined {
  if (readOnlyVariables.has(name)) return `it would set ${name}, which bash lets nobody set`;
  return /^(?:OPSWRIGHT_|__ow_)/.test(name)
    ? `it would set ${name}, which the run itself needs`
    : undefined;
}

const readOnlyVariables = new Set([
  "BASHOPTS",
  "BASH_VERSINFO",
  "EUID",
  "PPID",
  "SHELLOPTS",
  "UID",
]);

const environment: AttributeRule = {
  field: "env",
  isRepeatable: true,
  read(value, name) {
    const variable = name.slice("env.".length);
    if (!/^[A-Za-z_]\w*$/.test(variable))
      return { reason: "behind `env.` stands a variable's name" };
    const taken = findNameProblem(variable);
    if (taken !== undefined) return { reason: taken };
    return value === undefined ? { reason: "it needs a value" } : { value: { [variable]: value } };
  },
};

/** What a step's id may be: it stands in links, on the command line and in file names. */
export const stepIdPattern = /^[A-Za-z0-9][\w.-]*$/;
/** The pattern in words. */
export const stepIdReason = "letters, digits, `-`, `_` and `.`, starting with a letter or digit";

const systems = ["linux", "darwin", "windows"];

/** Every attribute of a command fence, by its name; `env.` stands for `env.NAME`. */
export const commandAttributes: ReadonlyMap<string, AttributeRule> = new Map([
  ["id", text("id", stepIdPattern, stepIdReason)],
  ["title", text("title")],
  ["run", flag("run")],
  ["norun", flag("norun")],
  ["example", flag("example")],
  ["check", flag("check")],
  ["timeout", duration("timeoutMs")],
  [
    "retry",
    {
      field: "retry",
      read: (value) =>
        /^[1-9]\d{0,3}$/.test(value ?? "")
          ? { value: Number(value) }
          : { reason: "a number from 1 to 9999" },
    },
  ],
  ["interval", duration("intervalMs")],
  ["exit", { field: "exit", read: readExitCodes }],
  ["dir", text("dir")],
  ["env.", environment],
  ["when", text("when")],
  [
    "os",
    {
      field: "os",
      read(value) {
        const wanted = (value ?? "").split(",").filter((system) => system !== "");
        return wanted.length > 0 && wanted.every((system) => systems.includes(system))
          ? { value: wanted }
          : { reason: `one or more of ${systems.join(", ")}` };
      },
    },
  ],
  ["interactive", flag("interactive")],
  ["background", flag("background")],
  ["ready", { field: "ready", read: readReady }],
  ["stop", text("stop")],
  ["capture", { field: "capture", isRepeatable: true, read: readCapture }],
  ["risk", oneOf("risk", ["safe", "change", "destructive"])],
  ["risk-reason", text("riskReason")],
  ["confirm", text("confirm")],
  ["undo", text("undo")],
  ["on", text("on")],
  ["script", insidePath("script")],
  ["continue-on-error", flag("continueOnError")],
]);

/** Every attribute of an `output` fence, by its name. */
export const outputAttributes: ReadonlyMap<string, AttributeRule> = new Map([
  ["match", oneOf("match", ["lines", "subset", "unordered", "contains", "json", "exact"])],
  ["stream", oneOf("stream", ["stdout", "stderr", "both"])],
  ["ansi", oneOf("ansi", ["strip", "keep"])],
]);

/** Every attribute of a transcript: those of its commands, of what they print, and its prompt. */
export const transcriptAttributes: ReadonlyMap<string, AttributeRule> = new Map([
  ...commandAttributes,
  ...outputAttributes,
  ["prompt", text("prompt")],
]);
