import type { ScriptRequest } from "../run/ports.ts";

/** Ordinary file names that need no quoting in a shell. */
const keyPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

/**
 * Takes a script in whose key no earlier one had, and adds it to `keys`. Throws where a session may not
 * run it: those are mistakes of the caller. No I/O.
 */
export function admitScript(
  { key, variables, environment }: ScriptRequest,
  keys: Set<string>,
  session: { readonly isClosed: boolean; readonly isBusy: boolean },
): void {
  if (session.isClosed) throw new Error("the session is closed");
  if (session.isBusy) throw new Error("the session runs one script at a time");
  if (!keyPattern.test(key)) throw new Error(`not a key for a script: ${key}`);
  if (keys.has(key)) throw new Error(`the key ${key} was used before`);
  for (const [name, value] of Object.entries({ ...variables, ...environment })) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
      throw new Error(`not a variable for an environment: ${name}`);
    }
  }
  keys.add(key);
}
