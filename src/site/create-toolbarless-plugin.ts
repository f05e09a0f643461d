/** What Vite knows of an environment, as far as it is changed here. */
interface EnvironmentOptions {
  optimizeDeps?: { include?: string[] };
}

/**
 * Makes the Vite plugin that keeps the packages of Astro's toolbar from being bundled.
 *
 * Astro names them although the toolbar is off, and they are the only ones that it names. Vite bundled
 * them anew at each first build of a project, for a second and more, and beside our package if that can
 * be written to: two builds at once then wrote the same files. No I/O.
 */
export function createToolbarlessPlugin(): {
  name: string;
  configEnvironment: {
    order: "post";
    handler(name: string, options: EnvironmentOptions): void;
  };
} {
  return {
    name: "opswright:toolbarless",
    configEnvironment: {
      order: "post",
      handler(_name, options) {
        if (options.optimizeDeps !== undefined) options.optimizeDeps.include = [];
      },
    },
  };
}
