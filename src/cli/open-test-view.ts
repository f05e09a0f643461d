import type { DocumentTestEvent, DocumentTestResult } from "../model/document-test.ts";
import type { DocumentTests } from "../node/read-document-tests.ts";
import type { CommandContext } from "./command-context.ts";
import type { TestOptions } from "./test-options.ts";

/** Where what happens to documents that are tested is shown, or printed for other programs. */
export interface TestView {
  readonly observe: (event: DocumentTestEvent) => void;
  readonly conclude: (result: DocumentTestResult) => void;
  /** Takes back the status line; idempotent. */
  readonly close: () => void;
}

/** Opens the view that the options ask for: text, lines of JSON, or TAP. Writes to the terminal. */
export async function openTestView(
  shown: Pick<DocumentTests, "tests" | "sources">,
  context: CommandContext<TestOptions>,
): Promise<TestView> {
  const { options, terminal } = context;
  if (options.json === true) {
    const { stringifyHarmless } = await import("../report/stringify-harmless.ts");
    const { testEventToJson, testResultToJson } =
      await import("../report/test-report/test-event-to-json.ts");
    const print = (value: object): void => terminal.write(`${stringifyHarmless(value)}\n`);
    return {
      observe: (event) => print(testEventToJson(event)),
      conclude: (result) => print(testResultToJson(result)),
      close: () => {},
    };
  }
  if (options.tap === true) {
    const { testsToTap } = await import("../report/test-report/tests-to-tap.ts");
    return {
      observe: () => {},
      conclude: (result) => terminal.write(testsToTap(result)),
      close: () => {},
    };
  }
  return openTextView(shown, context);
}

/** Documents are told in the order of their names, whichever is done first. */
async function openTextView(
  { tests, sources }: Pick<DocumentTests, "tests" | "sources">,
  { options, terminal }: CommandContext<TestOptions>,
): Promise<TestView> {
  const { renderTestedDocument } = await import("../report/test-report/render-tested-document.ts");
  const { renderTestSummary } = await import("../report/test-report/render-test-summary.ts");
  const { openDocumentsView } = await import("./open-documents-view.ts");
  const verbosity =
    options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal";
  const { style } = terminal;
  let isApart = true;
  const view = openDocumentsView(
    tests.map(({ name }) => name),
    terminal,
    (document) => {
      const text = renderTestedDocument(document, { style, verbosity, sources });
      if (text !== "") isApart = text.endsWith("\n\n");
      return text;
    },
  );
  return {
    observe: view.observe,
    conclude: (result) => {
      view.close();
      terminal.write(`${isApart ? "" : "\n"}${renderTestSummary(result, style)}`);
    },
    close: view.close,
  };
}
