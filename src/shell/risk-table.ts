import type { RiskLevel } from "../model/shell-script.ts";
import type { CallPattern, CommandCall } from "./command-call.ts";

/** One fact about a command: what it does, how bad that is, and where it is written. */
export interface RiskRow extends CallPattern {
  /** Stable name, shown in brackets. */
  readonly rule: string;
  /** `safe` ends the search: a near miss that the rows below it would take for more. */
  readonly level: RiskLevel;
  /** What it does, as a sentence without its full stop. */
  readonly text: string;
  /** Where that is documented, or why the level was chosen. */
  readonly source: string;
}

const pushesForced = (call: CommandCall): boolean => call.operands.slice(1).some((word) => /^\+\S/u.test(word));
const pushesDeletion = (call: CommandCall): boolean => call.operands.slice(2).some((word) => /^:\S/u.test(word));
const namesEverything = (call: CommandCall): boolean => call.operands.slice(1).some((word) => /^(?:\.\/?|\*|:\/)$/u.test(word));
const hasOperands = (call: CommandCall): boolean => call.operands.length > 1;
const hasPattern = (call: CommandCall): boolean => call.operands.some((word) => /[*?]/u.test(word));
const signal = (call: CommandCall): string => {
  const first = call.args[0] ?? "";
  const separate = /^(?:-s|--signal|-n)$/u.test(first) ? (call.args[1] ?? "") : first.replace(/^--signal=|^-/u, "");
  return first.startsWith("-") ? separate.replace(/^SIG/iu, "").toUpperCase() : "";
};
const method = (call: CommandCall): string =>
  (call.optionValues.get("-X") ?? call.optionValues.get("--request") ?? "").toUpperCase();
const truncatesToNothing = (call: CommandCall): boolean =>
  /^[-<]?0[kKMGTB]*$/u.test(call.optionValues.get("-s") ?? call.optionValues.get("--size") ?? call.args[call.args.indexOf("-s") + 1] ?? "");
const outputFile = (call: CommandCall): string => call.args.find((word) => word.startsWith("of=")) ?? "";
const cloudVerb = /^(?:delete|terminate|deregister|purge|destroy|remove|release)(?:-|$)/u;
const changingVerb =
  /^(?:create|update|put|modify|set|add|attach|detach|start|stop|reboot|restart|reset|resize|scale|run|restore|import|enable|disable|associate|disassociate|tag|untag|promote|failover|rotate|deploy|invoke|revoke|authorize|cancel|apply|patch|upgrade|rollback|move|copy|cp|mv|sync|mb)(?:-|$)/u;

/** SQL, Redis and MongoDB statements are judged in `judge-statements.ts`; redirections in `assess-risk.ts`. */
export const riskTable: readonly RiskRow[] = [
  // git
  { rule: "git-dry-run", command: "git", any: ["--dry-run"], level: "safe", text: "it only says what it would do", source: "git-push(1), git-clean(1), git-add(1)" },
  { rule: "git-push-force", command: "git", sub: ["push"], any: ["--force", "-f"], level: "destructive", text: "git push --force overwrites the remote branch", source: "git-push(1): --force may lose commits on the remote" },
  { rule: "git-push-force", command: "git", sub: ["push"], when: pushesForced, level: "destructive", text: "git push +REF overwrites the remote branch", source: "git-push(1): a leading + is --force for that ref" },
  { rule: "git-push-mirror", command: "git", sub: ["push"], any: ["--mirror", "--prune"], level: "destructive", text: "git push --mirror removes and overwrites remote branches", source: "git-push(1)" },
  { rule: "git-push-delete", command: "git", sub: ["push"], any: ["--delete", "-d"], level: "destructive", text: "git push --delete removes a branch or tag from the remote", source: "git-push(1)" },
  { rule: "git-push-delete", command: "git", sub: ["push"], when: pushesDeletion, level: "destructive", text: "git push :REF removes a branch or tag from the remote", source: "git-push(1): an empty source deletes the destination" },
  { rule: "git-push", command: "git", sub: ["push"], level: "change", text: "git push sends commits to the remote", source: "git-push(1); --force-with-lease is here too, since it refuses where the remote has moved" },
  { rule: "git-reset-hard", command: "git", sub: ["reset"], any: ["--hard"], level: "destructive", text: "git reset --hard discards uncommitted work and moves the branch", source: "git-reset(1)" },
  { rule: "git-clean", command: "git", sub: ["clean"], any: ["-f", "--force"], none: ["-n"], level: "destructive", text: "git clean -f deletes untracked files", source: "git-clean(1)" },
  { rule: "git-checkout-all", command: "git", sub: ["checkout", "restore"], when: namesEverything, none: ["--staged", "-S", "-b"], level: "destructive", text: "it discards every uncommitted change below the directory", source: "git-checkout(1), git-restore(1)" },
  { rule: "git-checkout-force", command: "git", sub: ["checkout", "switch"], any: ["-f", "--force", "--discard-changes"], level: "destructive", text: "it switches branches and throws away local changes", source: "git-checkout(1): -f" },
  { rule: "git-branch-delete", command: "git", sub: ["branch"], any: ["-D"], level: "destructive", text: "git branch -D deletes a branch even where it is not merged", source: "git-branch(1)" },
  { rule: "git-branch-delete", command: "git", sub: ["branch"], all: ["--delete", "--force"], level: "destructive", text: "git branch --delete --force deletes a branch even where it is not merged", source: "git-branch(1)" },
  { rule: "git-stash-drop", command: "git", sub: ["stash drop", "stash clear"], level: "destructive", text: "it deletes stashed work", source: "git-stash(1)" },
  { rule: "git-filter", command: "git", sub: ["filter-branch", "filter-repo"], level: "destructive", text: "it rewrites the repository's history", source: "git-filter-branch(1)" },
  { rule: "git-expire", command: "git", sub: ["reflog expire", "reflog delete", "prune"], level: "destructive", text: "it removes what could still be recovered", source: "git-reflog(1), git-prune(1)" },
  { rule: "git-worktree-remove", command: "git", sub: ["worktree remove"], any: ["--force", "-f"], level: "destructive", text: "it removes a working tree with its changes", source: "git-worktree(1)" },
  { rule: "git-update-ref-delete", command: "git", sub: ["update-ref"], any: ["-d"], level: "destructive", text: "it deletes a ref", source: "git-update-ref(1)" },
  { rule: "git-read", command: "git", sub: ["stash list", "stash show", "remote show", "remote get-url"], level: "safe", text: "it only reads", source: "git-stash(1), git-remote(1)" },
  { rule: "git-commit", command: "git", sub: ["commit"], level: "change", text: "git commit records a commit", source: "git-commit(1)" },
  { rule: "git-rebase", command: "git", sub: ["rebase"], level: "change", text: "git rebase rewrites the branch's commits", source: "git-rebase(1)" },
  { rule: "git-change", command: "git", sub: ["merge", "revert", "add", "cherry-pick", "am", "apply", "pull", "rm", "mv", "reset", "restore", "checkout", "switch", "stash", "clone", "init", "submodule update", "worktree add", "worktree remove", "notes add", "bisect"], level: "change", text: "it changes the working tree, the index or the branch", source: "git(1)" },
  { rule: "git-tag", command: "git", sub: ["tag"], any: ["-d", "--delete"], level: "change", text: "git tag -d deletes a local tag", source: "git-tag(1)" },
  { rule: "git-tag", command: "git", sub: ["tag"], none: ["-l", "--list", "-n", "-v", "--verify", "--contains", "--points-at", "--merged"], when: hasOperands, level: "change", text: "git tag creates a tag", source: "git-tag(1)" },
  { rule: "git-branch", command: "git", sub: ["branch"], any: ["-d", "--delete", "-m", "-M", "--move", "-f", "--force"], level: "change", text: "it renames, moves or deletes a branch", source: "git-branch(1)" },
  { rule: "git-remote", command: "git", sub: ["remote add", "remote remove", "remote rm", "remote set-url", "remote rename"], level: "change", text: "it changes the list of remotes", source: "git-remote(1)" },

  // files and disks
  { rule: "rm-recursive", command: "rm", any: ["-r", "-R", "--recursive"], level: "destructive", text: "rm -r deletes directories with all they hold", source: "rm(1)" },
  { rule: "rm-pattern", command: "rm", when: hasPattern, level: "destructive", text: "rm deletes every file that matches the pattern", source: "rm(1)" },
  { rule: "rm", command: "rm unlink rmdir", level: "change", text: "it deletes what is named", source: "rm(1)" },
  { rule: "find-delete", command: "find", any: [/^-delete$/u], level: "destructive", text: "find -delete deletes everything that it finds", source: "find(1)" },
  { rule: "shred", command: "shred srm wipe", level: "destructive", text: "it overwrites the data so that it cannot be recovered", source: "shred(1)" },
  { rule: "wipefs", command: "wipefs", any: ["-a", "--all", "-o", "--offset"], level: "destructive", text: "wipefs erases file system signatures", source: "wipefs(8)" },
  { rule: "sgdisk", command: "sgdisk", any: ["-Z", "-z", "-o", "-d", "--zap-all", "--zap", "--clear", "--delete"], level: "destructive", text: "sgdisk destroys partitions", source: "sgdisk(8)" },
  { rule: "sgdisk", command: "sgdisk sfdisk", none: ["-p", "--print", "-l", "--list", "-d", "--dump", "-i", "--info", "-v", "--verify"], level: "destructive", text: "it rewrites the partition table", source: "sgdisk(8), sfdisk(8)" },
  { rule: "fdisk", command: "fdisk cfdisk gdisk", none: ["-l", "--list", "-s"], level: "destructive", text: "it edits the partition table", source: "fdisk(8)" },
  { rule: "parted", command: "parted", none: ["-l", "--list"], any: [/^(?:rm|mklabel|mktable|mkpart|resizepart|rescue)$/u], level: "destructive", text: "parted changes the partition table", source: "parted(8)" },
  { rule: "blkdiscard", command: "blkdiscard", level: "destructive", text: "blkdiscard throws away all data of the device", source: "blkdiscard(8)" },
  { rule: "dd-null", command: "dd", when: (call) => /^of=\/dev\/(?:null|stdout|stderr)$/u.test(outputFile(call)), level: "safe", text: "it writes nowhere", source: "dd(1)" },
  { rule: "dd", command: "dd", when: (call) => outputFile(call) !== "", level: "destructive", text: "dd of= overwrites the file or device", source: "dd(1)" },
  { rule: "truncate", command: "truncate", any: ["-s", "--size"], when: truncatesToNothing, level: "destructive", text: "truncate -s 0 empties the file", source: "truncate(1)" },
  { rule: "truncate", command: "truncate fallocate", level: "change", text: "it changes the file's size", source: "truncate(1)" },
  { rule: "file-mode", command: "chmod chown chgrp setfacl chattr", any: ["-R", "--recursive"], level: "change", text: "it changes owners or permissions of a whole tree", source: "chmod(1): the old ones are not kept" },
  { rule: "file-mode", command: "chmod chown chgrp setfacl chattr", level: "change", text: "it changes owner or permissions", source: "chmod(1)" },
  { rule: "sed-in-place", command: "sed perl", any: ["-i", "--in-place", /^-i\S*$/u, /^-[a-z]*pi?[a-z]*i/u], level: "change", text: "it edits the file in place", source: "sed(1)" },
  { rule: "tee", command: "tee", when: (call) => call.operands.some((word) => !/^\/dev\/(?:null|stderr|stdout|tty)$/u.test(word)), level: "change", text: "tee writes the file", source: "tee(1)" },
  { rule: "rsync-delete", command: "rsync", any: ["--delete", "--delete-after", "--delete-before", "--delete-during", "--delete-excluded", "--remove-source-files"], none: ["-n"], level: "destructive", text: "rsync --delete removes files at the destination", source: "rsync(1)" },
  { rule: "rsync", command: "rsync scp sftp", none: ["-n", "--list-only"], level: "change", text: "it copies files", source: "rsync(1), scp(1)" },
  { rule: "unarchive", command: "tar", any: ["-x", "--extract", "--get", /^[zjJvf]*x[a-zA-Z]*$/u], none: ["-t", "-O", "--to-stdout"], level: "change", text: "it unpacks files", source: "tar(1)" },
  { rule: "unarchive", command: "unzip gunzip unxz bunzip2", none: ["-l", "-c", "-p", "-t", "--list", "--stdout"], level: "change", text: "it unpacks files", source: "unzip(1), gzip(1)" },
  { rule: "files", command: "mkdir cp mv ln touch install patch mkfifo", level: "change", text: "it creates, copies or moves files", source: "coreutils" },

  // storage
  { rule: "lvm-remove", command: "lvremove vgremove pvremove", level: "destructive", text: "it removes a volume with its data", source: "lvm(8)" },
  { rule: "lvm-reduce", command: "lvreduce vgreduce", level: "destructive", text: "it takes space away from a volume", source: "lvreduce(8)" },
  { rule: "lvm", command: "lvcreate vgcreate pvcreate lvextend vgextend lvresize resize2fs xfs_growfs mount umount swapoff swapon dmsetup cryptsetup mdadm", none: ["--detail", "--examine", "-l"], when: (call) => call.args.length > 0 && !/^(?:ls|info|status|table|luksDump|isLuks)$/u.test(call.operands[0] ?? ""), level: "change", text: "it changes disks, volumes or mounts", source: "lvm(8), mount(8)" },
  { rule: "zfs-destroy", command: "zfs zpool", sub: ["destroy", "rollback", "labelclear"], none: ["-n"], level: "destructive", text: "it destroys datasets, snapshots or newer data", source: "zfs-destroy(8), zfs-rollback(8), zpool-destroy(8)" },
  { rule: "ceph-osd", command: "ceph", sub: ["osd purge", "osd destroy", "osd rm", "osd lost", "osd purge-new", "osd crush rm", "osd crush remove"], level: "destructive", text: "it removes an OSD and the data on it from the cluster", source: "ceph(8)" },
  { rule: "ceph-delete", command: "ceph", sub: ["osd pool delete", "osd pool rm", "fs rm", "fs volume rm", "fs subvolume rm", "fs subvolumegroup rm", "auth del", "auth rm", "mon remove", "mon rm", "config-key rm", "config-key del", "rbd trash purge", "orch rm", "orch osd rm", "device zap", "orch device zap"], level: "destructive", text: "it deletes a pool, file system, volume, key or daemon", source: "ceph(8)" },
  { rule: "ceph-change", command: "ceph", sub: ["osd set", "osd unset", "osd out", "osd in", "osd down", "osd reweight", "osd crush", "osd pool create", "osd pool set", "osd pool application", "osd pool rename", "osd primary-affinity", "osd erasure-code-profile", "osd require-osd-release", "config set", "config rm", "mgr module", "mgr fail", "fs set", "fs fail", "fs new", "fs subvolumegroup create", "fs subvolume create", "fs subvolumegroup snapshot", "mds fail", "tell", "orch apply", "orch restart", "orch stop", "orch start", "orch set", "orch daemon", "auth add", "auth caps", "auth import", "auth get-or-create", "dashboard set", "dashboard ac-user-create", "crash archive", "crash archive-all", "health mute", "pg repair", "pg deep-scrub", "osd unset-group", "osd set-group"], level: "change", text: "it changes the storage cluster", source: "ceph(8)" },
  { rule: "rbd-remove", command: "rbd", sub: ["rm", "remove", "trash purge", "trash rm", "trash remove", "snap rm", "snap remove", "snap purge", "snap rollback", "pool init", "group rm"], level: "destructive", text: "it removes or overwrites an image or snapshot", source: "rbd(8)" },
  { rule: "rbd-change", command: "rbd", sub: ["create", "map", "unmap", "resize", "mirror", "snap create", "snap protect", "snap unprotect", "import", "clone", "cp", "mv", "rename", "feature", "lock", "flatten", "trash mv", "trash restore", "config"], level: "change", text: "it changes images", source: "rbd(8)" },
  { rule: "rados-remove", command: "rados", sub: ["rm", "purge", "rmpool", "cleanup", "rmomapkey", "clearomap"], level: "destructive", text: "it removes objects", source: "rados(8)" },
  { rule: "radosgw-remove", command: "radosgw-admin", any: [/^(?:rm|delete|purge)$/u, "--purge-data", "--purge-objects"], level: "destructive", text: "it removes users, buckets or objects", source: "radosgw-admin(8)" },

  // Kubernetes
  { rule: "kubectl-dry-run", command: "kubectl oc helm", any: [/^--dry-run(?:=(?:client|server|true))?$/u], level: "safe", text: "it only says what it would do", source: "kubectl(1): --dry-run=client|server changes nothing" },
  { rule: "kubectl-delete", command: "kubectl oc", sub: ["delete"], level: "destructive", text: "it deletes Kubernetes resources", source: "kubectl-delete(1)" },
  { rule: "kubectl-replace-force", command: "kubectl oc", sub: ["replace"], any: ["--force"], level: "destructive", text: "replace --force deletes the resource and creates it anew", source: "kubectl-replace(1)" },
  { rule: "kubectl-prune", command: "kubectl oc", sub: ["apply"], any: ["--prune"], level: "destructive", text: "apply --prune deletes resources that are not in the files", source: "kubectl-apply(1)" },
  { rule: "kubectl-read", command: "kubectl oc", sub: ["rollout history", "rollout status", "config view", "config get-contexts", "config current-context", "config get-clusters", "auth can-i", "certificate --help", "set --help"], level: "safe", text: "it only reads", source: "kubectl-rollout(1)" },
  { rule: "kubectl-drain", command: "kubectl oc", sub: ["drain", "adm drain"], level: "change", text: "drain evicts every pod from the node", source: "kubectl-drain(1): pods of a controller come back elsewhere" },
  { rule: "kubectl-scale", command: "kubectl oc", sub: ["scale", "autoscale"], level: "change", text: "it changes how many replicas run", source: "kubectl-scale(1)" },
  { rule: "kubectl-rollout", command: "kubectl oc", sub: ["rollout"], level: "change", text: "it restarts, pauses or rolls back a workload", source: "kubectl-rollout(1)" },
  { rule: "kubectl-change", command: "kubectl oc", sub: ["apply", "create", "patch", "edit", "label", "annotate", "cordon", "uncordon", "taint", "set", "replace", "expose", "run", "debug", "cp", "certificate approve", "certificate deny", "config set", "config set-context", "config use-context", "config delete-context", "adm cordon", "adm uncordon", "adm taint", "adm policy", "adm certificate approve", "adm upgrade", "new-app", "start-build", "import-image", "tag", "process", "extract", "rsync", "project"], level: "change", text: "it changes the cluster, or which one is meant", source: "kubectl(1), oc(1)" },
  { rule: "helm-uninstall", command: "helm", sub: ["uninstall", "delete", "del", "un"], level: "destructive", text: "helm uninstall deletes the release's resources", source: "helm uninstall --help" },
  { rule: "helm-change", command: "helm", sub: ["install", "upgrade", "rollback", "repo add", "repo remove", "push", "plugin install", "registry login"], level: "change", text: "helm changes the release or its set-up", source: "helm --help" },
  { rule: "velero-delete", command: "velero argocd flux istioctl", any: [/^(?:delete|uninstall|purge)$/u], level: "destructive", text: "it deletes what is named", source: "the tool's --help" },
  { rule: "kubeadm-reset", command: "kubeadm", sub: ["reset"], level: "destructive", text: "kubeadm reset takes the node apart", source: "kubeadm reset --help" },
  { rule: "local-cluster-delete", command: "kind minikube k3d", sub: ["delete", "cluster delete"], level: "destructive", text: "it deletes a local cluster", source: "kind delete --help" },
  { rule: "gitops-change", command: "argocd flux", any: [/^(?:sync|rollback|set|reconcile|suspend|resume|terminate-op|create)$/u], level: "change", text: "it changes what is deployed", source: "argocd --help, flux --help" },

  // containers
  { rule: "docker-remove-volume", command: "docker podman nerdctl", sub: ["volume rm", "volume remove", "volume prune"], level: "destructive", text: "it removes volumes with their data", source: "docker volume rm --help" },
  { rule: "docker-prune", command: "docker podman nerdctl", sub: ["system prune", "image prune", "container prune", "network prune", "builder prune", "buildx prune"], level: "destructive", text: "prune removes all that is unused", source: "docker system prune --help" },
  { rule: "docker-rm-volumes", command: "docker podman nerdctl", sub: ["rm", "container rm"], any: ["-v", "--volumes"], level: "destructive", text: "rm -v removes the container's anonymous volumes", source: "docker rm --help" },
  { rule: "docker-rmi", command: "docker podman nerdctl", sub: ["rmi", "image rm", "image remove"], level: "destructive", text: "it removes images", source: "docker rmi --help" },
  { rule: "compose-down-volumes", command: "docker podman nerdctl", sub: ["compose down", "compose rm"], any: ["-v", "--volumes"], level: "destructive", text: "it removes containers with their volumes", source: "docker compose down --help" },
  { rule: "compose-down-volumes", command: "docker-compose podman-compose", sub: ["down", "rm"], any: ["-v", "--volumes"], level: "destructive", text: "it removes containers with their volumes", source: "docker compose down --help" },
  { rule: "compose-change", command: "docker podman nerdctl", sub: ["compose down", "compose up", "compose stop", "compose start", "compose restart", "compose rm", "compose kill", "compose build", "compose pull", "compose run", "compose create", "compose pause", "compose unpause"], level: "change", text: "it creates, stops or removes containers", source: "docker compose --help" },
  { rule: "compose-change", command: "docker-compose podman-compose", sub: ["down", "up", "stop", "start", "restart", "rm", "kill", "build", "pull", "run", "create", "pause", "unpause"], level: "change", text: "it creates, stops or removes containers", source: "docker compose --help" },
  { rule: "docker-rm", command: "docker podman nerdctl", sub: ["rm", "container rm", "container remove"], level: "change", text: "it removes containers", source: "docker rm --help" },
  { rule: "docker-change", command: "docker podman nerdctl", sub: ["run", "build", "buildx build", "stop", "start", "restart", "kill", "pull", "push", "tag", "load", "import", "commit", "cp", "create", "rename", "update", "pause", "unpause", "container stop", "container start", "container restart", "container run", "container kill", "image build", "image pull", "image push", "image tag", "image load", "network create", "network rm", "network connect", "network disconnect", "volume create", "swarm", "stack deploy", "stack rm", "service create", "service update", "service scale", "service rm", "service rollback", "node update", "secret create", "secret rm", "context use", "login", "logout"], level: "change", text: "it changes containers, images or networks", source: "docker --help" },
  { rule: "crictl-remove", command: "crictl ctr", any: [/^(?:rm|rmi|rmp|stopp|stop|delete|kill)$/u], level: "change", text: "it stops or removes containers or images", source: "crictl --help" },

  // infrastructure as code and clouds
  { rule: "terraform-destroy", command: "terraform tofu terragrunt", sub: ["destroy", "run-all destroy"], level: "destructive", text: "it destroys the infrastructure that it manages", source: "terraform destroy -help" },
  { rule: "terraform-destroy", command: "terraform tofu terragrunt", sub: ["apply"], any: ["-destroy", "--destroy"], level: "destructive", text: "apply -destroy destroys the infrastructure that it manages", source: "terraform apply -help" },
  { rule: "terraform-state-rm", command: "terraform tofu terragrunt", sub: ["state rm", "workspace delete", "force-unlock"], level: "destructive", text: "it makes the state forget resources or a lock", source: "terraform state rm -help" },
  { rule: "terraform-change", command: "terraform tofu terragrunt", sub: ["apply", "import", "taint", "untaint", "state mv", "state push", "state replace-provider", "init", "refresh", "workspace new", "workspace select", "run-all apply"], level: "change", text: "it changes infrastructure or its state", source: "terraform -help" },
  { rule: "pulumi-destroy", command: "pulumi", sub: ["destroy", "stack rm", "state delete"], level: "destructive", text: "it destroys the stack's resources or forgets them", source: "pulumi destroy --help" },
  { rule: "pulumi-change", command: "pulumi", sub: ["up", "update", "import", "refresh", "config set", "stack init", "cancel"], level: "change", text: "it changes the stack", source: "pulumi up --help" },
  { rule: "ansible", command: "ansible-playbook", none: ["--check", "-C", "--list-tasks", "--list-hosts", "--list-tags", "--syntax-check"], level: "change", text: "it applies a playbook to hosts", source: "ansible-playbook(1)" },
  { rule: "cloud-dry-run", command: "aws gcloud az gsutil", any: ["--dry-run", "--dryrun", "-n"], when: (call) => call.name !== "az" || call.options.includes("--dry-run"), level: "safe", text: "it only says what it would do", source: "aws help: --dry-run, --dryrun" },
  { rule: "aws-s3-remove", command: "aws", sub: ["s3 rm", "s3 rb"], level: "destructive", text: "it deletes objects or a bucket", source: "aws s3 rm help" },
  { rule: "aws-s3-sync-delete", command: "aws", sub: ["s3 sync"], any: ["--delete"], level: "destructive", text: "s3 sync --delete removes objects at the destination", source: "aws s3 sync help" },
  { rule: "aws-delete", command: "aws", when: (call) => cloudVerb.test(call.operands[1] ?? "") || /^schedule-.*-deletion$/u.test(call.operands[1] ?? ""), level: "destructive", text: "it deletes or ends cloud resources", source: "aws help: delete-*, terminate-*, deregister-*, purge-*" },
  { rule: "aws-change", command: "aws", when: (call) => changingVerb.test(call.operands[1] ?? "") && !/^configure$/u.test(call.operands[0] ?? ""), level: "change", text: "it changes cloud resources", source: "aws help" },
  { rule: "cloud-delete", command: "gcloud az doctl linode-cli hcloud ibmcloud openstack exo scw", when: (call) => call.operands.slice(0, 6).some((word) => cloudVerb.test(word)), level: "destructive", text: "it deletes or ends cloud resources", source: "gcloud help, az --help" },
  { rule: "cloud-change", command: "gcloud az doctl linode-cli hcloud ibmcloud openstack exo scw", when: (call) => call.operands.slice(1, 6).some((word) => changingVerb.test(word)) && !/^(?:config|account|auth|configure)$/u.test(call.operands[0] ?? ""), level: "change", text: "it changes cloud resources", source: "gcloud help, az --help" },
  { rule: "gsutil-remove", command: "gsutil", any: [/^(?:rm|rb)$/u], level: "destructive", text: "it deletes objects or a bucket", source: "gsutil help rm" },
  { rule: "gsutil-remove", command: "gsutil", any: [/^rsync$/u], all: ["-d"], level: "destructive", text: "gsutil rsync -d removes objects at the destination", source: "gsutil help rsync" },
  { rule: "gsutil-change", command: "gsutil", any: [/^(?:cp|mv|rsync|mb|setmeta|acl|iam|lifecycle)$/u], level: "change", text: "it changes objects or buckets", source: "gsutil help" },
  { rule: "object-store-remove", command: "s3cmd mc rclone b2", sub: ["rm", "rb", "del", "delete", "deletefile", "purge", "cleanup"], level: "destructive", text: "it deletes objects or buckets", source: "s3cmd --help, rclone help" },
  { rule: "object-store-sync", command: "rclone", sub: ["sync"], none: ["-n"], level: "destructive", text: "rclone sync deletes at the destination what the source does not have", source: "rclone sync --help" },
  { rule: "heroku-destroy", command: "heroku", sub: ["pg:reset", "apps:destroy", "apps:delete", "addons:destroy", "addons:remove", "config:unset", "domains:remove", "pipelines:destroy", "destroy"], level: "destructive", text: "it destroys data, an add-on or the app", source: "heroku help" },
  { rule: "heroku-change", command: "heroku", sub: ["config:set", "ps:scale", "ps:restart", "restart", "releases:rollback", "rollback", "maintenance:on", "maintenance:off", "pg:promote", "pg:copy", "pg:backups:restore", "apps:create", "create", "addons:create", "container:push", "container:release"], level: "change", text: "it changes the app", source: "heroku help" },
  { rule: "railway-delete", command: "railway", sub: ["down", "delete", "volume delete", "volume remove", "environment delete", "remove"], level: "destructive", text: "it removes a deployment, volume, environment or project", source: "railway --help" },
  { rule: "railway-read", command: "railway", sub: ["variables list"], level: "safe", text: "it only reads", source: "railway variables --help" },
  { rule: "railway-variables", command: "railway", sub: ["variables", "variable"], any: ["--set", /^set$/u, /^delete$/u], level: "change", text: "it changes the service's variables, which deploys it anew", source: "railway variables --help" },
  { rule: "railway-change", command: "railway", sub: ["up", "deploy", "redeploy", "restart", "rollback", "init", "add", "link", "unlink", "domain", "environment new", "volume add", "service"], level: "change", text: "it deploys, or changes what is linked", source: "railway --help" },
  { rule: "fly-destroy", command: "fly flyctl", sub: ["apps destroy", "destroy", "machine destroy", "volumes destroy", "volume destroy", "postgres detach", "secrets unset"], level: "destructive", text: "it destroys an app, machine or volume", source: "fly help" },
  { rule: "fly-change", command: "fly flyctl vercel netlify firebase wrangler cf eb", any: [/^(?:deploy|launch|scale|restart|rollback|promote|publish|push|secrets)$/u], none: [/^list$/u], level: "change", text: "it deploys or changes the app", source: "the tool's --help" },
  { rule: "gh-delete", command: "gh", sub: ["repo delete", "release delete", "secret delete", "variable delete", "run delete", "cache delete", "issue delete", "gist delete", "label delete", "release delete-asset"], level: "destructive", text: "it deletes what is named from GitHub", source: "gh help" },
  { rule: "gh-api-delete", command: "gh", sub: ["api"], all: ["-X"], any: [/^DELETE$/iu], level: "destructive", text: "it sends a DELETE to GitHub's API", source: "gh api --help" },
  { rule: "gh-change", command: "gh", sub: ["pr create", "pr merge", "pr close", "pr edit", "pr comment", "pr review", "pr reopen", "pr ready", "issue create", "issue close", "issue edit", "issue comment", "release create", "release upload", "release edit", "secret set", "variable set", "workflow run", "workflow enable", "workflow disable", "run rerun", "run cancel", "repo create", "repo edit", "repo archive", "repo rename", "repo fork", "repo sync", "label create"], level: "change", text: "it changes something on GitHub", source: "gh help" },

  // databases and queues
  { rule: "dropdb", command: "dropdb dropuser", level: "destructive", text: "it drops a database or user", source: "dropdb(1), dropuser(1)" },
  { rule: "mysqladmin-drop", command: "mysqladmin mariadb-admin", any: [/^drop$/u], level: "destructive", text: "mysqladmin drop removes a database", source: "mysqladmin(1)" },
  { rule: "mysqladmin", command: "mysqladmin mariadb-admin", any: [/^(?:shutdown|create|password|kill|flush-.*|stop-.*|start-.*)$/u], level: "change", text: "it changes the server", source: "mysqladmin(1)" },
  { rule: "pg-restore-clean", command: "pg_restore", any: ["--clean", "-c"], level: "destructive", text: "pg_restore --clean drops the objects before it creates them", source: "pg_restore(1)" },
  { rule: "pg-restore-list", command: "pg_restore", any: ["-l", "--list", "-f", "--file"], none: ["-d", "--dbname"], level: "safe", text: "it writes a listing or a script", source: "pg_restore(1)" },
  { rule: "pg-restore", command: "pg_restore", level: "change", text: "pg_restore writes into the database", source: "pg_restore(1)" },
  { rule: "pg-dump", command: "pg_dump pg_dumpall mysqldump mariadb-dump mongodump pg_basebackup", level: "safe", text: "it copies data out", source: "pg_dump(1): it only reads the database; the file it makes is the purpose, and to call that a change would make every backup one" },
  { rule: "mongorestore-drop", command: "mongorestore mongoimport", any: ["--drop"], level: "destructive", text: "--drop removes the collections first", source: "mongorestore documentation" },
  { rule: "mongorestore", command: "mongorestore mongoimport pgloader createdb createuser initdb pg_resetwal", level: "change", text: "it writes into the database", source: "the tool's documentation" },
  { rule: "pg-ctl", command: "pg_ctl pg_ctlcluster", any: [/^(?:stop|restart|start|promote|reload|init)$/u], level: "change", text: "it starts, stops or promotes the server", source: "pg_ctl(1)" },
  { rule: "patroni", command: "patronictl", any: [/^(?:remove|reinit)$/u], level: "destructive", text: "it removes a cluster or rebuilds a member", source: "patronictl --help" },
  { rule: "patroni", command: "patronictl repmgr", any: [/^(?:failover|switchover|restart|reload|pause|resume|edit-config|standby)$/u], level: "change", text: "it changes the database cluster", source: "patronictl --help" },
  { rule: "alembic-downgrade", command: "alembic", sub: ["downgrade"], none: ["--sql"], level: "destructive", text: "alembic downgrade takes a migration back, with the data it added", source: "alembic documentation: downgrade" },
  { rule: "alembic", command: "alembic", sub: ["upgrade", "stamp", "revision", "merge"], none: ["--sql"], level: "change", text: "it migrates the database or adds a migration", source: "alembic documentation" },
  { rule: "flask-db-downgrade", command: "flask", sub: ["db downgrade"], level: "destructive", text: "it takes a migration back, with the data it added", source: "Flask-Migrate documentation" },
  { rule: "flask-db", command: "flask", sub: ["db upgrade", "db stamp", "db migrate", "db revision", "db init", "db merge"], level: "change", text: "it migrates the database or adds a migration", source: "Flask-Migrate documentation" },
  { rule: "rails-db-drop", command: "rails rake", any: [/^db:(?:drop|reset|purge|migrate:reset|rollback|migrate:down|truncate_all|schema:load|structure:load|setup)/u], level: "destructive", text: "it drops, empties or rolls back the database", source: "Rails guide: migrations" },
  { rule: "rails-db", command: "rails rake", any: [/^db:(?:migrate|seed|create|prepare)/u], level: "change", text: "it changes the database", source: "Rails guide: migrations" },
  { rule: "django-flush", command: "python python3 manage.py django-admin", any: [/^(?:flush|reset_db|sqlflush --run)$/u], when: (call) => call.name === "manage.py" || call.name === "django-admin" || /manage\.py$/u.test(call.operands[0] ?? ""), level: "destructive", text: "manage.py flush empties the database", source: "Django documentation: flush" },
  { rule: "django-change", command: "python python3 manage.py django-admin", any: [/^(?:migrate|loaddata|createsuperuser|changepassword|makemigrations|clearsessions)$/u], when: (call) => call.name === "manage.py" || call.name === "django-admin" || /manage\.py$/u.test(call.operands[0] ?? ""), level: "change", text: "it changes the database", source: "Django documentation: django-admin" },
  { rule: "prisma-reset", command: "prisma", sub: ["migrate reset", "db push --force-reset"], level: "destructive", text: "it drops the database and applies all migrations anew", source: "prisma migrate reset --help" },
  { rule: "migrate-down", command: "migrate goose dbmate liquibase flyway sequelize knex", any: [/^(?:down|drop|reset|clean|rollback|rollbackCount|db:drop|db:migrate:undo|migrate:rollback|db:migrate:undo:all)$/u], level: "destructive", text: "it takes migrations back or drops the schema", source: "the tool's --help" },
  { rule: "etcdctl-delete", command: "etcdctl", sub: ["del", "rm", "rmdir"], level: "destructive", text: "it deletes keys", source: "etcdctl --help" },
  { rule: "etcdctl-change", command: "etcdctl", sub: ["put", "set", "member remove", "member add", "defrag", "compact", "compaction", "snapshot restore", "alarm disarm", "move-leader", "auth", "user", "role"], level: "change", text: "it changes the store or its members", source: "etcdctl --help" },
  { rule: "rabbitmq-reset", command: "rabbitmqctl rabbitmqadmin", sub: ["reset", "force_reset", "delete_queue", "delete_vhost", "delete_user", "purge_queue", "delete queue", "delete exchange", "delete vhost", "purge queue", "forget_cluster_node"], level: "destructive", text: "it deletes queues, messages or configuration", source: "rabbitmqctl(8)" },
  { rule: "rabbitmq-change", command: "rabbitmqctl", sub: ["stop", "stop_app", "start_app", "shutdown", "add_user", "change_password", "set_permissions", "set_policy", "join_cluster", "close_all_connections"], level: "change", text: "it changes the broker", source: "rabbitmqctl(8)" },
  { rule: "kafka-delete", command: "kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-acls kafka-acls.sh kafka-configs kafka-configs.sh", any: ["--delete", "--remove", "--delete-offsets", "--delete-config"], level: "destructive", text: "it deletes topics, groups, offsets or settings", source: "kafka-topics --help" },
  { rule: "kafka-delete", command: "kafka-delete-records kafka-delete-records.sh", level: "destructive", text: "it deletes records", source: "kafka-delete-records --help" },
  { rule: "kafka-reset-offsets", command: "kafka-consumer-groups kafka-consumer-groups.sh", all: ["--reset-offsets", "--execute"], level: "change", text: "it moves the group's offsets", source: "kafka-consumer-groups --help" },
  { rule: "kafka-change", command: "kafka-topics kafka-topics.sh kafka-configs kafka-configs.sh kafka-reassign-partitions kafka-reassign-partitions.sh", any: ["--create", "--alter", "--execute"], level: "change", text: "it changes topics or settings", source: "kafka-topics --help" },
  { rule: "vault-delete", command: "vault", sub: ["delete", "kv delete", "kv destroy", "kv metadata delete", "secrets disable", "auth disable", "policy delete", "lease revoke", "token revoke", "operator raft remove-peer"], level: "destructive", text: "it deletes or revokes secrets", source: "vault -help" },
  { rule: "vault-change", command: "vault", sub: ["write", "kv put", "kv patch", "kv undelete", "kv rollback", "secrets enable", "auth enable", "policy write", "operator seal", "operator unseal", "operator rekey", "operator init", "operator step-down"], level: "change", text: "it changes secrets or the server", source: "vault -help" },
  { rule: "consul-delete", command: "consul nomad", sub: ["kv delete", "snapshot restore", "force-leave", "job stop", "system gc", "namespace delete"], level: "destructive", text: "it deletes keys, jobs or state", source: "consul --help, nomad --help" },
  { rule: "consul-change", command: "consul nomad", sub: ["kv put", "job run", "run", "stop", "leave", "job revert", "job scale", "node drain", "alloc stop", "alloc restart", "deployment promote"], level: "change", text: "it changes the cluster", source: "consul --help, nomad --help" },

  // the system
  { rule: "shutdown-cancel", command: "shutdown", any: ["-c"], level: "safe", text: "it cancels a shutdown", source: "shutdown(8)" },
  { rule: "reboot", command: "shutdown", any: ["-r", "--reboot"], level: "change", text: "it restarts the machine", source: "shutdown(8): the machine comes back" },
  { rule: "shutdown", command: "shutdown poweroff halt", level: "destructive", text: "it turns the machine off", source: "shutdown(8): only a person at the machine or its provider can take that back" },
  { rule: "shutdown", command: "systemctl", sub: ["poweroff", "halt"], level: "destructive", text: "it turns the machine off", source: "systemctl(1): only a person at the machine or its provider can take that back" },
  { rule: "reboot", command: "reboot", level: "change", text: "it restarts the machine", source: "reboot(8): the machine comes back" },
  { rule: "reboot", command: "systemctl", sub: ["reboot", "kexec", "soft-reboot"], level: "change", text: "it restarts the machine", source: "systemctl(1): the machine comes back" },
  { rule: "init-level", command: "init telinit", sub: ["0"], level: "destructive", text: "it turns the machine off", source: "init(8)" },
  { rule: "init-level", command: "init telinit", sub: ["6"], level: "change", text: "it restarts the machine", source: "init(8)" },
  { rule: "systemctl-stop", command: "systemctl", sub: ["stop", "restart", "try-restart", "reload-or-restart", "disable", "mask", "kill", "isolate", "revert"], level: "change", text: "it stops, restarts or disables a service", source: "systemctl(1)" },
  { rule: "systemctl-change", command: "systemctl", sub: ["start", "enable", "unmask", "reload", "daemon-reload", "daemon-reexec", "reset-failed", "edit", "set-property", "set-default", "link", "preset"], level: "change", text: "it starts, enables or reconfigures a service", source: "systemctl(1)" },
  { rule: "service", command: "service rc-service", any: [/^(?:stop|start|restart|reload|force-reload|condrestart)$/u], level: "change", text: "it starts, stops or restarts a service", source: "service(8)" },
  { rule: "service", command: "supervisorctl pm2 monit sv launchctl initctl", any: [/^(?:stop|start|restart|reload|update|shutdown|delete|kill|reread|unload|load|up|down|term|bootout|bootstrap|kickstart|remove)$/u], level: "change", text: "it starts, stops or restarts a service", source: "the tool's --help" },
  { rule: "journal-vacuum", command: "journalctl", any: ["--vacuum-size", "--vacuum-time", "--vacuum-files"], level: "destructive", text: "it deletes old journal files", source: "journalctl(1)" },
  { rule: "kill-check", command: "kill", when: (call) => signal(call) === "0" || /^(?:L|L\d+|LIST|-LIST|T|-TABLE)$/u.test(signal(call)), level: "safe", text: "kill -0 only asks whether the process lives", source: "kill(1)" },
  { rule: "pgrep-like", command: "pkill killall", any: ["-l", "--list", "-V"], none: ["-9"], when: (call) => call.operands.length === 0, level: "safe", text: "it only lists signals", source: "killall(1)" },
  { rule: "kill-force", command: "kill pkill killall", when: (call) => /^(?:9|KILL)$/u.test(signal(call)), level: "change", text: "kill -9 ends a process without letting it clean up", source: "kill(1), signal(7)" },
  { rule: "kill", command: "kill pkill killall skill", level: "change", text: "it sends a signal to processes", source: "kill(1)" },
  { rule: "fuser-kill", command: "fuser", any: ["-k", "--kill"], level: "change", text: "fuser -k ends the processes that use the file", source: "fuser(1)" },
  { rule: "userdel", command: "userdel deluser groupdel delgroup", level: "destructive", text: "it deletes a user or group", source: "userdel(8)" },
  { rule: "users", command: "useradd adduser usermod groupadd addgroup gpasswd passwd chpasswd chage visudo", level: "change", text: "it changes users, groups or passwords", source: "usermod(8)" },
  { rule: "crontab-remove", command: "crontab", any: ["-r"], level: "destructive", text: "crontab -r removes the whole table", source: "crontab(1)" },
  { rule: "crontab", command: "crontab", none: ["-l"], level: "change", text: "it replaces or edits the table", source: "crontab(1)" },
  { rule: "firewall-flush", command: "iptables ip6tables", any: ["-F", "--flush", "-X", "--delete-chain"], level: "change", text: "it removes firewall rules", source: "iptables(8): rules kept on disk come back at the next start" },
  { rule: "firewall", command: "iptables ip6tables", any: ["-A", "-I", "-D", "-R", "-P", "--append", "--insert", "--delete", "--replace", "--policy", "-N", "-Z"], level: "change", text: "it changes firewall rules", source: "iptables(8)" },
  { rule: "firewall", command: "ufw firewall-cmd nft ipset iptables-restore", any: [/^(?:enable|disable|allow|deny|reject|delete|reset|reload|add|flush|insert|limit)$/u, /^--(?:add|remove|reload|set|permanent|panic)/u, "-f"], level: "change", text: "it changes firewall rules", source: "ufw(8), firewall-cmd(1), nft(8)" },
  { rule: "network", command: "ip", any: [/^(?:add|del|delete|set|flush|replace|change|append)$/u], level: "change", text: "it changes addresses, routes or links", source: "ip(8)" },
  { rule: "network", command: "ifconfig ifup ifdown route nmcli netplan brctl ethtool tc", any: [/^(?:add|del|delete|up|down|apply|modify|delbr|addbr|replace)$/u], level: "change", text: "it changes the network", source: "ip(8)" },
  { rule: "sysctl-write", command: "sysctl", any: ["-w", "--write", "-p", "--load", "--system", /^[\w./-]+=/u], level: "change", text: "it changes kernel settings", source: "sysctl(8)" },
  { rule: "kernel-module", command: "modprobe rmmod insmod", none: ["-n", "-D", "--show-depends"], level: "change", text: "it loads or removes a kernel module", source: "modprobe(8)" },
  { rule: "system-settings", command: "hostnamectl timedatectl localectl update-alternatives update-grub grub-install dracut update-initramfs mkinitcpio setenforce setsebool semanage restorecon", when: (call) => call.args.length > 0 && !/^(?:status|list|show|list-timezones)$/u.test(call.operands[0] ?? "set") && !call.options.some((option) => /^--(?:display|list|get|query)/u.test(option)), level: "change", text: "it changes the system's settings", source: "the command's manual page" },

  // packages
  { rule: "package-dry-run", command: "apt apt-get yum dnf zypper npm pnpm yarn pip pip3", any: ["-s", "--simulate", "--just-print", "--assumeno", "--dry-run"], level: "safe", text: "it only says what it would do", source: "apt-get(8)" },
  { rule: "package-purge", command: "apt apt-get aptitude", sub: ["purge"], level: "destructive", text: "purge removes packages with their configuration", source: "apt-get(8)" },
  { rule: "package-change", command: "apt apt-get aptitude yum dnf zypper apk pacman brew snap port microdnf", any: [/^(?:install|reinstall|remove|erase|upgrade|dist-upgrade|full-upgrade|update|autoremove|add|del|downgrade|groupinstall|refresh|tap|uninstall|clean)$/u, /^-[SRU][a-z]*$/u], level: "change", text: "it installs, updates or removes packages", source: "apt-get(8), dnf(8)" },
  { rule: "package-change", command: "dpkg rpm", any: ["-i", "--install", "-r", "--remove", "-P", "--purge", "-U", "--upgrade", "-e", "--erase", "-F", "--configure"], none: ["-q", "-l", "-s", "-L", "-S", "--query"], level: "change", text: "it installs or removes packages", source: "dpkg(1), rpm(8)" },
  { rule: "npm-unpublish", command: "npm pnpm", sub: ["unpublish"], level: "destructive", text: "npm unpublish removes a version that others use", source: "npm-unpublish(1)" },
  { rule: "publish", command: "npm pnpm yarn cargo twine poetry gem flit hatch", sub: ["publish", "npm publish", "upload", "push", "yank", "deprecate", "dist-tag add", "dist-tag rm"], level: "change", text: "it publishes a package, or changes a published one", source: "npm-publish(1): a version cannot be used twice" },
  { rule: "packages", command: "npm pnpm yarn bun", sub: ["install", "i", "ci", "add", "update", "upgrade", "uninstall", "remove", "rm", "link", "version", "dedupe", "audit fix", "rebuild", "prune"], level: "change", text: "it changes installed packages or the package's version", source: "npm(1)" },
  { rule: "packages", command: "pip pip3 pipx uv poetry pdm gem bundle composer cargo go conda mamba helm-docs luarocks", sub: ["install", "uninstall", "sync", "add", "remove", "update", "upgrade", "lock", "pip install", "pip uninstall", "pip sync", "tool install", "get", "create", "require"], level: "change", text: "it changes installed packages", source: "pip-install(1)" },
  { rule: "packages", command: "python python3", all: ["-m"], any: [/^(?:pip|venv|virtualenv|ensurepip)$/u], none: [/^(?:list|show|freeze|check|download)$/u], level: "change", text: "it changes installed packages", source: "pip-install(1)" },

  // the network
  { rule: "http-delete", command: "curl", when: (call) => method(call) === "DELETE", level: "destructive", text: "it sends a DELETE request", source: "RFC 9110, 9.3.5" },
  { rule: "http-read", command: "curl", when: (call) => ["GET", "HEAD", "OPTIONS"].includes(method(call)) || call.options.some((option) => /^(?:-G|--get)$/u.test(option)), level: "safe", text: "it only asks", source: "RFC 9110, 9.2.1" },
  { rule: "http-change", command: "curl", when: (call) => method(call) !== "" || ["-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "-F", "--form", "-T", "--upload-file", "--json"].some((name) => call.optionValues.has(name) || call.options.includes(name)), level: "change", text: "it sends data, which may change something", source: "RFC 9110, 9.3.3" },
  { rule: "http-change", command: "wget", any: ["--post-data", "--post-file", /^--method=(?:POST|PUT|PATCH)/iu], level: "change", text: "it sends data, which may change something", source: "RFC 9110, 9.3.3" },
  { rule: "http-delete", command: "wget http https xh", any: [/^--method=DELETE/iu, /^DELETE$/u], level: "destructive", text: "it sends a DELETE request", source: "RFC 9110, 9.3.5" },
  { rule: "http-change", command: "http https xh", any: [/^(?:POST|PUT|PATCH)$/u], level: "change", text: "it sends data, which may change something", source: "RFC 9110, 9.3.3" },
];
