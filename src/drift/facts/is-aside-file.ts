const asideFolder =
  /(?:^|\/)(?:examples?|samples?|demos?|tests?|__tests__|e2e|fixtures?|testdata|benchmarks?|docs?|templates?|node_modules|vendor|third[_-]party|_worlds)\//i;

/**
 * True for a path in a folder of examples, tests, documents or foreign code: what it says need not
 * be what is operated.
 *
 * `path` is relative to what documents speak of. No I/O.
 *
 * @example isAsideFile("examples/kafka/compose.yaml"); !isAsideFile("deploy/compose.yaml")
 */
export function isAsideFile(path: string): boolean {
  return asideFolder.test(path);
}
