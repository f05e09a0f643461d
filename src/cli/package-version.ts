import manifest from "../../package.json" with { type: "json" };

/** Opswright's own version, such as `0.1.0`. */
export const packageVersion: string = manifest.version;
