import { describe, expect, test } from "vitest";
import { FrameSplitter } from "../../src/node/frame-splitter.ts";

const stream = Buffer.from(
  "out\n\u001e4f1c done push 0 \nmo\u001ere\u001e4f1c-no\n\u001e4f1c over 3 12 13\nend\u001e4f1",
  "latin1",
);

/** The parts as text, bytes that follow each other joined. */
function split(chunks: readonly Uint8Array[]): readonly string[] {
  const splitter = new FrameSplitter("4f1c");
  const parts: string[] = [];
  const add = (bytes: Uint8Array): void => {
    const text = Buffer.from(bytes).toString("latin1");
    if (parts.at(-1)?.startsWith("bytes ") === true) parts.push(`${parts.pop() ?? ""}${text}`);
    else if (text !== "") parts.push(`bytes ${text}`);
  };
  for (const chunk of chunks) {
    for (const part of splitter.push(chunk)) {
      if (part.kind === "bytes") add(part.bytes);
      else parts.push(`frame ${part.text}`);
    }
  }
  add(splitter.flush());
  return parts;
}

const whole = [
  "bytes out\n",
  "frame done push 0",
  "bytes mo\u001ere\u001e4f1c-no\n",
  "frame over 3 12 13",
  "bytes end\u001e4f1",
];

describe("frames between the bytes of steps", () => {
  test("are taken out, and what only looks like one is passed on", () => {
    expect(split([stream])).toEqual(whole);
  });

  test("are found wherever a chunk ends", () => {
    for (let at = 0; at <= stream.length; at += 1) {
      expect(split([stream.subarray(0, at), stream.subarray(at)]), `cut at ${at}`).toEqual(whole);
    }
    expect(split(Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test("do not hold back what is no frame, however long it is", () => {
    const long = Buffer.from(`\u001e4f1c ${"x".repeat(5000)}`);
    const splitter = new FrameSplitter("4f1c");
    expect(splitter.push(long)).toEqual([{ kind: "bytes", bytes: long }]);
  });
});
