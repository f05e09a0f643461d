import type { SecretFrom } from "../../model/front-matter.ts";
import type { CompileContext } from "../compile-context.ts";
import { readSecretFrom } from "../read-secret-from.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports each `from` of a secret whose command destroys something: it is run before anybody is asked.
 *
 * No I/O.
 */
export const checkSecretSources: DocumentRule = ({ frontMatter }, context) => {
  for (const [name, { type, from }] of Object.entries(frontMatter.inputs ?? {})) {
    if (type === "secret") checkSource(`inputs.${name}.from`, from, context);
  }
  for (const [contract, { variables }] of Object.entries(frontMatter.contracts ?? {})) {
    for (const [name, { from }] of Object.entries(variables)) {
      checkSource(`contracts.${contract}.variables.${name}.from`, from, context);
    }
  }
};

function checkSource(key: string, from: SecretFrom | undefined, context: CompileContext): void {
  const { command } = from === undefined ? {} : readSecretFrom(from);
  if (command === undefined) return;
  const { level, reasons } = context.readShell(command).risk;
  if (level !== "destructive") return;
  const reason = reasons.find((one) => one.level === "destructive")?.text ?? "";
  const spans = context.document.frontMatter?.spans;
  context.report(
    "invalid-value",
    { key, reason: `it is run before anybody is asked, and cannot be taken back: ${reason}` },
    spans?.get(`${key}.command`) ?? spans?.get(key),
  );
}
