/**
 * The session itself failed, as opposed to a step in it: no bash, a full disk, a shell that cannot
 * be restored.
 *
 * `message` says what is wrong, `hint` what to do next, `cause` what lay beneath; `isUnstarted`, that nothing
 * of the script that was asked for has run.
 */
export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly hint: string;
  readonly isUnstarted: boolean;

  constructor(
    message: string,
    options: {
      readonly hint: string;
      readonly cause?: unknown;
      readonly isUnstarted?: boolean | undefined;
    },
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.hint = options.hint;
    this.isUnstarted = options.isUnstarted ?? false;
  }
}
