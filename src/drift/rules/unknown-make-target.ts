import { findNearest } from "../../parse/find-nearest.ts";
import { makeTargetClaims, type MakeTargetClaim } from "../claims/make-target-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import type { FactSource } from "../fact-source.ts";
import { joinPath } from "../file-tree.ts";
import {
  findMakefile,
  hasTarget,
  makefileFacts,
  type MakefileFacts,
} from "../facts/makefile-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { suggestName } from "./suggest-name.ts";

/** A command makes a target that no rule of the Makefile has. */
export const unknownMakeTarget = defineClaimRule<
  MakeTargetClaim,
  { make: FactSource<MakefileFacts> },
  { target: string; file: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "make/unknown-target",
  severity: "error",
  title: "A target that the Makefile does not have",
  what: "A command tells `make` to make a target for which the Makefile of the folder, with all that it includes, has no rule.",
  why: "The command stops with `No rule to make target`: usually the target was renamed, and the runbook was not.",
  remedy:
    "Write the target's name as the Makefile has it. Where the command is meant for another folder, say so: `make -C FOLDER`, `cd FOLDER` in the same section, or the fence's `dir`.",
  example: {
    language: "bash",
    wrong: "make deply",
    right: "make deploy",
    file: { path: "Makefile", text: ".PHONY: deploy\ndeploy:\n\t./scripts/deploy.sh\n" },
  },
  claims: makeTargetClaims,
  facts: { make: makefileFacts },
  judge({ value: { target, start, file } }, { make }) {
    const place = settlePlace(start, make.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const candidates = place.folders.flatMap((folder) => findMakefile(make, folder, file) ?? []);
    const answers = new Set(candidates.map((makefile) => hasTarget(makefile, target)));
    if (answers.has(true)) return agreed;
    const [folder] = place.folders;
    const own = findMakefile(make, folder, file);
    if (own === undefined) return unjudged("there is no Makefile where it is started");
    if (answers.has("unknown")) {
      return unjudged(own.openReason ?? "a variable is in the names of targets");
    }
    const path = joinPath(folder, target);
    if (make.tree.hasFile(path) || make.tree.hasFolder(path)) return agreed;
    // `make tool` makes the program of `tool.c` by rules that make brings with it.
    if (make.tree.namesIn(folder).some((name) => name.startsWith(`${target}.`))) {
      return unjudged("make's own rules may make it");
    }
    if (make.makefiles.some((other) => hasTarget(other, target) === true)) {
      return unjudged("the Makefile of another folder has the target");
    }
    const known = own.targets.map(({ name }) => name);
    const nearest = findNearest(target, known);
    const near = own.targets.find(({ name }) => name === nearest);
    const related =
      near === undefined
        ? { path: own.path, text: "the Makefile of the folder" }
        : { path: near.path, span: near.span, text: `the target \`${near.name}\` is here` };
    return differed({ target, file: own.path, nearest, known }, { related: [related] });
  },
  message: ({ target, file }) => `\`${file}\` has no target \`${target}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});
