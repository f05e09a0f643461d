/**
 * Makes the Vite plugin that tells pages what they are built as, in constants (`env.d.ts`).
 *
 * `import.meta.env` would do, did not a variable of the same name in the environment override it.
 * No I/O.
 */
export function createConstantsPlugin(base: string): {
  name: string;
  config(config: unknown, how: { command: "build" | "serve" }): { define: Record<string, string> };
} {
  return {
    name: "opswright:constants",
    config: (_config, { command }) => ({
      define: {
        __SITE_BASE__: JSON.stringify(base.replace(/\/?$/, "/")),
        __SITE_IS_BUILT__: JSON.stringify(command === "build"),
      },
    }),
  };
}
