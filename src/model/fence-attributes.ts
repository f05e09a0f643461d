import type { RiskLevel } from "./shell-script.ts";

/** How a captured value is taken from a step's standard output. */
export type CaptureRule =
  | { readonly name: string; readonly from: "text" }
  | { readonly name: string; readonly from: "pattern"; readonly pattern: string }
  | { readonly name: string; readonly from: "json"; readonly path: string };

/** What says that a background server is ready. */
export type ReadyProbe =
  | { readonly kind: "http"; readonly url: string }
  | { readonly kind: "port"; readonly port: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "output"; readonly pattern: string };

/**
 * The attributes of a command fence, parsed and typed; absent means not given.
 *
 * @example for `timeout=30s retry=2 interval=1s check`:
 *   { timeoutMs: 30000, retry: 2, intervalMs: 1000, check: true }
 */
export interface CommandAttributes {
  readonly id?: string;
  readonly title?: string;
  readonly run?: boolean;
  readonly norun?: boolean;
  readonly example?: boolean;
  readonly check?: boolean;
  readonly timeoutMs?: number;
  readonly retry?: number;
  readonly intervalMs?: number;
  /** Accepted exit codes, or any of them. */
  readonly exit?: readonly number[] | "any";
  readonly dir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly when?: string;
  readonly os?: readonly string[];
  readonly interactive?: boolean;
  readonly background?: boolean;
  readonly ready?: ReadyProbe;
  readonly stop?: string;
  readonly capture?: readonly CaptureRule[];
  readonly risk?: RiskLevel;
  readonly riskReason?: string;
  readonly confirm?: string;
  readonly undo?: string;
  readonly on?: string;
  readonly script?: string;
  readonly continueOnError?: boolean;
}
