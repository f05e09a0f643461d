/**
 * The session itself failed, as opposed to a step in it: no bash, a full disk, a shell that cannot
 * be restored.
 *
 * `message` says what is wrong, `hint` what to do next, `cause` what lay beneath.
 */
export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly hint: string;

  constructor(message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.hint = options.hint;
  }
}
