import type { ShellCommand } from "../../model/shell-script.ts";

const runners = /^(?:g?make|just|task|npm|pnpm|yarn|bun|rake|invoke|nx|turbo)$/;
const builders =
  /^(?:gradlew?|mvnw?|cmake|ninja|meson|bazel|configure|protoc|buf|sphinx-build|hugo|jekyll)$/;
const words =
  /build|gen|compil|dist|bundl|render|proto|boot|init|setup|config|cert|install|export|fixture|^all$/i;

/**
 * True where a command leaves files in the repository's folders that its text does not name: a build,
 * or a task whose name speaks of making something.
 *
 * No I/O.
 *
 * @example `make gen`, `npm run build`, `./gradlew jar` → true; `npm ci`, `make test` → false
 */
export function isGeneratingTask(command: ShellCommand): boolean {
  const { name } = command;
  const operands = command.words.slice(1).filter((word) => !/^-|=/.test(word));
  if (builders.test(name)) return true;
  if (name === "cargo" || name === "go") return /^(?:build|generate)$/.test(operands[0] ?? "");
  if (!runners.test(name)) return false;
  const isMake = name === "make" || name === "gmake";
  if (isMake && operands.length === 0) return true;
  // Its own verbs fetch packages, which lie in a folder of their own.
  const isFetching = !isMake && /^(?:i|ci|install|init|config|add)$/.test(operands[0] ?? "");
  return !isFetching && operands.some((word) => words.test(word));
}
