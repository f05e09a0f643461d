const thing =
  "(?:container|service|user|db|database|app|image|namespace|deployment|postgres|mysql)";
const exampleName = new RegExp(
  `^(?:my|your|the|some)[-_]?${thing}$|^${thing}[-_]?(?:name|id)$|^(?:container|service|user|name|foo|bar|baz|xxx+)$|your|example`,
  "i",
);

/**
 * True for a name that writers put where a reader's own belongs: `my-container`, `dbname`, `YOUR_DB`.
 *
 * A real name can read so too: ask this only after no fact supports it. No I/O.
 */
export function isExampleName(name: string): boolean {
  return exampleName.test(name) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name);
}
