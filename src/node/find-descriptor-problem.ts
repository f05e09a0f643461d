import { fstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";

const descriptors = "/proc/self/fd";

/**
 * Says why a descriptor cannot be written to, as the end of a sentence; undefined where it can.
 *
 * Node opens descriptors of its own, with numbers that nobody has given it: they count as not open.
 * Reads `/proc`; where there is none, any open descriptor will do.
 */
export function findDescriptorProblem(descriptor: number): string | undefined {
  try {
    fstatSync(descriptor);
  } catch {
    return "is not open";
  }
  const target = readTarget(descriptor);
  if (target === undefined) return undefined;
  // Loops, events and wake-ups of Node's; and a pipe with both of its ends here, too.
  if (target.startsWith("anon_inode:") || hasBothEnds(target)) return "is not open";
  return isWritable(descriptor) ? undefined : "is open for reading alone";
}

/** True where this process both reads and writes a pipe: nobody else is meant by it. */
function hasBothEnds(target: string): boolean {
  if (!target.startsWith("pipe:")) return false;
  const same = readdirSync(descriptors)
    .map(Number)
    .filter((one) => readTarget(one) === target);
  return new Set(same.map(isWritable)).size === 2;
}

/** What a descriptor leads to: a path, or `pipe:[123]`; undefined where that cannot be told. */
function readTarget(descriptor: number): string | undefined {
  try {
    return readlinkSync(`${descriptors}/${descriptor}`);
  } catch {
    return undefined;
  }
}

function isWritable(descriptor: number): boolean {
  const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8");
  const flags = Number.parseInt(/^flags:\s*([0-7]+)$/mu.exec(info)?.[1] ?? "2", 8);
  return (flags & 0b11) !== 0;
}
