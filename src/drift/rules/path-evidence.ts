import type { PathClaim } from "../claims/path-claims.ts";
import type { FileTreeFacts } from "../facts/file-tree-facts.ts";
import type { FileTree } from "../file-tree.ts";

/** Folders whose files are made by programs and people, not by the repository. */
const madeFolder =
  /(?:^|\/)(?:backups?|logs?|te?mp|out|output|outputs|dist|build|target|bin|coverage|artifacts?|dumps?|data|uploads?|cache|results?|reports?|downloads?|node_modules|vendor|\.?venv|env|virtualenv|certs?|keys?|secrets?|ssl|tls|\.terraform|\.ssh|\.kube|\.aws)(?:\/|$)/i;
/** Endings of files that are made, downloaded or kept secret. */
const madeFile =
  /\.(?:log|dump|t?gz|zip|bz2|xz|zst|tar|7z|bak|old|orig|pid|sock|tmp|out|err|db|sqlite3?|pem|key|crt|cer|csr|p12|pfx|jks|pub|gpg|asc|age|pyc|so|jar|war|whl|deb|rpm|exe|img|iso|qcow2|pcap|core|prof|tfstate|tfplan|tfvars|plan|kubeconfig)$/i;
/** `.env` and its like hold a person's own values; `.env.example` does not. */
const ownSettings =
  /(?:^|\/)(?:\.env(?:\.[\w-]+)?|\.netrc|\.pgpass|kubeconfig|credentials(?:\.\w+)?)$/;
/** A template that is copied: `.env.example`, `config.sample.yml`, `settings.py.dist`. */
const template = /[.\-_](?:example|sample|template|dist|tmpl|tpl)(?:\.\w+)?$/i;
/**
 * True where there is a sign that a path which is not there ought to be in the repository.
 *
 * `paths` are what it can mean, relative to the tree. A file of any name can lie in a person's own
 * folder: only where its folder is known, where it is a template, or where it is the project's own by
 * the way it is used in a document that speaks of this repository, its absence is a fault. No I/O.
 */
export function belongsToRepository(
  { path, use, isOwn, isBehindTask, others }: PathClaim,
  paths: readonly string[],
  { tree, traits }: Pick<FileTreeFacts, "tree" | "traits">,
): boolean {
  if (use === "look" || madeFile.test(path) || madeFolder.test(path)) return false;
  const isTemplate = template.test(path);
  if (ownSettings.test(path) && !isTemplate) return false;
  if (!isBehindTask && paths.some((one) => isInKnownFolder(one, path, tree))) return true;
  if (!traits.holdsSource()) return false;
  if (use === "copy" && isTemplate) return true;
  const speaksOfRepository =
    isOwn || others.some((other) => other !== "" && (tree.hasFile(other) || tree.hasFolder(other)));
  return speaksOfRepository && (use === "project" || (use === "run" && isScript(path)));
}

/** `deploy/x.yaml` where `deploy` is a folder: the one that it was written below, not that of a `cd`. */
function isInKnownFolder(path: string, written: string, tree: FileTree): boolean {
  const parts = path.split("/");
  const own = written.split("/").filter((part) => part !== "." && part !== "" && part !== "..");
  if (own.length < 2) return false;
  const above = parts.slice(0, parts.length - own.length + 1).join("/");
  return above !== "" && tree.hasFolder(above);
}

/** A program without an ending can be what a build makes. */
function isScript(path: string): boolean {
  return /\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|go)$/.test(path);
}
