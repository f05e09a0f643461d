/**
 * Keeps all pages of the site with what they need, and answers with them when the network does not.
 *
 * `write-service-worker.ts` puts the list of the files before this text. A file is kept by its digest:
 * a new version of the site loads what has changed alone, and is whole before it is used.
 */

/** What this worker's own text is preceded by. */
interface OfflineSite {
  /** Each file's path below the scope (`runbooks/deploy/`) and the digest of its content. */
  readonly files: Readonly<Record<string, string>>;
}

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchedEvent extends LastingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** As much of the worker's global scope as is used; the compiler knows the page's only. */
interface Worker {
  readonly opswrightSite: OfflineSite;
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", act: (event: LastingEvent) => void): void;
  addEventListener(name: "fetch", act: (event: FetchedEvent) => void): void;
}

const worker = globalThis as unknown as Worker;
const files: ReadonlyMap<string, string> = new Map(Object.entries(worker.opswrightSite.files));
const { scope } = worker.registration;
const cacheName = `opswright ${scope}`;
/** When a file was kept, in a header of its own. */
const timeHeader = "x-opswright-kept";
/** Whoever waits longer is better served with a copy. */
const patienceMs = 3000;
/** For so long after the network failed, what a page needs is not asked of it first. */
const distrustMs = 10_000;
const loadersAtOnce = 6;
/** Names that change with the content. */
const hashed = /^_astro\/|\.(?:pf_\w+|pagefind)$/;

let distrustedUntil = 0;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => event.waitUntil(removeOld()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  if (request.mode === "navigate") event.respondWith(answerPage(request));
  else if (files.has(pathOf(request.url))) event.respondWith(answerFile(request));
});

/** Loads what is not kept yet; fails where a file cannot be had, to be tried again later. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  const left = [...files];
  async function work(): Promise<void> {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [path, digest] = next;
      const key = keyOf(path, digest);
      if ((await cache.match(key)) !== undefined) continue;
      const response = await fetch(scope + encodePath(path), { cache: "no-cache" });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      const headers = new Headers(response.headers);
      headers.set(timeHeader, new Date().toISOString());
      // What was unpacked is kept unpacked.
      headers.delete("content-encoding");
      headers.delete("content-length");
      await cache.put(key, new Response(await response.blob(), { headers }));
    }
  }
  await Promise.all(Array.from({ length: loadersAtOnce }, work));
}

async function removeOld(): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = new Set([...files].map(([path, digest]) => keyOf(path, digest)));
  for (const { url } of await cache.keys()) if (!kept.has(url)) await cache.delete(url);
}

/** The network first, as long as it is quick and well; a copy says that it is one. */
async function answerPage(request: Request): Promise<Response> {
  const path = pathOf(request.url);
  const copy = await findCopy(files.has(path) ? path : "404.html");
  const fromNetwork = fetch(request).catch((): undefined => undefined);
  const first = await (copy === undefined ? fromNetwork : Promise.race([fromNetwork, pause()]));
  if (first !== undefined && (first.status < 500 || copy === undefined)) return first;
  distrustedUntil = Date.now() + distrustMs;
  return copy === undefined ? Response.error() : markCopy(copy);
}

/** What has its content's digest in its name never changes; all else is asked for, if it can be. */
async function answerFile(request: Request): Promise<Response> {
  const path = pathOf(request.url);
  const copy = await findCopy(path);
  const isSure = hashed.test(path) || Date.now() < distrustedUntil;
  if (copy !== undefined && isSure) return copy;
  const fromNetwork = fetch(request).catch((): undefined => undefined);
  const first = await (copy === undefined ? fromNetwork : Promise.race([fromNetwork, pause()]));
  return first ?? copy ?? Response.error();
}

async function findCopy(path: string): Promise<Response | undefined> {
  const digest = files.get(path);
  if (digest === undefined) return undefined;
  const cache = await caches.open(cacheName);
  return cache.match(keyOf(path, digest));
}

/** Writes into the page since when it is kept; `offline.ts` tells the reader. */
async function markCopy(copy: Response): Promise<Response> {
  const html = await copy.text();
  const time = copy.headers.get(timeHeader) ?? "";
  const marked = html.replace("<html", `<html data-copy-of="${time.replaceAll(/[^\w:.-]/g, "")}"`);
  return new Response(marked, { headers: copy.headers });
}

/** The path below the scope, decoded, as the list has it. */
function pathOf(address: string): string {
  const path = (address.split(/[?#]/, 1)[0] ?? "").slice(scope.length);
  try {
    const decoded = decodeURIComponent(path);
    return !files.has(decoded) && files.has(`${decoded}/`) ? `${decoded}/` : decoded;
  } catch {
    return path;
  }
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function keyOf(path: string, digest: string): string {
  return new URL(`${scope}${encodePath(path)}?kept=${digest}`).href;
}

function pause(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs);
  });
}
