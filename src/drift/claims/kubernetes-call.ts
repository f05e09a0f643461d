import type { ShellCommand } from "../../model/shell-script.ts";
import { listValuedOptions } from "../../shell/command-call.ts";
import { readOptions } from "../../shell/read-options.ts";
import { findKind } from "./kubernetes-kinds.ts";
import type { CallWord } from "./tool-call.ts";

/** A call of kubectl or oc, as claims are read from it. */
export interface KubernetesCall {
  readonly verb: string;
  readonly resources: readonly { readonly kind: string; readonly name: CallWord }[];
  readonly namespace?: CallWord | undefined;
}

/** Verbs whose operands are `KIND NAME…` or `KIND/NAME…`. */
const kindVerbs = new Set(
  "get describe delete edit patch scale annotate label autoscale expose wait".split(" "),
);
/** Verbs of verbs: `rollout restart deployment/web`, `set image deploy/web …`. */
const nestedVerbs = new Set(["rollout", "set"]);
/** Verbs whose first operand is a pod unless it is `KIND/NAME`. */
const podVerbs = new Set(["logs", "exec", "port-forward", "attach", "debug", "rsh"]);

const moreOptions =
  "--tail --since --since-time --limit-bytes --max-log-requests --pod-running-timeout --address --for --cascade --sort-by --label-columns -L --chunk-size --output-watch-events --template --resource-version --revision --to-revision --min --max --cpu-percent --port --target-port --name --image --patch-file --subresource --containers --current-replicas";

const valuedOptions = new Set([...listValuedOptions("kubectl"), ...moreOptions.split(" ")]);
/** `logs -f` follows, and `logs -p` shows the container before: neither takes a value. */
const valuedOfLogs = new Set([...valuedOptions].filter((one) => one !== "-f" && one !== "-p"));

/**
 * Reads which objects and which namespace a call names; undefined where it is no such call.
 *
 * Pods, and kinds of which a cluster makes objects by itself, are left out, as are selections by
 * label or file. kubectl's reference. No I/O.
 *
 * @example for `kubectl -n shop rollout restart deployment/web`: { verb: "rollout",
 *   resources: [{ kind: "Deployment", name: web }], namespace: shop }
 */
export function readKubernetesCall(command: ShellCommand): KubernetesCall | undefined {
  const { words, ranges, isLiteral, name } = command;
  if (name !== "kubectl" && name !== "oc") return undefined;
  const end = words.indexOf("--");
  const own = end === -1 ? words : words.slice(0, end);
  const valued = own.includes("logs") ? valuedOfLogs : valuedOptions;
  const line = readOptions(own, 1, valued, false);
  const verb = line.operands[0] ?? "";
  const wordAt = (place: number, from = 0): readonly CallWord[] => {
    const text = own[place];
    const range = ranges[place];
    if (text === undefined || range === undefined || isLiteral[place] !== true) return [];
    const cut = from > 0 ? { ...range, start: range.end - (text.length - from) } : range;
    return [{ text: text.slice(from), range: cut, isLiteral: true }];
  };
  const namespaceAt = line.valuePlaces.get("-n") ?? line.valuePlaces.get("--namespace");
  const given = line.values.get("-n") ?? line.values.get("--namespace") ?? "";
  const [namespace] =
    namespaceAt === undefined
      ? []
      : wordAt(namespaceAt, (own[namespaceAt]?.length ?? 0) - given.length);
  const places = line.operandPlaces.slice(nestedVerbs.has(verb) ? 2 : 1);
  const [first] = places;
  const resources: { kind: string; name: CallWord }[] = [];
  if (kindVerbs.has(verb) || nestedVerbs.has(verb) || podVerbs.has(verb)) {
    for (const place of places) {
      const word = own[place] ?? "";
      const slash = word.indexOf("/");
      const kind = slash === -1 ? undefined : findKind(word.slice(0, slash));
      if (kind === undefined || word.includes("=")) continue;
      for (const found of wordAt(place, slash + 1)) resources.push({ kind, name: found });
    }
  }
  const kind = first === undefined ? undefined : findKind(own[first] ?? "");
  const takesKind = kindVerbs.has(verb) || nestedVerbs.has(verb);
  if (takesKind && kind !== undefined && !(own[first ?? 0] ?? "").includes("/")) {
    for (const place of places.slice(1)) {
      const word = own[place] ?? "";
      // `KEY=value` sets something, `KEY-` takes it away.
      if (word.includes("=") || word.includes("/") || word.endsWith("-")) continue;
      for (const found of wordAt(place)) resources.push({ kind, name: found });
    }
  }
  return { verb, resources, namespace };
}
