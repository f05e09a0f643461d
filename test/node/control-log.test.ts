import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { followControlLog, parseControlRecord } from "../../src/node/control-log.ts";
import type { ControlRecord } from "../../src/node/control-log.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

describe("a record", () => {
  it.each([
    ["n1 ready 2 4711", { type: "ready", generation: 2, pid: 4711 }],
    ["n1 keeper 0 4710", { type: "keeper", pid: 4710 }],
    ["n1 keeper 0 ", undefined],
    ["n1 begin push 3", { type: "begin", key: "push", channel: "3" }],
    ["n1 done push 3 ", { type: "done", key: "push", status: 3 }],
    ["n1 saved push 0 ", { type: "saved", key: "push", status: 0 }],
    ["n1 ended 1 137", { type: "ended", generation: 1, status: 137 }],
    ["n1 unstarted push ", { type: "unstarted", key: "push" }],
    ["n1 forgotten push ", { type: "forgotten", key: "push" }],
    ["n1 too-old 3.2.57(1)-release", { type: "too-old", detail: "3.2.57(1)-release" }],
    ["n2 done push 0 ", undefined],
    [" n1 done push 0 ", undefined],
    ["n1 done push", undefined],
    ["n1 done push -1", undefined],
    ["n1 done push 0x0", undefined],
    ["n1 other push 0", undefined],
    ["", undefined],
  ])("is read from %j with the run's mark alone", (line, record) => {
    expect(parseControlRecord(line, "n1")).toEqual(record);
  });
});

describe("following a log", () => {
  it("hands over whole lines in order, once each", async () => {
    const file = path.join(makeTemporaryFolder(), "control");
    writeFileSync(file, "n begin a 1\n");
    const heard: ControlRecord[] = [];
    const told = Promise.withResolvers<void>();
    const log = followControlLog(file, "n", (record) => {
      heard.push(record);
      if (record.type === "done") told.resolve();
    });

    log.read();
    appendFileSync(file, "n sav");
    log.read();
    expect(heard).toEqual([{ type: "begin", key: "a", channel: "1" }]);
    appendFileSync(file, "ed a 0\njunk\nn done a 0\n");
    await told.promise;
    log.read();
    log.close();

    expect(heard.map(({ type }) => type)).toEqual(["begin", "saved", "done"]);
  });
});
