import type { FactSource } from "../fact-source.ts";
import { composeFacts } from "./compose-facts.ts";

/** Every source of facts, in the order of the documentation. A new source is one file and one line here. */
export const factSources: readonly FactSource<unknown>[] = [composeFacts];
