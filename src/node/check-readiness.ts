import { access } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import type { ReadinessCheck } from "../run/ports.ts";

/** A server that takes longer to answer is asked again. */
const answerLimitMs = 2000;

/**
 * Looks whether a server on this machine is ready: it answers a request without an error, accepts a
 * connection, or has made its file. Reads the network and the file system.
 */
export function createReadinessCheck(): ReadinessCheck {
  return {
    async check(probe, directory) {
      switch (probe.kind) {
        case "http":
          return checkAnswer(probe.url);
        case "port":
          return checkPort(probe.port);
        case "file":
          return access(path.resolve(directory, probe.path)).then(
            () => undefined,
            () => `there is no ${probe.path}`,
          );
      }
    },
  };
}

/** Not by `fetch`, which refuses some ports that a server of one's own may well have. */
async function checkAnswer(url: string): Promise<string | undefined> {
  // Loaded where a server is asked: it brings all of Node's HTTP, which few runs need.
  const { get } = url.startsWith("https:") ? await import("node:https") : await import("node:http");
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve(`${url} does not answer (${describe(error)})`);
    try {
      const request = get(url, { agent: false, timeout: answerLimitMs }, (response) => {
        const { statusCode = 0 } = response;
        response.destroy();
        resolve(statusCode < 400 ? undefined : `${url} answers with status ${statusCode}`);
      });
      request.once("timeout", () => {
        request.destroy(new Error(`nothing within ${answerLimitMs / 1000} s`));
      });
      request.once("error", fail);
    } catch (error) {
      fail(error);
    }
  });
}

function checkPort(text: string): Promise<string | undefined> {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.resolve(`${text} is no port`);
  }
  return new Promise((resolve) => {
    const socket = connect({ host: "localhost", port, timeout: answerLimitMs });
    const settle = (why: string | undefined): void => {
      socket.destroy();
      resolve(why);
    };
    socket.once("connect", () => settle(undefined));
    socket.once("timeout", () => settle(`port ${port} does not answer`));
    socket.once("error", (error) => settle(`port ${port} is closed (${describe(error)})`));
  });
}

/** @example "connection refused" */
function describe(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: "connection refused",
    ECONNRESET: "connection reset",
    ENOTFOUND: "no such host",
  };
  return words[code] ?? (error instanceof Error ? error.message || code : String(error));
}
