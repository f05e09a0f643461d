import type { CommandCall } from "../command-call.ts";
import type { RiskRow } from "../risk-row.ts";

const method = (call: CommandCall): string =>
  (call.optionValues.get("-X") ?? call.optionValues.get("--request") ?? "").toUpperCase();

/** What commands do to requests over HTTP; the first row that fits a command counts. */
export const requestRisks: readonly RiskRow[] = [
  {
    rule: "http-delete",
    command: "curl",
    when: (call) => method(call) === "DELETE",
    level: "destructive",
    text: "it sends a DELETE request",
    source: "RFC 9110, 9.3.5",
  },
  {
    rule: "http-read",
    command: "curl",
    when: (call) =>
      ["GET", "HEAD", "OPTIONS"].includes(method(call)) ||
      call.options.some((option) => /^(?:-G|--get)$/u.test(option)),
    level: "safe",
    text: "it only asks",
    source: "RFC 9110, 9.2.1",
  },
  {
    rule: "http-change",
    command: "curl",
    when: (call) =>
      method(call) !== "" ||
      [
        "-d",
        "--data",
        "--data-raw",
        "--data-binary",
        "--data-urlencode",
        "-F",
        "--form",
        "-T",
        "--upload-file",
        "--json",
      ].some((name) => call.optionValues.has(name) || call.options.includes(name)),
    level: "change",
    text: "it sends data, which may change something",
    source: "RFC 9110, 9.3.3",
  },
  {
    rule: "http-change",
    command: "wget",
    any: ["--post-data", "--post-file", /^--method=(?:POST|PUT|PATCH)/iu],
    level: "change",
    text: "it sends data, which may change something",
    source: "RFC 9110, 9.3.3",
  },
  {
    rule: "http-delete",
    command: "wget http https xh",
    any: [/^--method=DELETE/iu, /^DELETE$/u],
    level: "destructive",
    text: "it sends a DELETE request",
    source: "RFC 9110, 9.3.5",
  },
  {
    rule: "http-change",
    command: "http https xh",
    any: [/^(?:POST|PUT|PATCH)$/u],
    level: "change",
    text: "it sends data, which may change something",
    source: "RFC 9110, 9.3.3",
  },
];
