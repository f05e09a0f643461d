import { listSecretForms, shortestSecret } from "./list-secret-forms.ts";
import type { SecretForm } from "./list-secret-forms.ts";
import type { Secret } from "./list-secrets.ts";
import { PatternFinder } from "./pattern-finder.ts";
import { RedactedStream } from "./redacted-stream.ts";

/** Keeps the values of some secrets out of texts and streams of bytes. */
export interface Redactor {
  /** A text with `[secret NAME]` in place of each form of a secret. */
  redactText(text: string): string;
  /** Does so for bytes as they come, however a form is cut into chunks. */
  openStream(): RedactedStream;
  /** Names of secrets that are too short to be looked for. */
  readonly shortNames: readonly string[];
}

/**
 * Makes a redactor; undefined where there is no secret, so that runs without one pay nothing. No I/O.
 *
 * Of forms that overlap all bytes are taken out. A mark that would itself hold a form (the value is
 * `secret`) is a plainer one.
 */
export function createRedactor(secrets: readonly Secret[]): Redactor | undefined {
  if (secrets.length === 0) return undefined;
  const encoder = new TextEncoder();
  const forms = secrets.map(({ value }) => listSecretForms(value));
  const makeFinder = (isWanted: (form: SecretForm) => boolean): PatternFinder =>
    new PatternFinder(
      forms.flatMap((ofOne, owner) =>
        ofOne.filter(isWanted).map(({ text }) => ({ bytes: encoder.encode(text), owner })),
      ),
    );
  const finders = {
    plain: makeFinder(({ canWrap }) => !canWrap),
    wrapping: makeFinder(({ canWrap }) => canWrap),
  };
  const all = forms.flat();
  const marks = secrets.map(({ name }) => encoder.encode(chooseMark(name, all)));
  const openStream = (): RedactedStream => new RedactedStream(finders, marks);
  return {
    openStream,
    redactText: (text) => {
      const stream = openStream();
      // The stream's bytes are its own only until its next call.
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      const head = decoder.decode(stream.push(encoder.encode(text)), { stream: true });
      return head + decoder.decode(stream.flush());
    },
    shortNames: secrets
      .filter(({ value }) => value.trim().length < shortestSecret)
      .map(({ name }) => name),
  };
}

function chooseMark(name: string, forms: readonly SecretForm[]): string {
  const marks = [`[secret ${name}]`, "[redacted]", "••••"];
  return marks.find((mark) => !forms.some(({ text }) => mark.includes(text))) ?? "";
}
