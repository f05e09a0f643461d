/**
 * The configuration of a project that has none: what the keys have by default, for the schema and for
 * those who need no schema.
 */
export const defaultConfiguration = {
  root: ".",
  runbooks: "runbooks",
  scripts: "scripts",
  worlds: "runbooks/_worlds",
  tests: [] as never[],
  subjects: [] as never[],
  rules: {},
  observe: ["shellcheck" as const],
  facts: {},
  targets: {},
  baseline: "runbooks/.baseline.json",
  runs: ".opswright/runs",
  site: {
    title: "Runbooks",
    base: "/",
    links: [] as never[],
    runs: true,
    outDir: "dist-site",
  },
};
