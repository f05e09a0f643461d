import type { VolatileWord } from "../model/expectation.ts";

/** What a volatile word stands for. */
export interface VolatileRule {
  /** A regular expression without groups that are numbered. `[CWD]` has the one for an unknown directory. */
  readonly pattern: string;
  /** Something that it matches. */
  readonly sample: string;
}

const date = String.raw`\d{4}[-/]\d{2}[-/]\d{2}`;
const clock = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm])?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2}(?: \([A-Za-z ]+\))?))?`;
const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";

/** ISO 8601 and RFC 3339; RFC 2822 and HTTP; `date` and asctime; `ls` and syslog; the common log format; a clock. */
const time = [
  `${date}[T ]${clock}${zone}`,
  String.raw`(?:${day}, )?\d{1,2} ${month} \d{4},? ${clock}${zone}`,
  String.raw`(?:${day} )?${month} {1,2}\d{1,2}(?:,? \d{4})? ${clock}${zone}(?: \d{4})?`,
  String.raw`\d{2}/${month}/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?`,
  `${clock}${zone}`,
].join("|");

const unit = String.raw`(?:ns|us|µs|μs|ms|s|secs?|m|mins?|h|hrs?|d|(?:nano|micro|milli)?seconds?|minutes?|hours?|days?)`;
const port = "6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}";

/** Each volatile word, and what it stands for. */
export const volatileWords: Readonly<Record<VolatileWord, VolatileRule>> = {
  TIME: { pattern: time, sample: "2026-02-03T04:05:06Z" },
  UUID: {
    pattern: "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
    sample: "123e4567-e89b-42d3-a456-426614174000",
  },
  TMP: {
    pattern: String.raw`(?:/private)?(?:/tmp|/var/tmp|/dev/shm|/var/folders/[^/\s]+/[^/\s]+/T)(?:/[^\s:"'<>|,;()\[\]]*)?`,
    sample: "/tmp/tmp.Xa81bQ",
  },
  SHA: {
    pattern: "[0-9a-f]{64}|[0-9A-F]{64}|[0-9a-f]{7,40}|[0-9A-F]{7,40}",
    sample: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  },
  CWD: { pattern: String.raw`/[^\s:"'<>|,;()\[\]]*`, sample: "/srv/app" },
  PORT: { pattern: port, sample: "49152" },
  DURATION: {
    pattern: String.raw`\d+(?:\.\d+)? ?${unit}(?:(?:,| and|, and)? ?\d+(?:\.\d+)? ?${unit})*|\d+:\d{2}(?::\d{2})?(?:\.\d+)?`,
    sample: "1.2s",
  },
};
