import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { findDescriptorProblem } from "../../src/node/find-descriptor-problem.ts";
import { openEventSink } from "../../src/node/open-event-sink.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

it("adds to a file, which it makes for its owner alone", async () => {
  const file = path.join(makeTemporaryFolder(), "events");
  for (const line of ["one\n", "two\n"]) {
    const sink = openEventSink({ file }, () => {});
    sink.write(line);
    await sink.close();
  }
  expect(readFileSync(file, "utf8")).toBe("one\ntwo\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("gives up a reader that takes nothing, once", async () => {
  const fifo = path.join(makeTemporaryFolder(), "fifo");
  execFileSync("mkfifo", [fifo]);
  // Open at both ends, and nobody reads.
  const descriptor = openSync(fifo, "r+");
  const reasons: string[] = [];
  const sink = openEventSink({ descriptor }, (reason) => reasons.push(reason));
  const line = `${"x".repeat(1024 * 1024)}\n`;
  for (let count = 0; count < 70; count += 1) sink.write(line);
  await sink.close();
  expect(reasons).toEqual(["its reader takes nothing"]);
});

it("knows which descriptors can be written to", () => {
  const file = path.join(makeTemporaryFolder(), "file");
  writeFileSync(file, "");
  const reading = openSync(file, "r");
  const writing = openSync(file, "a");
  expect(findDescriptorProblem(writing)).toBeUndefined();
  expect(findDescriptorProblem(reading)).toBe("is open for reading alone");
  closeSync(reading);
  expect(findDescriptorProblem(reading)).toBe("is not open");
  closeSync(writing);
  expect(findDescriptorProblem(2 ** 40)).toBe("is not open");
});
