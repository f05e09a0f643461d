import { accessSync, constants } from "node:fs";
import path from "node:path";
import process from "node:process";
import { chromium, type Browser } from "playwright-core";

/** Chromium without what is around its pages: a third of the work for each of them. */
const shell = "chromium-headless-shell";
const names = [shell, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Features that are off. The last list given is the one in force, so this is Playwright's own, and then
 * the parts of the address bar that are pages themselves: each window would load and run two of them,
 * which takes longer than one of our pages.
 */
const featuresOff = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

/**
 * Starts Chromium without a window; at `debuggingPort` other programs may steer it too. Throws with
 * what to install where there is none.
 */
export async function openBrowser(
  options: { readonly debuggingPort?: number } = {},
): Promise<Browser> {
  const { debuggingPort } = options;
  // Chromium's own sandbox does not start for root, as in most containers.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  if (debuggingPort !== undefined) args.push(`--remote-debugging-port=${debuggingPort}`);
  const executablePath = findChromium();
  if (path.basename(executablePath) !== shell)
    args.push(`--disable-features=${featuresOff.join(",")}`);
  return chromium.launch({ executablePath, args });
}

function findChromium(): string {
  const given = process.env["OPSWRIGHT_CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const candidates = [
    ...(given === undefined ? [] : [given]),
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    "The browser tests need Chromium, which is not on PATH. Install it (apt-get install chromium-headless-shell), " +
      "or name it in OPSWRIGHT_CHROMIUM.",
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
