/** How a program runs another one that its own words name. */
export interface Wrapper {
  /** Program and sub-commands: `docker compose exec`; several programs are divided by `|`. */
  readonly path: string;
  /** Options that take a value, before and behind the sub-command. */
  readonly valued: string;
  /** Operands before the inner command: a host, a container, a duration. */
  readonly operands?: number;
  /**
   * `words`: the rest is the command; `script`: the rest, joined, is read by a shell; `option`: only
   * the value of one of `scriptOptions` is.
   */
  readonly gives: "words" | "script" | "option";
  /** Options whose value is a script or command line, instead of the rest. */
  readonly scriptOptions?: string;
  /** The inner command is what stands behind `--`, if a `--` is there. */
  readonly hasDoubleHyphen?: true;
  /** Options may also stand behind the operands. */
  readonly mixesOptions?: true;
  /** The last word of `path` is the inner program itself (`k3s kubectl`). */
  readonly keepsLast?: true;
  /** `NAME=value` words may stand before the inner command. */
  readonly takesAssignments?: true;
  /** Options that make it do something else: there is no inner command. */
  readonly unless?: string;
  /** Where the inner command runs, if elsewhere. */
  readonly place?: string;
  /** Without a command of its own it reads a script from its standard input. */
  readonly readsScript?: true;
  /** It finds the inner program by itself (`npx`, `poetry run`): PATH need not have it. */
  readonly providesProgram?: true;
  /** It sets variables for the inner command that the text does not name. */
  readonly setsVariables?: true;
  /** It ends the inner command after a while. */
  readonly limitsTime?: true;
  /** Standard input of the inner command is the terminal only with one of these options. */
  readonly terminalOptions?: string;
}

/** Options of `docker exec` and its like that take a value. */
export const containerExec =
  "-e --env --env-file -u --user -w --workdir --detach-keys --index -c --container";
/** Options of `docker run` and its like that take a value. */
export const containerRun =
  "-a --attach --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile -c --cpu-shares --cpus --cpuset-cpus --device --dns --dns-option --dns-search --domainname --entrypoint -e --env --env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries --health-timeout -h --hostname --ip --ipc --isolation --kernel-memory -l --label --label-file --link --log-driver --log-opt --mac-address -m --memory --memory-swap --mount --name --network --net --network-alias --oom-score-adj --pid --pids-limit --platform -p --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir";
const composeRun =
  "--cap-add --cap-drop --entrypoint -e --env -l --label --name -p --publish -u --user -v --volume -w --workdir";
/** Options of docker that stand before its sub-command and take a value. */
export const dockerGlobal =
  "--context -c --config -H --host -l --log-level --tlscacert --tlscert --tlskey --connection --url";
/** The same for docker compose. */
export const composeGlobal =
  "-f --file -p --project-name --profile --env-file --project-directory --ansi --parallel --progress -H --host";
/** The same for kubectl and oc. */
export const kubectlGlobal =
  "-n --namespace --context --kubeconfig --cluster --user -s --server --token --as --as-group --request-timeout --certificate-authority --client-certificate --client-key --cache-dir -v --v --profile";
const kubectlExec = `${kubectlGlobal} -c --container -f --filename --pod-running-timeout`;
const kubectlRun = `${kubectlGlobal} --image --env --labels -l --overrides --port --restart --serviceaccount --limits --requests --image-pull-policy --command-timeout --target --copy-to --profile --annotations`;
const sshOptions = "-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w";

/**
 * Programs that run other programs, most specific path first.
 *
 * Sources: the programs' own manual pages and `--help`. Options not listed take no value.
 */
export const wrappers: readonly Wrapper[] = [
  // the same machine, another way
  {
    path: "sudo",
    valued:
      "-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -T --command-timeout -U --other-user -D --chdir -R --chroot",
    gives: "words",
    takesAssignments: true,
    unless: "-l --list -v --validate -e --edit -K -k",
  },
  { path: "doas", valued: "-u -C", gives: "words" },
  {
    path: "env",
    valued: "-u --unset -C --chdir -S --split-string",
    gives: "words",
    scriptOptions: "-S --split-string",
    takesAssignments: true,
  },
  { path: "nice", valued: "-n --adjustment", gives: "words" },
  {
    path: "ionice",
    valued: "-c --class -n --classdata -p --pid -P --pgid -u --uid",
    gives: "words",
    unless: "-p --pid -P -u",
  },
  { path: "chrt", valued: "-T -P -D", operands: 1, gives: "words", unless: "-p --pid -m --max" },
  { path: "taskset", valued: "", operands: 1, gives: "words", unless: "-p --pid" },
  {
    path: "nohup|setsid|command|builtin|unbuffer|chronic|caffeinate|proxychains|proxychains4|torsocks|fakeroot|eatmydata|ltrace",
    valued: "",
    gives: "words",
    unless: "-v -V --version",
  },
  { path: "strace", valued: "-e -o -p -s -P -E -u -a -O -S", gives: "words", unless: "-p" },
  { path: "exec", valued: "-a", gives: "words" },
  { path: "time", valued: "-f --format -o --output", gives: "words" },
  {
    path: "timeout|gtimeout",
    valued: "-s --signal -k --kill-after",
    operands: 1,
    gives: "words",
    limitsTime: true,
  },
  { path: "stdbuf", valued: "-i --input -o --output -e --error", gives: "words" },
  {
    path: "flock",
    valued: "-w --timeout -E --conflict-exit-code -c --command",
    operands: 1,
    gives: "words",
    scriptOptions: "-c --command",
  },
  {
    path: "systemd-run",
    valued:
      "-p --property -u --unit --description --slice -M --machine -H --host --uid --gid -E --setenv --on-active --on-calendar --working-directory --nice",
    gives: "words",
  },
  { path: "systemd-inhibit", valued: "--what --who --why --mode", gives: "words" },
  {
    path: "xargs",
    valued:
      "-I -L -n -P -s -d -E -a --max-args --max-procs --max-lines --max-chars --delimiter --arg-file --eof --replace",
    gives: "words",
  },
  {
    path: "parallel",
    valued: "-j --jobs -I -a --arg-file --delay --timeout --colsep -N -n",
    gives: "words",
  },
  { path: "watch", valued: "-n --interval", gives: "script" },
  { path: "eval", valued: "", gives: "script" },
  {
    path: "bash|sh|zsh|dash|ksh|ash",
    valued: "-c -o -O --rcfile --init-file",
    gives: "option",
    scriptOptions: "-c",
    readsScript: true,
  },
  {
    path: "su|runuser",
    valued:
      "-c --command --session-command -g --group -G --supp-group -s --shell -u --user -w --whitelist-environment",
    gives: "option",
    scriptOptions: "-c --command --session-command",
    readsScript: true,
  },
  // another root, network or process space
  { path: "chroot", valued: "--userspec --groups", operands: 1, gives: "words", place: "chroot" },
  {
    path: "nsenter",
    valued: "-t --target -S --setuid -G --setgid",
    gives: "words",
    place: "nsenter",
  },
  { path: "unshare", valued: "", gives: "words" },
  { path: "ip netns exec", valued: "", operands: 1, gives: "words" },
  // programs that bring the inner program along
  {
    path: "npx|bunx|uvx|pnpx",
    valued: "-p --package --from --with --python",
    gives: "words",
    scriptOptions: "-c --call",
    providesProgram: true,
  },
  {
    path: "npm exec|pnpm exec|pnpm dlx|yarn exec|yarn dlx",
    valued: "-p --package -w --workspace",
    gives: "words",
    hasDoubleHyphen: true,
    providesProgram: true,
  },
  {
    path: "poetry run|pipenv run|pdm run|rye run|hatch run|pixi run|bundle exec|rbenv exec|pyenv exec|asdf exec|mise exec|pipx run",
    valued: "-e --env -C --directory -p",
    gives: "words",
    hasDoubleHyphen: true,
    providesProgram: true,
  },
  {
    path: "uv run",
    valued:
      "--with --with-requirements --extra --group --python -p --package --env-file --project --directory --script",
    gives: "words",
    providesProgram: true,
  },
  {
    path: "conda run|mamba run|micromamba run",
    valued: "-n --name -p --prefix --cwd",
    gives: "words",
    providesProgram: true,
  },
  { path: "direnv exec", valued: "", operands: 1, gives: "words", setsVariables: true },
  {
    path: "railway run",
    valued: "-s --service -e --environment -p --project",
    gives: "words",
    setsVariables: true,
  },
  {
    path: "doppler run",
    valued: "-p --project -c --config -t --token --command",
    gives: "words",
    scriptOptions: "--command",
    setsVariables: true,
  },
  { path: "op run", valued: "--env-file --account", gives: "words", setsVariables: true },
  {
    path: "aws-vault exec",
    valued: "-d --duration",
    operands: 1,
    gives: "words",
    setsVariables: true,
  },
  {
    path: "dotenv|dotenvx run|infisical run|heroku local:run|foreman run",
    valued: "-f --file -e --env",
    gives: "words",
    setsVariables: true,
  },
  // other machines
  {
    path: "ssh|autossh|mosh",
    valued: sshOptions,
    operands: 1,
    gives: "script",
    mixesOptions: true,
    place: "ssh",
    readsScript: true,
    unless: "-N -Q -O",
  },
  { path: "sshpass", valued: "-p -f -d -P", gives: "words" },
  {
    path: "vagrant ssh",
    valued: "-c --command",
    operands: 1,
    gives: "option",
    scriptOptions: "-c --command",
    place: "vagrant ssh",
  },
  {
    path: "gcloud compute ssh",
    valued: "--command --zone --project --account --ssh-flag --ssh-key-file --configuration",
    operands: 1,
    gives: "option",
    scriptOptions: "--command",
    place: "gcloud compute ssh",
  },
  {
    path: "fly ssh console|flyctl ssh console",
    valued: "-a --app -C --command -r --region",
    gives: "option",
    scriptOptions: "-C --command",
    place: "fly ssh",
  },
  {
    path: "heroku run",
    valued: "-a --app -s --size -e --env -r --remote",
    gives: "words",
    place: "heroku run",
  },
  {
    path: "railway ssh",
    valued: "-s --service -e --environment -p --project",
    gives: "words",
    place: "railway ssh",
  },
  {
    path: "multipass exec",
    valued: "",
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    place: "multipass exec",
  },
  {
    path: "lxc exec|incus exec",
    valued: "--env --user --group --cwd -n",
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    place: "lxc exec",
  },
  {
    path: "juju ssh|juju run|juju exec",
    valued: "-m --model --unit --application",
    operands: 1,
    gives: "script",
    place: "juju ssh",
  },
  // containers
  {
    path: "docker compose exec",
    valued: `${dockerGlobal} ${composeGlobal} ${containerExec}`,
    operands: 1,
    gives: "words",
    place: "docker compose exec",
  },
  {
    path: "docker compose run",
    valued: `${dockerGlobal} ${composeGlobal} ${composeRun}`,
    operands: 1,
    gives: "words",
    place: "docker compose run",
  },
  {
    path: "docker-compose exec|podman-compose exec",
    valued: `${composeGlobal} ${containerExec}`,
    operands: 1,
    gives: "words",
    place: "docker compose exec",
  },
  {
    path: "docker-compose run|podman-compose run",
    valued: `${composeGlobal} ${composeRun}`,
    operands: 1,
    gives: "words",
    place: "docker compose run",
  },
  {
    path: "docker exec|docker container exec|nerdctl exec",
    valued: `${dockerGlobal} ${containerExec}`,
    operands: 1,
    gives: "words",
    place: "docker exec",
    terminalOptions: "-t -i --tty --interactive",
  },
  {
    path: "docker run|docker container run|nerdctl run",
    valued: `${dockerGlobal} ${containerRun}`,
    operands: 1,
    gives: "words",
    place: "docker run",
    terminalOptions: "-t -i --tty --interactive",
  },
  {
    path: "podman exec|podman container exec",
    valued: `${dockerGlobal} ${containerExec}`,
    operands: 1,
    gives: "words",
    place: "podman exec",
    terminalOptions: "-t -i --tty --interactive",
  },
  {
    path: "podman run|podman container run",
    valued: `${dockerGlobal} ${containerRun}`,
    operands: 1,
    gives: "words",
    place: "podman run",
    terminalOptions: "-t -i --tty --interactive",
  },
  {
    path: "crictl exec",
    valued: "-r --runtime-endpoint",
    operands: 1,
    gives: "words",
    place: "crictl exec",
    terminalOptions: "-t -i",
  },
  {
    path: "kubectl exec",
    valued: kubectlExec,
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    mixesOptions: true,
    place: "kubectl exec",
    terminalOptions: "-t -i --tty --stdin",
  },
  {
    path: "kubectl debug|kubectl run",
    valued: kubectlRun,
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    mixesOptions: true,
    place: "kubectl run",
    terminalOptions: "-t -i --tty --stdin",
  },
  {
    path: "oc exec",
    valued: kubectlExec,
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    mixesOptions: true,
    place: "oc exec",
    terminalOptions: "-t -i --tty --stdin",
  },
  {
    path: "oc rsh",
    valued: `${kubectlExec} --shell --timeout`,
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    mixesOptions: true,
    place: "oc rsh",
  },
  {
    path: "oc debug|oc run",
    valued: `${kubectlRun} --to-namespace`,
    operands: 1,
    gives: "words",
    hasDoubleHyphen: true,
    mixesOptions: true,
    place: "oc debug",
  },
  {
    path: "k3s kubectl|microk8s kubectl|k0s kubectl|rke2 kubectl|minikube kubectl",
    valued: "",
    gives: "words",
    keepsLast: true,
  },
  {
    path: "minikube ssh",
    valued: "-p --profile -n --node",
    gives: "script",
    place: "minikube ssh",
  },
];
