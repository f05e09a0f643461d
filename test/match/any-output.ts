import * as fc from "fast-check";

/** Texts of pieces that mean something somewhere, and of any bytes. */
export const anyOutput = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ..."...|[..]|[..x..]|[TIME]|[SHA]| (re)| (glob)| (glob+)| (esc)| (eq)| (no-eol)| (?)| (*)|[1]|a|b.*|*|?|\\|\\x41|\\t|\n|\n\n|\r\n|\r| |\t|\u001b[1m|é|😀|\0".split(
          "|",
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => new TextEncoder().encode(parts.join(""))),
  fc.uint8Array({ maxLength: 40 }),
);
