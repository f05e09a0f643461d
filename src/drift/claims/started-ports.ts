import type { CommandStep, StepCondition } from "../../model/runbook.ts";
import type { DriftDocument } from "../drift-document.ts";
import { readComposeCall } from "./compose-call.ts";
import type { KnownValues } from "./known-values.ts";
import { readShownNames } from "./shown-names.ts";

/** What a document itself has something listen on. */
export interface StartedPorts {
  /**
   * Whether it does so on a port, or may do so; `step` is the one that asks the port, since what
   * another alternative starts is not there.
   */
  judge(port: number | undefined, step: CommandStep | undefined): "here" | "perhaps" | "no";
}

/** What is started under the same conditions: by steps for `STACK=flask`, or always. */
interface StartedGroup {
  readonly conditions: readonly StepCondition[];
  readonly ports: Set<number>;
  /** True where a server is started whose port the text does not tell. */
  isOpen: boolean;
}

/** Servers by their first words, with the port that they take where none is given. */
const servers: readonly (readonly [call: RegExp, port: number | undefined])[] = [
  [/^flask(?: \S+)* run\b/, 5000],
  [/^(?:uvicorn|gunicorn|hypercorn|daphne) /, 8000],
  [/^python[\d.]* -m (?:uvicorn|gunicorn|http\.server|mkdocs serve)\b/, 8000],
  [/^python[\d.]* -m flask(?: \S+)* run\b/, 5000],
  [/^(?:python[\d.]* |\.\/)?(?:\S+\/)?manage\.py runserver\b/, 8000],
  [/^(?:bin\/)?rails (?:s|server)\b/, 3000],
  [/^(?:next|nuxt|react-scripts) (?:dev|start)\b/, 3000],
  [/^vite(?: (?:dev|serve))?$/, 5173],
  [/^vite preview\b/, 4173],
  [/^astro (?:dev|preview)\b/, 4321],
  [/^ng serve\b/, 4200],
  [/^hugo (?:server|serve)\b/, 1313],
  [/^mkdocs serve\b/, 8000],
  [/^jekyll (?:serve|s)\b/, 4000],
  [/^php (?:\S+\/)?artisan serve\b/, 8000],
  [/^mix phx\.server\b/, 4000],
  [/^streamlit run\b/, 8501],
  [/^jupyter\b/, 8888],
  [/^mlflow (?:ui|server)\b/, 5000],
  [/^kubectl proxy\b/, 8001],
  [/^ollama serve\b/, 11434],
  [/^vault server\b/, 8200],
  [/^consul agent\b/, 8500],
  [/^prometheus\b/, 9090],
  [
    /^(?:npm|pnpm|yarn|bun) (?:run )?(?:\S*(?:dev|start|serve|preview|watch|storybook)\S*)/,
    undefined,
  ],
  [
    /^(?:make|just|task|rake|invoke|nox|tox) .*(?:dev|start|serve|run|up|forward|proxy|tunnel|docs)/,
    undefined,
  ],
  [/^(?:node|nodemon|tsx|ts-node|bun|deno|php|ruby|perl) /, undefined],
  [
    /^python[\d.]* (?!-c\b|-V\b|--version\b|-m (?:pip|venv|pytest|json\.tool|compileall|build|unittest)\b)/,
    undefined,
  ],
  [/^java .*-jar\b/, undefined],
  [/^(?:go|cargo|dotnet|swift|stack|sbt|lein) (?:run|watch)\b/, undefined],
  [/^(?:mvnw?|gradlew?|\.\/mvnw|\.\/gradlew) .*(?:run|Run)/, undefined],
  [/^(?:bash|sh|source|\.) .*(?:dev|start|serve|run|up|forward|proxy|tunnel)/, undefined],
  [/^(?:\.\/|scripts\/|bin\/)\S*(?:dev|start|serve|run|forward|proxy|tunnel)/, undefined],
  [
    /^(?:systemctl|service|brew services|supervisorctl|pm2|rc-service)\b.*\b(?:re)?(?:start|load|save)\b/,
    undefined,
  ],
  [/^(?:docker|podman|nerdctl) .*(?:-P\b|--publish-all|--net(?:work)?[= ]host)/, undefined],
  [/^(?:docker|podman|nerdctl) (?:container )?start\b/, undefined],
  [/^(?:kubectl|oc) .*port-forward\b/, undefined],
  [/^(?:minikube|k3d|tilt|skaffold|vagrant|garden|telepresence|kind) /, undefined],
  [/^(?:foreman|overmind|honcho|hivemind|mprocs|air|caddy|nginx|httpd|apachectl) ?/, undefined],
  [
    /^(?:heroku local|netlify dev|vercel dev|wrangler dev|firebase emulators:start|supabase start|sam local|serverless offline|func start)\b/,
    undefined,
  ],
  [/^(?:cloud_sql_proxy|cloud-sql-proxy|ngrok|cloudflared|socat|autossh|chisel)\b/, undefined],
  [
    /^(?:fly|flyctl) proxy\b|^aws ssm start-session\b|^istioctl dashboard\b|^linkerd .*dashboard\b|^argo server\b|^cilium hubble\b/,
    undefined,
  ],
];

/** Programs that ask a port and do not listen on one. */
const askers = new Set(
  "curl wget http https httpie xh nc ncat telnet psql pg_dump pg_restore mysql redis-cli mongosh ab hey wrk echo printf open xdg-open export".split(
    " ",
  ),
);

/**
 * Reads on which ports a document has something listen: forwarded ones, published ones, those of
 * servers that it starts or shows how to start.
 *
 * In doubt a number counts as such a port: it keeps addresses from being judged. No I/O.
 *
 * @example for `kubectl port-forward svc/api 8080:80`: judge(8080, undefined) === "here"
 */
export function readStartedPorts(document: DriftDocument, values: KnownValues): StartedPorts {
  const { commands, runbook, isStrict } = document;
  const groups = new Map<string, StartedGroup>();
  const groupOf = (conditions: readonly StepCondition[]): StartedGroup => {
    const key = conditions.map(({ text }) => text).join("\n");
    const group = groups.get(key) ?? { conditions, ports: new Set(), isOpen: false };
    groups.set(key, group);
    return group;
  };
  for (const { command, step, folders } of commands) {
    if (askers.has(command.name)) continue;
    const group = groupOf(step?.conditions ?? []);
    addCall(command.words.join(" "), listNumbers(command.words, values), group);
    // Anybody's Markdown often raises a project that is not this one.
    const isForeign = folders === undefined && !isStrict;
    if (isForeign && /^(?:up|start)$/.test(readComposeCall(command)?.verb ?? "")) {
      group.isOpen = true;
    }
  }
  for (const step of runbook.steps) {
    if (step.kind !== "command") continue;
    for (const [, digits] of step.script.matchAll(/PORT\w{0,40}=["']?(\d{2,5})\b/g)) {
      groupOf(step.conditions).ports.add(Number(digits));
    }
  }
  const always = groupOf([]);
  for (const line of listOtherLines(document)) {
    addCall(line, listNumbers(line.split(/[ \t]+/), values), always, true);
  }
  for (const name of readShownNames(document)) {
    if (/^\d{2,5}$/.test(name)) always.ports.add(Number(name));
  }
  return {
    judge(port, step) {
      const there = [...groups.values()].filter(
        ({ conditions }) => !areExclusive(conditions, step?.conditions ?? []),
      );
      if (port !== undefined && there.some(({ ports }) => ports.has(port))) return "here";
      return there.some(({ isOpen }) => isOpen) ? "perhaps" : "no";
    },
  };
}

/** With `isText`, numbers count only where the words start a server: they are prose otherwise. */
function addCall(
  words: string,
  numbers: readonly number[],
  group: StartedGroup,
  isText = false,
): void {
  const text = words.slice(0, longestCall);
  const server = servers.find(([call]) => call.test(text));
  if (isText && server === undefined) return;
  for (const port of numbers) group.ports.add(port);
  if (server === undefined || numbers.length > 0) return;
  if (server[1] === undefined) group.isOpen = true;
  else group.ports.add(server[1]);
}

/** True where one asks for `STACK=flask` and the other for `STACK=compose`. */
function areExclusive(one: readonly StepCondition[], other: readonly StepCondition[]): boolean {
  return one.some(({ expression }) => {
    if (expression.kind !== "equals") return false;
    const { name, value } = expression;
    return other.some(
      ({ expression: another }) =>
        another.kind === "equals" && another.name === name && another.value !== value,
    );
  });
}

/** Inline code, and the lines of blocks that are in no shell of ours. */
function listOtherLines({ parsed, runbook }: DriftDocument): readonly string[] {
  const shells = new Set(
    runbook.steps.flatMap((step) =>
      step.kind === "command" && step.shell !== undefined ? step.codeSpan.start.offset : [],
    ),
  );
  const ofBlocks = parsed.blocks.flatMap((block) =>
    block.kind === "fence" && !shells.has(block.codeSpan.start.offset)
      ? block.code.split("\n")
      : [],
  );
  const lines = [...parsed.inlineCodes.map(({ text }) => text), ...ofBlocks];
  return lines.map((line) => line.trim().replace(/^(?:\$|>|PS [^>]{0,80}>)[ \t]+/, ""));
}

/** Calls are told by their first words; patterns look no further than a person would write. */
const longestCall = 300;

function listNumbers(words: readonly string[], values: KnownValues): readonly number[] {
  return words.slice(1).flatMap((word) => {
    // An address in an argument is somebody else's port.
    if (word.length > longestCall || word.includes("://")) return [];
    const resolved = word.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => {
      return values.valueOf(name) ?? whole;
    });
    return [...resolved.matchAll(/(?<![\w.$])\d{2,5}(?![\w.])/g)]
      .map(([digits]) => Number(digits))
      .filter((number) => number >= 80 && number <= 65_535);
  });
}
