import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReadinessCheck } from "../../src/node/check-readiness.ts";

const readiness = createReadinessCheck();
const server = createServer((request, response) => {
  response.writeHead(Number(request.url?.slice(1))).end("x".repeat(100_000));
});
let folder: string;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "opswright-ready-"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  ({ port } = server.address() as AddressInfo);
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const askHttp = (url: string) => readiness.check({ kind: "http", url }, folder);
const askPort = (text: string) => readiness.check({ kind: "port", port: text }, folder);
const askFile = (name: string) => readiness.check({ kind: "file", path: name }, folder);

test("a server is ready that answers without an error, by a redirection too", async () => {
  expect(await askHttp(`http://127.0.0.1:${port}/200`)).toBeUndefined();
  expect(await askHttp(`http://127.0.0.1:${port}/302`)).toBeUndefined();
  expect(await askHttp(`http://127.0.0.1:${port}/503`)).toBe(
    `http://127.0.0.1:${port}/503 answers with status 503`,
  );
});

test("a port is ready that accepts a connection", async () => {
  expect(await askPort(String(port))).toBeUndefined();
  // Below 1024, and nobody's here.
  expect(await askPort("1")).toBe("port 1 is closed (connection refused)");
  expect(await askPort("http")).toBe("http is no port");
});

test("a file is ready that is there", async () => {
  expect(await askFile("up")).toBe("there is no up");
  await writeFile(path.join(folder, "up"), "");
  expect(await askFile("up")).toBeUndefined();
});

test.each([
  // Ports that a browser, and `fetch`, would refuse to ask at all.
  ["http://127.0.0.1:1/", "http://127.0.0.1:1/ does not answer (connection refused)"],
  ["http://127.0.0.1:99999/", "http://127.0.0.1:99999/ does not answer (Invalid URL)"],
])("%s is told as what it is", async (url, words) => {
  expect(await askHttp(url)).toBe(words);
});
