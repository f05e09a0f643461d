import type { CommandStep } from "../model/runbook.ts";
import type { RiskReason, TextRange } from "../model/shell-script.ts";
import { isOwnAffair } from "./own-affairs.ts";

/** Rows of the risk table after which data is gone that nobody can make again. */
const losses = new Set(
  `dropdb mysqladmin-drop pg-restore-clean mongorestore-drop alembic-downgrade flask-db-downgrade
  rails-db-drop django-flush prisma-reset migrate-down etcdctl-delete kafka-delete vault-delete
  sql-drop sql-truncate sql-delete sql-alter-drop mongo-drop mongo-delete
  docker-remove-volume compose-down-volumes lvm-remove zfs-destroy ceph-delete rbd-remove
  rados-remove radosgw-remove
  git-push-force git-push-mirror git-filter
  terraform-destroy pulumi-destroy aws-s3-remove gsutil-remove object-store-remove heroku-destroy
  fly-destroy`.split(/\s+/),
);

/** Rows that lose data only where the command's text says so as well. */
const lossesByText: Readonly<Record<string, RegExp>> = {
  // What a remote has is not lost by going back to it.
  "git-reset-hard": /--hard(?!\s+(?:origin\/|upstream\/|FETCH_HEAD|@\{u))/,
  "rm-recursive": /\s["']?\/(?:var\/lib|var\/www|srv|home|opt|data|mnt|etc)(?:\/|\b)/,
  "kubectl-delete": /\s(?:pvc|pv|ns|persistentvolumes?|persistentvolumeclaims?|namespaces?)\b/,
  "aws-delete": /\b(?:rds|dynamodb|efs|s3api|redshift|elasticache|docdb)\b|volume|snapshot/,
  "cloud-delete": /\bsql\b|database|\bdisks?\b|bucket|volume|snapshot|filestore|\bblob\b/,
  "railway-delete": /volume|environment|project|\bdelete\b/,
};

/**
 * Reasons why data is lost by a command, as far as it says; its author's own `risk=destructive`
 * counts where nothing else destroys.
 *
 * Much that a table calls destructive comes back by itself or is made anew (a pod, an image, a
 * build's folder): it is no loss. No I/O.
 */
export function findLosses(step: CommandStep): readonly RiskReason[] {
  const { risk, script } = step;
  if (risk.level !== "destructive") return [];
  const destroying = risk.reasons.filter(({ level }) => level === "destructive");
  const [only] = destroying;
  if (destroying.length === 1 && only?.rule === "declared") {
    return [{ ...only, range: { start: 0, end: script.length } }];
  }
  return destroying
    .map((reason) => ({ ...reason, range: widen(reason.range, step) }))
    .filter(({ rule, range }) => {
      const pattern = lossesByText[rule];
      return losses.has(rule) || pattern?.test(script.slice(range.start, range.end)) === true;
    });
}

/** The whole command where a reason stands at one of its options. */
function widen({ start, end }: TextRange, { shell }: CommandStep): TextRange {
  const around = shell?.commands.findLast(({ range }) => range.start <= start && range.end >= end);
  return around?.range ?? { start, end };
}

/**
 * Reasons why a command changes something that others use; what it does to files beside it, to the
 * local repository and to its operator's tools and machine is none. No I/O.
 */
export function findSystemChanges(step: CommandStep): readonly RiskReason[] {
  return step.risk.reasons.filter(
    (reason) => reason.level !== "safe" && !isOwnAffair(reason, step),
  );
}
