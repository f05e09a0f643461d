import type { ReadCommand } from "./read-command.ts";
import { readOptions, type CommandLine } from "./read-options.ts";
import { programName } from "./unwrap-command.ts";
import { composeGlobal, dockerGlobal, kubectlGlobal } from "./wrapper-table.ts";

/** A command as tables look at it: its program, options and operands. */
export interface CommandCall {
  readonly name: string;
  /** All words behind the name. */
  readonly args: readonly string[];
  /** Words that are no options and no values of options: `["push", "origin"]`. */
  readonly operands: readonly string[];
  /** Words before `--` that begin with a hyphen. */
  readonly options: readonly string[];
  readonly optionValues: CommandLine["values"];
  readonly command: ReadCommand;
}

const containerOptions = `${dockerGlobal} -e --env -u --user -w --workdir --filter --format --timeout --time`;
const composeOptions = `${composeGlobal} -e --env -u --user -w --workdir --filter --format --timeout`;
const kubectlOptions = `${kubectlGlobal} -o --output -l --selector -f --filename -k --kustomize -c --container --field-selector --grace-period --timeout --type -p --patch --replicas --since --tail --dry-run-strategy`;

/** Options that take a value, by program: enough to find the sub-command behind them. */
const valuedOptions: Readonly<Record<string, string>> = {
  git: "-C -c --git-dir --work-tree --namespace --exec-path --config-env -m --message -F --file --author --date -b -B -u --set-upstream --depth --branch -o --push-option",
  docker: containerOptions,
  podman: containerOptions,
  nerdctl: containerOptions,
  "docker-compose": composeOptions,
  "podman-compose": composeOptions,
  kubectl: kubectlOptions,
  oc: kubectlOptions,
  helm: "-n --namespace --kube-context --kubeconfig -f --values --set --set-string --version --timeout --repository-config --registry-config",
  terraform: "-chdir -var -var-file -target -out -state -backup -lock-timeout",
  tofu: "-chdir -var -var-file -target -out -state -backup -lock-timeout",
  pulumi: "-s --stack -C --cwd --color -t --target",
  aws: "--profile --region --output --endpoint-url --query --color --ca-bundle --cli-read-timeout --cli-connect-timeout",
  gcloud:
    "--project --account --configuration --format --region --zone --filter --impersonate-service-account --verbosity --billing-project",
  az: "-g --resource-group -n --name --subscription -o --output --query --ids",
  systemctl:
    "-H --host -M --machine -t --type -p --property -o --output -n --lines --state -s --signal --kill-who",
  alembic: "-c --config -n --name -x",
  flask: "-A --app -e --env-file",
  npm: "--prefix -w --workspace -C --registry --tag",
  yarn: "--cwd",
  pnpm: "-C --dir --filter -F",
  pip: "--proxy --index-url -i -r --requirement",
  pip3: "--proxy --index-url -i -r --requirement",
  "redis-cli": "-h -p -s -a -u -r -i -n --user --pass --cacert --cert --key --tls-ciphers",
  "valkey-cli": "-h -p -s -a -u -r -i -n --user --pass --cacert --cert --key",
  psql: "-h --host -p --port -U --username -d --dbname -c --command -f --file -v --set --variable -o --output -F --field-separator -P --pset -L --log-file -R -T",
  mysql:
    "-h --host -P --port -u --user -D --database -e --execute -S --socket --defaults-file --defaults-extra-file",
  mariadb:
    "-h --host -P --port -u --user -D --database -e --execute -S --socket --defaults-file --defaults-extra-file",
  mongosh: "--host --port -u --username -p --password --authenticationDatabase --eval -f --file",
  mongo: "--host --port -u --username -p --password --authenticationDatabase --eval",
  sqlite3: "-cmd -init -separator",
  ceph: "-c --conf -n --name -k --keyring --cluster -i -o -m --id --connect-timeout -f --format",
  rbd: "-p --pool --image -c --conf --id -n --name -k --keyring --cluster -m --namespace --format",
  rados: "-p --pool -c --conf --id -n --name -k --keyring --cluster -m -N --namespace",
  gh: "-R --repo",
  heroku: "-a --app -r --remote",
  railway: "-s --service -e --environment -p --project",
  etcdctl:
    "--endpoints --cacert --cert --key --user --password --command-timeout --dial-timeout -w --write-out --prefix-end",
  rabbitmqctl: "-n --node -p --vhost -t --timeout",
  vault: "-address -namespace -mount -format -field -ca-cert",
  zfs: "-t -o -r",
  crontab: "-u",
  journalctl:
    "-u --unit -n --lines -S --since -U --until -o --output -p --priority -t --identifier -b --boot -D --directory -g --grep",
  make: "-C --directory -f --file -j --jobs",
  ssh: "-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w",
  tail: "-n --lines -c --bytes --pid -s --sleep-interval",
  curl: "-X --request -H --header -d --data --data-raw --data-binary --data-urlencode -F --form -o --output -u --user -A -b -c -e -K -m -T --upload-file -w -x --max-time --retry --connect-timeout --cacert --cert --key --url -r --proxy --resolve",
};

const setsByProgram = new Map<string, ReadonlySet<string>>();

/** The options of a program that take a value, enough to find its sub-command and operands. No I/O. */
export function listValuedOptions(name: string): ReadonlySet<string> {
  let set = setsByProgram.get(name);
  if (set === undefined) {
    set = new Set((Object.hasOwn(valuedOptions, name) ? valuedOptions[name] : "")?.split(" "));
    setsByProgram.set(name, set);
  }
  return set;
}

/** Looks at `command` as a program with options and operands. No I/O. */
export function readCall(command: ReadCommand): CommandCall {
  const name = programName(command);
  let line = readOptions(command.values, 1, listValuedOptions(name), false);
  // `docker compose` has the options of docker-compose: its -f names a file, docker's own forces
  if (line.operands[0] === "compose") {
    line = readOptions(command.values, 1, listValuedOptions("docker-compose"), false);
  }
  return {
    name,
    args: command.values.slice(1),
    operands: line.operands,
    options: line.options,
    optionValues: line.values,
    command,
  };
}

/**
 * True where `options` has `wanted`: `--force` also as `--force=x`, `-f` also in a bundle (`-rf`),
 * `-destroy` only as it is.
 */
export function hasOption(options: readonly string[], wanted: string): boolean {
  const letter = wanted.length === 2 ? wanted.charAt(1) : "";
  return options.some(
    (option) =>
      option === wanted ||
      (wanted.length > 2 && option.startsWith(`${wanted}=`)) ||
      (letter !== "" &&
        /^-[A-Za-z0-9]+$/u.test(option) &&
        option.length < 9 &&
        option.includes(letter, 1)),
  );
}

/** What a row of a table asks of a command; every given condition must hold. */
export interface CallPattern {
  /** Programs, divided by blanks. */
  readonly command: string;
  /** Sub-command paths, any of them: `["push", "stash drop"]`. */
  readonly sub?: readonly string[];
  /** At least one of these options (text) or words (expression). */
  readonly any?: readonly (string | RegExp)[];
  /** Each of these options or words. */
  readonly all?: readonly (string | RegExp)[];
  /** None of these options or words. */
  readonly none?: readonly (string | RegExp)[];
  /** What cannot be said by options and words. */
  readonly when?: (call: CommandCall) => boolean;
}

/** True where the call fits the pattern; the program's name has been compared already. */
export function fitsPattern(call: CommandCall, pattern: CallPattern): boolean {
  const has = (sought: string | RegExp): boolean =>
    typeof sought === "string"
      ? hasOption(call.options, sought)
      : call.args.some((word) => sought.test(word));
  if (pattern.sub !== undefined && !pattern.sub.some((path) => startsWith(call.operands, path)))
    return false;
  if (pattern.any !== undefined && !pattern.any.some(has)) return false;
  if (pattern.all !== undefined && !pattern.all.every(has)) return false;
  if (pattern.none?.some(has) === true) return false;
  return pattern.when === undefined || pattern.when(call);
}

/** The words of sub-command paths, split once: each command is compared with many. */
const pathParts = new Map<string, readonly string[]>();

function startsWith(operands: readonly string[], path: string): boolean {
  const parts = pathParts.get(path) ?? path.split(" ");
  pathParts.set(path, parts);
  return parts.every((part, index) => operands[index] === part);
}

/** Rows by program, so that a command is compared with its own alone. */
export function indexByProgram<T extends CallPattern>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>();
  for (const row of rows) {
    for (const program of row.command.split(" ")) {
      const known = index.get(program);
      if (known === undefined) index.set(program, [row]);
      else known.push(row);
    }
  }
  return index;
}
