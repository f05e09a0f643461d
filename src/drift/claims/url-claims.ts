import type { CommandStep } from "../../model/runbook.ts";
import type { Span } from "../../model/source.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { readKnownValues, type KnownValues } from "./known-values.ts";
import { findLocalUrls, type LocalUrl } from "./local-url.ts";
import { readStartedPorts } from "./started-ports.ts";

/** An address of a service: on this machine, or below an input of type url. */
export interface UrlClaim {
  /** The input that it stands behind: `APP_URL`; absent for localhost. */
  readonly base?: string | undefined;
  /** Absent where none is written, or where it is a variable that is not known. */
  readonly port?: number | undefined;
  /** `/health/ready`; empty where only the host is named. Expansions stand as written. */
  readonly path: string;
  /** True where a container or another machine asks, whose localhost is another. */
  readonly isElsewhere: boolean;
  /** Whether the same document has something listen on the port, or may have. */
  readonly started: "here" | "perhaps" | "no";
}

/** Addresses of local services. */
export const urlClaims: ClaimKind<UrlClaim> = {
  name: "url",
  title: "addresses of services",
  description:
    'Addresses of `localhost`, `127.0.0.1`, `[::1]` and `0.0.0.0` in commands, inline code and links, with port and path; in commands also what stands behind an input of type `url` (`"$APP_URL/health"`). A port that is a variable counts as the input\'s default, or as the literal that the document assigns. Other hosts are left out.',
  collect(document) {
    const values = readKnownValues(document);
    const found = new Map<number, FoundUrl>();
    for (const url of findUrls(document, values)) {
      const known = found.get(url.span.start.offset);
      // `ssh HOST "curl …"` is read twice, as ssh's word and as curl's.
      if (known === undefined || url.isElsewhere) found.set(url.span.start.offset, url);
    }
    if (found.size === 0) return [];
    const started = readStartedPorts(document, values);
    return [...found.values()]
      .toSorted((one, other) => one.span.start.offset - other.span.start.offset)
      .map(({ url, span, origin, isElsewhere, step }): FoundClaim<UrlClaim> => {
        const { base, port, path, text } = url;
        return {
          value: { base, port, path, isElsewhere, started: started.judge(port, step) },
          span,
          text,
          origin,
        };
      });
  },
};

interface FoundUrl {
  readonly url: LocalUrl;
  readonly span: Span;
  readonly origin: FoundClaim<UrlClaim>["origin"];
  readonly isElsewhere: boolean;
  readonly step?: CommandStep | undefined;
}

const clients = new Set(["curl", "wget", "http", "https", "xh", "open", "xdg-open"]);

function findUrls(document: DriftDocument, values: KnownValues): readonly FoundUrl[] {
  const { parsed, lines, commands } = document;
  const inCommands = commands.flatMap((placed) => findInCommand(placed, values));
  const inCode = parsed.inlineCodes.flatMap(({ text, span }): FoundUrl[] => {
    if (span.start.line !== span.end.line) return [];
    return findLocalUrls(text, values, false).map((url) => ({
      url,
      span: lines.spanOf(span.start.offset + url.start, span.start.offset + url.end),
      origin: "inline",
      isElsewhere: false,
    }));
  });
  const inLinks = parsed.links.flatMap(({ target, span }): FoundUrl[] => {
    const [url] = findLocalUrls(target, values, false);
    if (url === undefined || url.start !== 0) return [];
    const source = parsed.source.text.slice(span.start.offset, span.end.offset);
    // Of a link with a text of its own, the address stands behind that.
    const at = source.lastIndexOf(url.text);
    const start = span.start.offset + Math.max(at, 0);
    const found = at === -1 ? span : lines.spanOf(start, start + url.text.length);
    return [{ url, span: found, origin: "prose", isElsewhere: false }];
  });
  return [...inLinks, ...inCode, ...inCommands];
}

function findInCommand(placed: PlacedCommand, values: KnownValues): readonly FoundUrl[] {
  const { command, origin, step } = placed;
  const isClient = clients.has(command.name);
  return command.words.flatMap((word, index): FoundUrl[] => {
    const range = command.ranges[index];
    if (index === 0 || range === undefined) return [];
    return findLocalUrls(word, values, isClient).map((url) => {
      // The text of a quoted literal lacks its quotes, its place has them.
      const extra = range.end - range.start - word.length;
      const start = range.start + (extra === 2 ? 1 : 0) + url.start;
      const isExact = extra === 0 || extra === 2;
      const place = isExact ? { start, end: start + url.text.length } : range;
      return {
        url,
        span: placed.locate(place),
        origin,
        step,
        isElsewhere: command.place !== "here" || step?.attributes.on !== undefined,
      };
    });
  });
}
