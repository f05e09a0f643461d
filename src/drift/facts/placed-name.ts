import type { Span } from "../../model/source.ts";

/** A name and where it stands. */
export interface PlacedName {
  readonly name: string;
  readonly path: string;
  readonly span: Span | undefined;
}
