/**
 * How sure it is that a path which a command reads belongs to the repository.
 *
 * `project`: an option or operand that names a file of the project (`pip install -r`, `make -C`).
 * `run`: a script that is started. `copy`: the source of a copy. `read`: any other file that is read.
 * `look`: a test whether it is there, which expects either answer.
 */
export type PathUse = "project" | "run" | "copy" | "read" | "look";

/** Which operands of a command are paths that it reads. */
export type PathOperands = "all" | "first" | "but-first" | "but-last" | "dotted" | "none";

/** How one program names files that must be there. */
export interface PathRow {
  /** Programs, divided by blanks. */
  readonly programs: string;
  /** Sub-commands, divided by commas: any of them must be there. */
  readonly subs?: string;
  /** Options that take a value and that are no paths to be read, divided by blanks. */
  readonly valued?: string;
  /** Options whose values are paths that it reads. */
  readonly options?: string;
  /** `dotted`: those that begin with `./` or `../` alone. */
  readonly operands?: PathOperands;
  /** Options are read up to the first operand alone; behind it they mean something else. */
  readonly stopsAtOperand?: true;
  /** With one of these options no operand is a path. */
  readonly unless?: RegExp;
  readonly use: PathUse;
}

const dockerBuild =
  "-t --tag --build-arg --target --platform --label --cache-from --cache-to --secret --ssh --network -o --output --progress --iidfile --build-context";
const compose =
  "-p --project-name --profile --env-file --project-directory --ansi --parallel --progress -H --host";
const kubernetes =
  "-n --namespace --context --kubeconfig -o --output -l --selector --dry-run --timeout --grace-period --field-manager -p --patch --type";

/**
 * Programs and the paths that they read.
 *
 * Sources: the programs' own manual pages and `--help`. What is not listed is not read: a word that
 * merely looks like a path proves nothing.
 */
export const pathRows: readonly PathRow[] = [
  { programs: "cat less more nl tac wc bat diff cmp stat file", operands: "all", use: "read" },
  { programs: "head tail", valued: "-n --lines -c --bytes --pid -s", operands: "all", use: "read" },
  { programs: "ls", valued: "-I --ignore -w --width", operands: "all", use: "read" },
  {
    programs: "grep egrep fgrep",
    valued:
      "-A -B -C -m --max-count --include --exclude --exclude-dir --color -D -d --after-context --before-context --context",
    operands: "but-first",
    unless: /^(?:-e|-f|--regexp|--file|-[a-zA-Z]*[ef]$)/,
    use: "read",
  },
  { programs: "chmod", valued: "--reference", operands: "but-first", use: "read" },
  { programs: "cd pushd", operands: "first", use: "read" },
  {
    programs: "cp mv",
    valued: "-S --suffix",
    operands: "but-last",
    unless: /^(?:-t|--target-directory)/,
    use: "copy",
  },
  {
    programs: "scp",
    valued: "-i -P -o -F -l -c -S -J -D",
    operands: "but-last",
    use: "read",
  },
  { programs: "source .", operands: "first", stopsAtOperand: true, use: "run" },
  {
    programs: "bash sh zsh dash ksh",
    valued: "-o -O --rcfile --init-file",
    operands: "first",
    stopsAtOperand: true,
    unless: /^-[a-z]*c$/,
    use: "run",
  },
  {
    programs: "python python2 python3",
    valued: "-W -X -m -c",
    operands: "first",
    stopsAtOperand: true,
    unless: /^-[a-zA-Z]*[mc]$/,
    use: "run",
  },
  {
    programs: "node nodejs tsx ts-node",
    valued: "-r --require --import --loader -e --eval -p --print --env-file -C --conditions",
    operands: "first",
    stopsAtOperand: true,
    unless: /^(?:-e|--eval|-p|--print|-pe)/,
    use: "run",
  },
  {
    programs: "ruby perl",
    valued: "-e -I -r -M",
    operands: "first",
    stopsAtOperand: true,
    unless: /^-[a-zA-Z]*e$/,
    use: "run",
  },
  { programs: "go", subs: "run", operands: "first", stopsAtOperand: true, use: "run" },
  {
    programs: "pytest",
    valued: "-k -m -n -c -p -o -W --maxfail --cov --cov-report --tb --junitxml --rootdir",
    operands: "all",
    use: "read",
  },
  { programs: "shellcheck", valued: "-e -s -f -S -x -o", operands: "all", use: "read" },
  {
    programs: "kubectl oc",
    subs: "apply, create, replace, delete, diff, patch",
    valued: kubernetes,
    options: "-f --filename -k --kustomize",
    use: "read",
  },
  { programs: "kustomize", subs: "build", valued: "-o --output", operands: "first", use: "read" },
  {
    programs: "helm",
    subs: "install, upgrade, template, lint, package",
    valued: "-n --namespace --kube-context --kubeconfig --set --set-string --version --timeout",
    options: "-f --values",
    operands: "dotted",
    use: "read",
  },
  {
    programs: "docker podman nerdctl",
    subs: "build, buildx build, image build",
    valued: dockerBuild,
    options: "-f --file",
    operands: "first",
    use: "project",
  },
  {
    programs: "docker-compose podman-compose",
    valued: compose,
    options: "-f --file",
    stopsAtOperand: true,
    use: "project",
  },
  {
    programs: "docker podman",
    subs: "compose",
    valued: compose,
    options: "-f --file",
    stopsAtOperand: true,
    use: "project",
  },
  { programs: "psql", options: "-f --file", use: "read" },
  {
    programs: "ansible-playbook",
    valued:
      "-l --limit -t --tags -e --extra-vars -u --user -f --forks --skip-tags --vault-id --vault-password-file --private-key --become-user -c --connection -T --timeout --start-at-task",
    options: "-i --inventory",
    operands: "all",
    use: "project",
  },
  { programs: "terraform tofu", options: "-chdir", stopsAtOperand: true, use: "project" },
  {
    programs: "terraform tofu",
    subs: "plan, apply, destroy, import, refresh",
    options: "-var-file",
    use: "read",
  },
  {
    programs: "pip pip3",
    subs: "install, download",
    options: "-r --requirement -c --constraint",
    use: "project",
  },
  {
    programs: "uv",
    subs: "pip install",
    options: "-r --requirement -c --constraint",
    use: "project",
  },
  { programs: "npm", options: "--prefix -C", use: "project" },
  { programs: "pnpm", options: "-C --dir", use: "project" },
  { programs: "yarn", options: "--cwd", use: "project" },
  { programs: "make gmake", options: "-C --directory -f --file --makefile", use: "project" },
  { programs: "just", options: "-f --justfile -d --working-directory", use: "project" },
  { programs: "alembic", options: "-c --config", use: "project" },
  { programs: "[ test", options: "-f -e -d -r -w -x -s -L -h", use: "look" },
];
