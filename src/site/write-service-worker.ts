import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** The service worker's place in a built site: at its top, since it serves what is below its place. */
export const serviceWorkerFile = "service-worker.js";

/** Between what is written here and the worker's own text, so that writing again changes nothing. */
const end = "/* The files of the site stand above. */\n";

/** What a browser shows, or needs for that; texts for programs and badges for others' pages are not. */
const isKept = (file: string): boolean =>
  !/\.(?:md|txt|xml|map)$|^badges\//u.test(file) && file !== serviceWorkerFile;

/**
 * Tells the service worker of a built site which files there are, by path and digest.
 *
 * A site of the same files gets the same worker. Throws where the folder has no worker. Reads all
 * files below `folder` and writes one.
 *
 * @returns how many files are kept for reading offline.
 */
export async function writeServiceWorker(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .filter(isKept)
    .toSorted();
  const files: Record<string, string> = {};
  for (const name of names) {
    const digest = createHash("sha256").update(await readFile(path.join(folder, name)));
    // Half of its digits are more than enough to tell two versions of a file apart.
    files[name.replace(/(?:^|(?<=\/))index\.html$/u, "")] = digest.digest("hex").slice(0, 32);
  }
  const worker = path.join(folder, serviceWorkerFile);
  const text = await readFile(worker, "utf8");
  const own = text.slice(text.indexOf(end) === -1 ? 0 : text.indexOf(end) + end.length);
  // `JSON.stringify` leaves nothing in a name that could end the string in which it stands.
  const list = `self.opswrightSite = ${JSON.stringify({ files })};\n`;
  await writeFile(worker, `${list}${end}${own}`);
  return names.length;
}
