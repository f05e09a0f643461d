/**
 * A run's journal cannot be written or read.
 *
 * `message` says what is wrong and with which file, `hint` what to do next, `cause` what lay
 * beneath.
 */
export class JournalError extends Error {
  override readonly name = "JournalError";
  readonly hint: string;

  constructor(message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.hint = options.hint;
  }
}
