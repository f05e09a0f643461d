import type { ReadyProbe } from "../model/fence-attributes.ts";
import { fillNames, namesInText } from "./fill-names.ts";

/** A probe that looks at something outside of the step itself. */
export type OutsideProbe = Exclude<ReadyProbe, { readonly kind: "output" }>;

/** Lists the names whose values a probe asks for; in the pattern of an output there are none. No I/O. */
export function namesInProbe(probe: ReadyProbe): readonly string[] {
  if (probe.kind === "output") return [];
  return namesInText(textOf(probe));
}

/**
 * Puts values in the place of the names in a probe; one that has none stays. No I/O.
 *
 * @example fillProbe({ kind: "port", port: "$PORT" }, new Map([["PORT", "80"]])) → { kind: "port", port: "80" }
 */
export function fillProbe(probe: OutsideProbe, values: ReadonlyMap<string, string>): OutsideProbe {
  const text = fillNames(textOf(probe), values);
  switch (probe.kind) {
    case "http":
      return { ...probe, url: text };
    case "port":
      return { ...probe, port: text };
    case "file":
      return { ...probe, path: text };
  }
}

function textOf(probe: OutsideProbe): string {
  switch (probe.kind) {
    case "http":
      return probe.url;
    case "port":
      return probe.port;
    case "file":
      return probe.path;
  }
}
