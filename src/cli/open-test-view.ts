import type {
  DocumentTestEvent,
  DocumentTestResult,
  TestedDocument,
} from "../model/document-test.ts";
import type { DocumentTests } from "../node/read-document-tests.ts";
import { countNoun } from "../report/count-noun.ts";
import { clipLine } from "../report/text-layout.ts";
import { escapeToLine } from "../report/sanitise-terminal-text.ts";
import type { CommandContext } from "./command-context.ts";
import type { TestOptions } from "./test-options.ts";

/** Where what happens to documents that are tested is shown, or printed for other programs. */
export interface TestView {
  readonly observe: (event: DocumentTestEvent) => void;
  readonly conclude: (result: DocumentTestResult) => void;
  /** Takes back the status line; idempotent. */
  readonly close: () => void;
}

const tickMs = 100;
const eraseLine = "\r\u001B[2K";

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
  const verbosity =
    options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal";
  const { style } = terminal;
  const order = tests.map(({ name }) => name);
  const done = new Map<string, TestedDocument>();
  const going = new Set<string>();
  let told = 0;
  let hasStatus = false;
  let isApart = true;

  const settle = (): void => {
    if (hasStatus) terminal.write(eraseLine);
    hasStatus = false;
  };
  const tellNext = (): void => {
    let text = "";
    for (;;) {
      const document = done.get(order[told] ?? "");
      if (document === undefined) break;
      told += 1;
      text += renderTestedDocument(document, { style, verbosity, sources });
    }
    if (text === "") return;
    settle();
    terminal.write(text);
    isApart = text.endsWith("\n\n");
  };
  const showStatus = (): void => {
    const names = [...going].map(escapeToLine).join(", ");
    const count = `${done.size} of ${countNoun(order.length, "document")}`;
    const line = clipLine(`${count}  ${names}`, style.columns - 1);
    terminal.write(`${hasStatus ? eraseLine : ""}${style.colors.dim(line)}`);
    hasStatus = true;
  };
  const timer = terminal.isInteractive ? setInterval(showStatus, tickMs) : undefined;
  // A view alone keeps no process alive.
  timer?.unref();
  const close = (): void => {
    clearInterval(timer);
    settle();
  };
  return {
    observe: (event) => {
      if (event.type === "document-started") going.add(event.document.name);
      if (event.type !== "document-ended") return;
      going.delete(event.document.name);
      done.set(event.document.name, event.document);
      tellNext();
    },
    conclude: (result) => {
      close();
      terminal.write(`${isApart ? "" : "\n"}${renderTestSummary(result, style)}`);
    },
    close,
  };
}
