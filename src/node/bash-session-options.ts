import type { Secret } from "../run/list-secrets.ts";

/** How a session of bash is opened. */
export interface BashSessionOptions {
  /** Absolute; made where it is missing. Everything that the session writes is below it. */
  readonly runDirectory: string;
  /** Where the first step starts. */
  readonly directory: string;
  /** The whole environment of the shell; two marks are added: `OPSWRIGHT_SESSION`, `OPSWRIGHT_STEP`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of it whose values must be in no file and in no output; default: none. */
  readonly secrets?: readonly Secret[] | undefined;
}
