import path from "node:path";
import { currentEnvironment } from "../node/current-environment.ts";
import { createTestEnvironment } from "../node/create-test-environment.ts";
import {
  selectShard,
  type DocumentTest,
  type DocumentTestRequest,
  type DocumentTests,
} from "../node/read-document-tests.ts";
import { readProject, type Project } from "../node/read-project.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { CommandContext } from "./command-context.ts";
import { readGivenVariables, type DocumentOptions } from "./document-options.ts";
import { readInputOptions } from "./input-options.ts";
import { reportProblems } from "./report-problems.ts";

/** Which documents are asked for, of which project, and with what they run. */
export interface DocumentsRequest {
  readonly project: Project;
  readonly request: DocumentTestRequest;
  /** What `createTestEnvironment` gives. */
  readonly environment: Readonly<Record<string, string>>;
}

type DocumentContext = CommandContext<DocumentOptions>;

/**
 * Reads what the options of a command that runs documents ask for; an exit code where the configuration is not
 * valid, which is told then. Reads the file system.
 */
export async function readDocumentRequest(
  context: DocumentContext,
  given: readonly string[],
): Promise<DocumentsRequest | number> {
  const { options, fail } = context;
  const project = await readProject({ root: options.root, configurationPath: options.config });
  if (project.diagnostics.some(({ severity }) => severity === "error")) {
    return reportProblems(context, project.diagnostics, new Map());
  }
  const paths = given.length > 0 ? given : configuredPaths(project);
  if (paths.length === 0) {
    return fail(
      "no documents are named\nName files or folders, or list them as `tests` in the configuration.",
    );
  }
  const request = await readRequest(paths, context);
  const environment = createTestEnvironment({
    caller: currentEnvironment(),
    isPathClean: options.cleanPath === true,
    given: request.given,
  });
  return { project, request, environment };
}

function configuredPaths({ root, configuration }: Project): readonly string[] {
  return configuration.tests.map((one) => path.resolve(root, one));
}

async function readRequest(
  paths: readonly string[],
  { options, fail }: DocumentContext,
): Promise<DocumentTestRequest> {
  const inputs = new Map<string, string>();
  if (options.inputs !== undefined) {
    const { InputsFileError, readInputsFile } = await import("../node/read-inputs-file.ts");
    try {
      for (const [name, value] of await readInputsFile(options.inputs)) inputs.set(name, value);
    } catch (error) {
      if (error instanceof InputsFileError) return fail(error.message);
      throw error;
    }
  }
  for (const [name, value] of readInputOptions(options.input)) inputs.set(name, value);
  return {
    paths,
    filter: options.filter,
    inputs,
    given: readGivenVariables(options.env, currentEnvironment()),
    allowed: new Set(options.allow),
    timeoutMs: options.timeout,
  };
}

/** The documents of the shard that is asked for, or all. No I/O. */
export function selectTests(
  { tests }: Pick<DocumentTests, "tests">,
  { shard }: DocumentOptions,
): readonly DocumentTest[] {
  return shard === undefined ? tests : selectShard(tests, shard);
}

/**
 * Tells why none of the documents is to be run, and gives back the exit code; undefined where they are.
 */
export async function reportNothingToRun(
  found: DocumentTests,
  request: DocumentTestRequest,
  context: DocumentContext,
): Promise<number | undefined> {
  const { options, terminal } = context;
  const { tests, unusedInputs } = found;
  if (tests.length === 0) {
    const which =
      options.filter === undefined ? "" : ` that --filter ${options.filter} lets through`;
    terminal.writeError(
      `error: There is no document${which} below ${request.paths.join(", ")}: nothing was run.\n`,
    );
    return 3;
  }
  if (unusedInputs.length > 0) {
    const declared = tests.flatMap(({ planned }) => planned.plan?.inputs ?? []);
    const { findNearest } = await import("../parse/find-nearest.ts");
    const problems = unusedInputs.map((name) => {
      const nearest = findNearest(name, new Set(declared.map((input) => input.name)));
      return makeDiagnostic("undeclared-input", { name, nearest });
    });
    return reportProblems(context, problems, found.sources);
  }
  const selected = selectTests(found, options);
  if (selected.length === 0 && options.shard !== undefined) {
    const { index, count } = options.shard;
    terminal.writeError(`Shard ${index}/${count} of ${tests.length} has no document.\n`);
    return 0;
  }
  return undefined;
}
