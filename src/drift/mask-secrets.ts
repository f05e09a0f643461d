import { findSecrets } from "./find-secrets.ts";

/**
 * Puts an ellipsis in the place of each secret in a sentence, behind the characters that tell which
 * one it is; text without any is given back as it is. No I/O.
 *
 * A path, a link or an option that a message names can hold one.
 *
 * @example maskSecrets("There is no `scripts/ghp_16C7e42F292c6912E7710c838347Ae178B4a.sh`.")
 *   → "There is no `scripts/ghp_….sh`."
 */
export function maskSecrets(text: string): string {
  let masked = "";
  let end = 0;
  for (const secret of findSecrets(text)) {
    masked += `${text.slice(end, secret.start)}${startOfSecret(text, secret)}…`;
    ({ end } = secret);
  }
  return end === 0 ? text : masked + text.slice(end);
}

/** What of a secret may be shown, so that its owner knows which one is meant. No I/O. */
export function startOfSecret(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return text.slice(start, start + (end - start < 20 ? 2 : 4)).trim();
}
