import type { Rule } from "../rule.ts";
import { badRegion } from "./bad-region.ts";
import { bareSleep } from "./bare-sleep.ts";
import { changedSinceVerified } from "./changed-since-verified.ts";
import { checkCannotFail } from "./check-cannot-fail.ts";
import { deadAnchor } from "./dead-anchor.ts";
import { deadLink } from "./dead-link.ts";
import { factDiffers } from "./fact-differs.ts";
import { filesChangedSinceVerified } from "./files-changed-since-verified.ts";
import { impossibleDate } from "./impossible-date.ts";
import { invisibleCharacters } from "./invisible-characters.ts";
import { missingFromIndex } from "./missing-from-index.ts";
import { missingPath } from "./missing-path.ts";
import { missingRegion } from "./missing-region.ts";
import { needlessTty } from "./needless-tty.ts";
import { noContacts } from "./no-contacts.ts";
import { noOwner } from "./no-owner.ts";
import { noReviewDate } from "./no-review-date.ts";
import { noRollback } from "./no-rollback.ts";
import { noVerification } from "./no-verification.ts";
import { noWayBack } from "./no-way-back.ts";
import { orphanScript } from "./orphan-script.ts";
import { outOfSync } from "./out-of-sync.ts";
import { overdueReview } from "./overdue-review.ts";
import { pipeToShell } from "./pipe-to-shell.ts";
import { portDisagreement } from "./port-disagreement.ts";
import { promptInScript } from "./prompt-in-script.ts";
import { secretInText } from "./secret-in-text.ts";
import { shellcheck } from "./shellcheck.ts";
import { smartQuotes } from "./smart-quotes.ts";
import { spaceAfterBackslash } from "./space-after-backslash.ts";
import { suppressionOfUnknown } from "./suppression-of-unknown.ts";
import { suppressionWithoutReason } from "./suppression-without-reason.ts";
import { tagDiffers } from "./tag-differs.ts";
import { toolVersionDiffers } from "./tool-version-differs.ts";
import { undeclaredTool } from "./undeclared-tool.ts";
import { undocumentedVariable } from "./undocumented-variable.ts";
import { unknownBranch } from "./unknown-branch.ts";
import { unknownContainer } from "./unknown-container.ts";
import { unknownDatabase } from "./unknown-database.ts";
import { unknownFactSource } from "./unknown-fact-source.ts";
import { unknownJustRecipe } from "./unknown-just-recipe.ts";
import { unknownMakeTarget } from "./unknown-make-target.ts";
import { unknownNamespace } from "./unknown-namespace.ts";
import { unknownOption } from "./unknown-option.ts";
import { unknownPackageScript } from "./unknown-package-script.ts";
import { unknownPoetryScript } from "./unknown-poetry-script.ts";
import { unknownRemote } from "./unknown-remote.ts";
import { unknownResource } from "./unknown-resource.ts";
import { unknownRoute } from "./unknown-route.ts";
import { unknownScriptOption } from "./unknown-script-option.ts";
import { unknownScriptSubCommand } from "./unknown-script-sub-command.ts";
import { unknownService } from "./unknown-service.ts";
import { unknownSubcommand } from "./unknown-subcommand.ts";
import { unknownTag } from "./unknown-tag.ts";
import { unknownTarget } from "./unknown-target.ts";
import { unknownUser } from "./unknown-user.ts";
import { unknownProcessType } from "./unknown-process-type.ts";
import { unknownWorkflow } from "./unknown-workflow.ts";
import { unknownWorkflowInput } from "./unknown-workflow-input.ts";
import { weakExpectation } from "./weak-expectation.ts";
import { unlistedVariable } from "./unlisted-variable.ts";
import { unpublishedPort } from "./unpublished-port.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unusedInput } from "./unused-input.ts";
import { unusedSuppression } from "./unused-suppression.ts";
import { unusedTool } from "./unused-tool.ts";
import { unverifiedSteps } from "./unverified-steps.ts";

/** Every rule of the check, in the order of its groups. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  unknownWorkflow,
  unknownWorkflowInput,
  unknownContainer,
  unknownService,
  unknownUser,
  unknownDatabase,
  unpublishedPort,
  portDisagreement,
  unknownRoute,
  unknownResource,
  unknownNamespace,
  tagDiffers,
  undocumentedVariable,
  unlistedVariable,
  factDiffers,
  unknownFactSource,
  unknownJustRecipe,
  unknownMakeTarget,
  unknownPackageScript,
  unknownPoetryScript,
  unknownProcessType,
  missingPath,
  unknownRemote,
  unknownBranch,
  unknownTag,
  deadLink,
  deadAnchor,
  unknownTarget,
  missingFromIndex,
  unusedInput,
  checkCannotFail,
  weakExpectation,
  noWayBack,
  noVerification,
  noRollback,
  noOwner,
  noContacts,
  overdueReview,
  noReviewDate,
  impossibleDate,
  unverifiedSteps,
  changedSinceVerified,
  filesChangedSinceVerified,
  unreadableFile,
  secretInText,
  pipeToShell,
  bareSleep,
  needlessTty,
  spaceAfterBackslash,
  promptInScript,
  unknownScriptOption,
  unknownScriptSubCommand,
  outOfSync,
  missingRegion,
  badRegion,
  orphanScript,
  shellcheck,
  suppressionWithoutReason,
  suppressionOfUnknown,
  unusedSuppression,
  smartQuotes,
  invisibleCharacters,
  toolVersionDiffers,
  undeclaredTool,
  unusedTool,
  unknownOption,
  unknownSubcommand,
];
