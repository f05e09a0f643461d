import type { Runbook } from "../../model/runbook.ts";
import type { CompileContext } from "../compile-context.ts";

/** A rule looks at one compiled runbook and reports what it finds to the context. */
export type DocumentRule = (runbook: Runbook, context: CompileContext) => void;
