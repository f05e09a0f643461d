import process from "node:process";
import { packageVersion } from "./package-version.ts";

const args = process.argv.slice(2);

// A reader that goes away (`| head`), or a terminal, is no error; what is left to say is said to nobody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && !(error.code === "EIO" && stream.isTTY)) throw error;
  });
}

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${packageVersion}\n`);
} else {
  try {
    const { runProgram } = await import("./run-program.ts");
    process.exitCode = await runProgram(args);
  } catch (error) {
    const { reportUnexpectedError } = await import("./report-unexpected-error.ts");
    const { exitCode, text } = reportUnexpectedError(error, { args, version: packageVersion });
    process.stderr.write(text);
    process.exitCode = exitCode;
  }
}
