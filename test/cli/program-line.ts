/** The process of `run-in-turn.ts`: runs the program's main module anew for each call that it is told. */
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { ProgramCall } from "./run-in-turn.ts";

const [, , file = ""] = process.argv;
const streams = ["stdout", "stderr"] as const;
let count = 0;

// Each call adds its own, which the end of a process would take away.
for (const name of streams) process[name].setMaxListeners(0);

process.on("message", (call: ProgramCall) => {
  void run(call).then((transcript) => process.send?.(transcript));
});

async function run({ args, directory, environment }: ProgramCall) {
  const texts = { stdout: "", stderr: "" };
  const writers = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (text: string | Uint8Array): boolean => {
      texts[name] += typeof text === "string" ? text : Buffer.from(text).toString();
      return true;
    };
  }
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(directory);
  process.argv = [process.argv[0] ?? "", file, ...args];
  process.exitCode = undefined;
  count += 1;
  try {
    // Another address is another module; what it imports is there already.
    await import(`${pathToFileURL(file).href}?${count}`);
  } finally {
    for (const [index, name] of streams.entries()) {
      const write = writers[index];
      if (write !== undefined) process[name].write = write;
    }
    process.chdir("/");
  }
  return { exitCode: process.exitCode ?? 0, ...texts };
}
