import type { Rule } from "../rule.ts";
import { suppressionOfUnknown } from "./suppression-of-unknown.ts";
import { suppressionWithoutReason } from "./suppression-without-reason.ts";
import { unknownContainer } from "./unknown-container.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unusedSuppression } from "./unused-suppression.ts";

/** Every rule of the check, in the order of its groups. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  unknownContainer,
  unreadableFile,
  suppressionWithoutReason,
  suppressionOfUnknown,
  unusedSuppression,
];
