/**
 * Adds to `package-lock.json` the packages for other platforms that the registry at hand lacks.
 *
 * npm leaves out of the lock file each optional package that it could not look up, and `npm ci` then
 * refuses that lock file everywhere. Run this after each `npm install` that changed it.
 */
import { readFile, writeFile } from "node:fs/promises";

/** The part of a lock file's package that matters here. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

/** A parsed `package-lock.json` of version 3; its `packages` are keyed by place, `""` first. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const platformName =
  /(?:binding-|\/)(?<os>[a-z0-9]+)-(?<cpu>arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(?<abi>\w+))?$/;

/**
 * Returns the lock file with every platform package that one of its packages names.
 *
 * What is known of a missing one is in its name (`@oxlint/binding-linux-arm64-musl`) and in the
 * package that names it. Throws where the name tells no platform. No I/O.
 */
export function completeLockFile<T extends LockFile>(lock: T): T {
  const present = new Set(Object.keys(lock.packages).map(nameOf));
  const { "": root, ...others } = lock.packages;
  const packages: Record<string, LockedPackage> = others;
  for (const owner of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      if (!present.has(name)) packages[`node_modules/${name}`] = describe(name, version, owner);
    }
  }
  const sorted = Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: { ...(root && { "": root }), ...Object.fromEntries(sorted) } };
}

function describe(name: string, version: string, owner: LockedPackage): LockedPackage {
  const { os, cpu, abi } = platformName.exec(name)?.groups ?? {};
  if (os === undefined || cpu === undefined) {
    throw new Error(`${name} is not in the lock file, and its name tells no platform: install it.`);
  }
  const libc = abi?.includes("musl") ? "musl" : "glibc";
  return {
    version,
    cpu: [cpu],
    ...(owner.dev && { dev: true }),
    ...(os === "linux" && abi !== undefined && { libc: [libc] }),
    ...(owner.license !== undefined && { license: owner.license }),
    optional: true,
    os: [os],
    ...(owner.engines && { engines: owner.engines }),
  };
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

if (import.meta.main) {
  const file = new URL("../package-lock.json", import.meta.url);
  // Our own file, in the shape that npm writes.
  const lock = JSON.parse(await readFile(file, "utf8")) as LockFile;
  const complete = completeLockFile(lock);
  await writeFile(file, `${JSON.stringify(complete, undefined, 2)}\n`);
  const added = Object.keys(complete.packages).length - Object.keys(lock.packages).length;
  console.log(`package-lock.json: ${added} packages for other platforms added.`);
}
