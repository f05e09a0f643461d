import type { CallPattern, CommandCall } from "./command-call.ts";

/** One way to wait. */
export interface WaitRow extends CallPattern {
  readonly reason: string;
  /** It does not wait where a pipe, a file or a here-document feeds it. */
  readonly unlessFed?: true;
  /** It runs until stopped, and so not where its reader stops it (`| head`). */
  readonly isEndless?: true;
  /** False for an exception: the rows below are not asked. */
  readonly isWait?: false;
}

const asksPerson = "it asks a person";
const opensEditor = "it opens an editor";
const opensPrompt = "it opens a prompt for a person";
const serves = "it serves until it is stopped";
const follows = "it follows until it is stopped";
const opensScreen = "it takes over the terminal";

const noOperands = (call: CommandCall): boolean => call.operands.length === 0;
const oneOperand = (call: CommandCall): boolean => call.operands.length === 1;
const has = (call: CommandCall, pattern: RegExp): boolean =>
  call.args.some((word) => pattern.test(word));

/** What waits for a person or runs until stopped; exceptions stand before what they except. */
export const waitTable: readonly WaitRow[] = [
  // following
  {
    command: "tail",
    any: ["-f", "-F", "--follow", "--retry"],
    none: ["--pid"],
    reason: follows,
    isEndless: true,
  },
  { command: "tailf multitail stern kubetail", reason: follows, isEndless: true },
  {
    command: "kubectl oc",
    sub: ["logs"],
    any: [/^--follow=false$/u],
    reason: follows,
    isWait: false,
  },
  {
    command: "kubectl oc",
    sub: ["logs"],
    any: ["-f", "--follow"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "kubectl oc",
    sub: ["get"],
    any: ["-w", "--watch", "--watch-only"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "kubectl oc",
    sub: ["port-forward", "proxy"],
    reason: "it forwards until it is stopped",
  },
  { command: "kubectl oc", sub: ["attach"], reason: "it attaches to a running container" },
  { command: "kubectl oc", sub: ["edit"], reason: opensEditor },
  {
    command: "docker podman nerdctl",
    sub: ["logs", "container logs", "compose logs", "service logs"],
    any: ["-f", "--follow"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "docker podman nerdctl",
    sub: ["stats"],
    none: ["--no-stream"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "docker podman nerdctl",
    sub: ["events", "attach", "compose watch", "compose events", "compose attach"],
    none: ["--until"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "docker podman nerdctl",
    sub: ["compose up"],
    none: [
      "-d",
      "--detach",
      "--wait",
      "--exit-code-from",
      "--abort-on-container-exit",
      "--no-start",
    ],
    reason: serves,
  },
  {
    command: "docker-compose podman-compose",
    sub: ["up"],
    none: [
      "-d",
      "--detach",
      "--wait",
      "--exit-code-from",
      "--abort-on-container-exit",
      "--no-start",
    ],
    reason: serves,
  },
  {
    command: "docker-compose podman-compose",
    sub: ["logs"],
    any: ["-f", "--follow"],
    reason: follows,
    isEndless: true,
  },
  { command: "docker-compose podman-compose", sub: ["events"], reason: follows, isEndless: true },
  { command: "journalctl", any: ["-f", "--follow"], reason: follows, isEndless: true },
  {
    command: "dmesg",
    any: ["-w", "-W", "--follow", "--follow-new"],
    reason: follows,
    isEndless: true,
  },
  { command: "ceph", any: ["-w", "--watch", "--watch-debug"], reason: follows, isEndless: true },
  { command: "inotifywait", any: ["-m", "--monitor"], reason: follows, isEndless: true },
  { command: "heroku", sub: ["logs"], any: ["-t", "--tail"], reason: follows, isEndless: true },
  {
    command: "railway",
    sub: ["logs"],
    none: ["-n", "--lines", "--tail", "--since"],
    reason: follows,
    isEndless: true,
  },
  {
    command: "fly flyctl",
    sub: ["logs"],
    none: ["-n", "--no-tail"],
    reason: follows,
    isEndless: true,
  },
  { command: "aws", sub: ["logs tail"], any: ["--follow"], reason: follows, isEndless: true },
  {
    command: "gh",
    sub: ["run watch"],
    reason: "it waits for a workflow run to end",
    isWait: false,
  },
  {
    command: "watch",
    none: ["-g", "--chgexit", "-q", "--equexit"],
    reason: "it repeats a command until it is stopped",
  },
  {
    command: "ping ping6",
    none: ["-c", "-w", "-V"],
    when: (call) => call.operands.length > 0,
    reason: follows,
    isEndless: true,
  },
  {
    command: "vmstat iostat mpstat pidstat",
    when: (call) => oneOperand(call) && /^\d+$/u.test(call.operands[0] ?? ""),
    reason: follows,
    isEndless: true,
  },
  { command: "tcpdump", none: ["-c", "-r", "-D", "-G", "-W"], reason: follows, isEndless: true },
  { command: "mtr", none: ["-r", "--report", "-c", "--report-cycles", "-w"], reason: follows },
  {
    command: "sleep",
    when: (call) => call.operands[0] === "infinity",
    reason: "it sleeps for ever",
  },

  // screens
  { command: "top", any: ["-n"], reason: opensScreen, isWait: false },
  { command: "top", none: ["-v", "-h"], reason: opensScreen, isEndless: true },
  {
    command:
      "htop atop btop glances nmon iotop iftop nethogs k9s lazydocker lazygit ctop mc ranger tig dstat",
    none: ["-b", "--batch", "-h", "-V"],
    reason: opensScreen,
  },
  {
    command: "less more most man info",
    when: (call) => call.operands.length > 0,
    reason: opensScreen,
    isEndless: true,
  },
  {
    command: "vim vi nvim nano emacs pico joe ed view vimdiff micro hx",
    none: ["-c", "-es", "-s", "--batch", "-V"],
    reason: opensEditor,
  },
  { command: "visudo vipw vigr", none: ["-c", "--check"], reason: opensEditor },
  { command: "crontab", any: ["-e"], reason: opensEditor },
  { command: "systemctl", sub: ["edit"], none: ["--stdin", "--drop-in"], reason: opensEditor },
  {
    command: "screen",
    none: ["-d", "-dm", "-dmS", "-ls", "-list", "-X", "-S", "-wipe"],
    reason: opensScreen,
  },
  {
    command: "tmux",
    any: [
      /^(?:ls|list-.*|kill-.*|send-keys|send|has-session|has|display|capture-pane|source-file|source|set|set-option|-V)$/u,
      "-d",
    ],
    reason: opensScreen,
    isWait: false,
  },
  { command: "tmux", reason: opensScreen },

  // editors of git
  {
    command: "git",
    sub: ["commit"],
    none: [
      "-m",
      "--message",
      "-F",
      "--file",
      "-C",
      "--reuse-message",
      "--no-edit",
      "--fixup",
      "--squash",
      "--dry-run",
      "-t",
    ],
    reason: opensEditor,
  },
  { command: "git", sub: ["rebase"], any: ["-i", "--interactive"], reason: opensEditor },
  {
    command: "git",
    sub: ["add", "checkout", "reset", "stash", "restore", "commit"],
    any: ["-p", "--patch", "-i", "--interactive"],
    reason: asksPerson,
  },
  {
    command: "git",
    sub: ["tag"],
    any: ["-a", "-s", "--annotate", "--sign"],
    none: ["-m", "--message", "-F", "--file", "-am", "-sm"],
    reason: opensEditor,
  },
  {
    command: "git",
    sub: ["mergetool", "gui", "citool", "instaweb", "difftool"],
    reason: opensScreen,
  },

  // clients without a statement
  {
    command: "psql",
    none: ["-c", "--command", "-f", "--file", "-l", "--list", "-V", "-?"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "mysql mariadb",
    none: ["-e", "--execute", "-V", "-?", /^-e./u],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "mongo mongosh",
    none: ["--eval", "-f", "--file", /\.js$/u],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "redis-cli valkey-cli",
    when: (call) =>
      call.operands.length > 0 ||
      has(call, /^--(?:scan|stat|latency.*|bigkeys|memkeys|hotkeys|rdb|pipe|cluster|eval)$/u),
    none: ["--stat", "--latency"],
    reason: opensPrompt,
    isWait: false,
  },
  { command: "redis-cli valkey-cli", reason: opensPrompt, unlessFed: true },
  {
    command: "sqlite3",
    when: (call) => call.operands.length < 2,
    none: ["-cmd", "-init", "-version"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "cqlsh",
    none: ["-e", "--execute", "-f", "--file"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "clickhouse-client",
    none: ["-q", "--query", "--queries-file"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "python python3 ipython bpython",
    when: noOperands,
    none: ["-c", "-m", "-V"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "node deno bun irb ghci iex php lua ruby perl",
    when: (call) => noOperands(call) && /^(?:node|irb|ghci|iex|lua)$/u.test(call.name),
    none: ["-e", "-p", "--eval", "--print", "-v", "-h"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "rails bin/rails",
    sub: ["console", "c", "dbconsole", "db"],
    reason: opensPrompt,
    unlessFed: true,
  },
  { command: "flask", sub: ["shell"], reason: opensPrompt, unlessFed: true },
  {
    command: "python python3 manage.py",
    any: [/^(?:shell|shell_plus|dbshell)$/u],
    when: (call) => call.name === "manage.py" || has(call, /manage\.py$/u),
    none: ["-c", "--command"],
    reason: opensPrompt,
    unlessFed: true,
  },
  {
    command: "heroku",
    sub: ["pg:psql", "redis:cli"],
    none: ["-c", "--command"],
    reason: opensPrompt,
    unlessFed: true,
  },
  { command: "railway", sub: ["connect", "shell"], reason: opensPrompt, unlessFed: true },
  {
    command: "railway",
    sub: ["ssh"],
    when: oneOperand,
    reason: "it opens a shell on another machine for a person",
    unlessFed: true,
  },
  {
    command: "gcloud",
    sub: ["compute ssh"],
    none: ["--command"],
    when: (call) => !call.args.includes("--"),
    reason: "it opens a shell on another machine for a person",
    unlessFed: true,
  },
  { command: "gcloud", sub: ["sql connect"], reason: opensPrompt, unlessFed: true },
  {
    command: "aws",
    sub: ["ssm start-session", "ecs execute-command"],
    reason: "it opens a shell on another machine for a person",
    unlessFed: true,
  },
  {
    command: "oc",
    sub: ["rsh"],
    when: (call) => call.operands.length === 2,
    reason: "it opens a shell in a container for a person",
    unlessFed: true,
  },
  {
    command: "kubectl",
    sub: ["debug", "run"],
    all: ["-i", "-t"],
    when: (call) => !call.args.includes("--"),
    reason: "it opens a shell in a container for a person",
    unlessFed: true,
  },
  {
    command: "oc",
    sub: ["debug"],
    when: (call) => !call.args.includes("--"),
    none: ["-o", "--output", "--dry-run"],
    reason: "it opens a shell in a container for a person",
    unlessFed: true,
  },
  {
    command: "vagrant minikube",
    sub: ["ssh"],
    none: ["-c", "--command"],
    when: (call) => call.operands.length < 2 || call.name === "vagrant",
    reason: "it opens a shell on another machine for a person",
    unlessFed: true,
  },
  { command: "telnet ftp sftp", none: ["-b"], reason: opensPrompt, unlessFed: true },
  { command: "gdb lldb", none: ["-batch", "--batch", "-ex"], reason: opensPrompt, unlessFed: true },
  {
    command: "fdisk cfdisk gdisk",
    none: ["-l", "--list", "-s"],
    reason: asksPerson,
    unlessFed: true,
  },

  // becoming somebody else
  {
    command: "su runuser",
    none: ["-c", "--command", "--session-command"],
    when: (call) => call.name === "su" || !call.optionValues.has("-u"),
    reason: "it opens a shell for a person",
    unlessFed: true,
  },
  {
    command: "sudo",
    any: ["-i", "-s", "--login", "--shell"],
    when: (call) =>
      call.operands.length === 0 ||
      (call.operands.length === 1 &&
        call.optionValues.size === 0 &&
        /^-[a-z]*u$/u.test(call.options.at(-1) ?? "")),
    reason: "it opens a shell for a person",
    unlessFed: true,
  },
  {
    command: "machinectl",
    sub: ["shell", "login"],
    when: (call) => call.operands.length < 3,
    reason: "it opens a shell for a person",
    unlessFed: true,
  },
  { command: "newgrp", reason: "it opens a shell for a person" },

  // questions
  { command: "read", none: ["-t", "-u"], reason: asksPerson, unlessFed: true },
  {
    command: "passwd",
    none: ["-l", "-u", "-S", "-d", "-e", "--stdin", "--status", "--lock", "--unlock"],
    reason: asksPerson,
    unlessFed: true,
  },
  {
    command: "mysqldump mysqladmin",
    any: [/^(?:-p|--password)$/u],
    reason: "it asks for a password",
    unlessFed: true,
  },
  { command: "ssh-copy-id", reason: asksPerson, unlessFed: true },
  {
    command: "docker podman nerdctl",
    sub: ["login"],
    none: ["--password-stdin", "-p", "--password"],
    reason: asksPerson,
    unlessFed: true,
  },
  { command: "railway", sub: ["login"], reason: asksPerson },
  {
    command: "railway",
    sub: ["link"],
    none: ["-p", "--project"],
    when: oneOperand,
    reason: asksPerson,
  },
  { command: "railway", sub: ["init"], none: ["-n", "--name"], reason: asksPerson },
  {
    command: "gh",
    sub: ["auth login"],
    none: ["--with-token"],
    reason: asksPerson,
    unlessFed: true,
  },
  {
    command: "az",
    sub: ["login"],
    none: ["--service-principal", "--identity", "-i", "--federated-token", "-p", "--password"],
    reason: asksPerson,
  },
  {
    command: "gcloud",
    sub: ["auth login", "auth application-default login", "init"],
    none: ["--cred-file"],
    reason: asksPerson,
  },
  { command: "aws", sub: ["configure"], when: oneOperand, reason: asksPerson, unlessFed: true },
  { command: "aws", sub: ["sso login", "configure sso"], reason: asksPerson },
  {
    command: "oc",
    sub: ["login"],
    none: ["--token", "-p", "--password", "-u", "--username", "--certificate-authority"],
    reason: asksPerson,
    unlessFed: true,
  },
  {
    command:
      "npm yarn heroku fly flyctl vercel netlify firebase supabase wrangler doctl terraform pulumi",
    sub: ["login", "auth login", "auth:login", "auth init"],
    none: ["--token", "--ci", "-i"],
    reason: asksPerson,
    unlessFed: true,
  },
  {
    command: "vault",
    sub: ["login"],
    when: oneOperand,
    none: [/^-method=(?:aws|cert|gcp|azure|kubernetes)/u],
    reason: asksPerson,
    unlessFed: true,
  },
  {
    command: "terraform tofu",
    sub: ["apply", "destroy"],
    none: ["-auto-approve", "--auto-approve"],
    when: oneOperand,
    reason: "it asks a person to approve",
    unlessFed: true,
  },
  {
    command: "pulumi",
    sub: ["up", "destroy"],
    none: ["-y", "--yes", "-f", "--skip-preview"],
    reason: "it asks a person to approve",
    unlessFed: true,
  },
  {
    command: "npm",
    sub: ["init"],
    none: ["-y", "--yes"],
    when: oneOperand,
    reason: asksPerson,
    unlessFed: true,
  },

  // servers
  { command: "flask", sub: ["run"], reason: serves },
  {
    command: "npm pnpm yarn bun",
    sub: [
      "run dev",
      "run start",
      "run serve",
      "run watch",
      "start",
      "dev",
      "serve",
      "run start:dev",
      "run develop",
    ],
    reason: serves,
  },
  { command: "python python3", any: [/^http\.server$/u, /^SimpleHTTPServer$/u], reason: serves },
  { command: "python python3 manage.py", any: [/^runserver(?:_plus)?$/u], reason: serves },
  { command: "rails bin/rails", sub: ["server", "s"], none: ["-d", "--daemon"], reason: serves },
  {
    command: "uvicorn gunicorn hypercorn daphne waitress-serve",
    none: ["-D", "--daemon", "--check-config"],
    reason: serves,
  },
  {
    command: "celery",
    any: [/^(?:worker|beat|flower)$/u],
    none: ["-D", "--detach"],
    reason: serves,
  },
  { command: "php", any: ["-S", /^serve$/u], reason: serves },
  {
    command: "hugo mkdocs jekyll ng astro gatsby eleventy",
    sub: ["server", "serve", "dev", "develop"],
    reason: serves,
  },
  { command: "next nuxt vite remix", sub: ["dev", "start", "preview"], reason: serves },
  { command: "nodemon live-server http-server", reason: serves },
  { command: "ngrok", none: ["-v"], any: [/^(?:http|tcp|start|tls)$/u], reason: serves },
  { command: "cloudflared", sub: ["tunnel run"], reason: serves },
  { command: "minikube", sub: ["tunnel", "dashboard", "mount"], none: ["--url"], reason: serves },
  { command: "cloud_sql_proxy cloud-sql-proxy", reason: serves },
  { command: "nc ncat netcat", any: ["-l", "--listen"], reason: serves, unlessFed: true },
  {
    command: "jupyter",
    any: [/^(?:notebook|lab|server)$/u],
    none: [/^(?:list|stop)$/u],
    reason: serves,
  },
];
