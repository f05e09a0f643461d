import { listValuedOptions } from "../../shell/command-call.ts";
import { readOptions } from "../../shell/read-options.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import { listToolUses, type PlacedToolUse, type ToolUse } from "./tool-use.ts";

/** A sub-command of a program: `push` of `git push origin`. */
export interface ToolCommandClaim extends ToolUse {
  readonly command: string;
  /** Where it stands in `words`. */
  readonly place: number;
}

/** Sub-commands of programs. */
export const toolCommandClaims: ClaimKind<ToolCommandClaim> = {
  name: "tool-command",
  title: "sub-commands of programs",
  description:
    "The first word that is no option of programs that have sub-commands (`git push`, `alembic upgrade`), and the second one below a group of them (`docker compose up`, `kubectl rollout status`).",
  collect: (document) => listToolUses(document).flatMap(readCommands),
};

const programs = new Set(
  "git docker docker-compose podman podman-compose nerdctl kubectl oc helm kustomize terraform tofu pulumi packer vault consul nomad aws gcloud az doctl flyctl fly heroku railway vercel netlify wrangler supabase gh glab systemctl journalctl timedatectl hostnamectl loginctl snap apt apt-get brew npm pip pip3 pipx poetry uv alembic flask cargo rustup go dotnet bundle composer supervisorctl pm2 etcdctl rabbitmqctl rclone restic borg argocd flux istioctl linkerd minikube kind k3d eksctl stripe sentry-cli prisma celery airflow dvc mlflow opswright".split(
    " ",
  ),
);

/** Sub-commands that have sub-commands of their own. */
const groups = new Set(
  "compose container image volume network system builder buildx context rollout config auth create top stack swarm node secret service variables variable environment project domain state workspace".split(
    " ",
  ),
);

function readCommands(use: PlacedToolUse): readonly FoundClaim<ToolCommandClaim>[] {
  const { program, words, isDeclared, isHere, origin } = use;
  if (!programs.has(program)) return [];
  const texts = words.map(({ text }) => text);
  let line = readOptions(texts, 1, listValuedOptions(program), false);
  if (line.operands[0] === "compose") {
    line = readOptions(texts, 1, listValuedOptions("docker-compose"), false);
  }
  const count = groups.has(line.operands[0] ?? "") ? 2 : 1;
  return line.operandPlaces.slice(0, count).flatMap((place) => {
    const word = words[place];
    if (word?.isLiteral !== true || !/^[a-z][a-z0-9:_-]*$/u.test(word.text)) return [];
    const span = use.locate(word, word.text.length);
    if (span === undefined) return [];
    const value = { program, words, isDeclared, isHere, command: word.text, place };
    return [{ value, span, text: word.text, origin }];
  });
}
