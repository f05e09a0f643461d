import { readFile } from "node:fs/promises";

/** A file of answers that cannot be read. */
export class AnswersFileError extends Error {
  override readonly name = "AnswersFileError";
}

/** Reads the text of a file of answers. Throws `AnswersFileError`. Reads the file. */
export async function readAnswersFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new AnswersFileError(`The file of answers ${file} cannot be read.`, { cause });
  }
}
