/** Keeps the site for when the network is what is down, and says so when a page comes from there. */
export function startOffline(): void {
  const shownFrom = document.documentElement.dataset["copyOf"];
  if (shownFrom !== undefined) tell(new Date(shownFrom));
  const loaded = new Date();
  addEventListener("offline", () => tell(loaded));
  addEventListener("online", () => {
    if (shownFrom === undefined) document.querySelector("[data-offline]")?.remove();
  });
  if (!__SITE_IS_BUILT__ || !("serviceWorker" in navigator)) return;
  const start = (): void => void register();
  // What the page itself needs comes first.
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

async function register(): Promise<void> {
  // Who asks for little traffic is not sent the whole site.
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  if (connection?.saveData === true) return;
  try {
    await navigator.serviceWorker.register(`${__SITE_BASE__}service-worker.js`, {
      scope: __SITE_BASE__,
      updateViaCache: "none",
    });
  } catch {
    // Browsers have none on plain HTTP or in private windows; the site is the same without it.
  }
}

function tell(date: Date): void {
  const made = document.querySelector<HTMLElement>("[data-offline]");
  const place = made ?? document.createElement("p");
  place.className = "offline";
  place.dataset["offline"] = "";
  place.setAttribute("role", "status");
  if (made === null) document.body.prepend(place);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join("-");
  const when = Number.isNaN(date.getTime())
    ? ""
    : ` of ${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
  place.textContent = `You are offline. This is the copy${when}.`;
}
