/** The same for all sites of a host; `public/theme.js` reads it before the page is painted. */
const storageName = "opswright:theme";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Lets the button go through the themes; the chosen one is remembered, and other windows follow. */
export function startThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (button === null) return;
  show(button, currentTheme());
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? "system";
    apply(next);
    keep(next);
    show(button, next);
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== storageName) return;
    apply(themes.find((theme) => theme === newValue) ?? "system");
    show(button, currentTheme());
  });
}

function currentTheme(): Theme {
  const set = document.documentElement.dataset["theme"];
  return themes.find((theme) => theme === set) ?? "system";
}

function apply(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
}

function keep(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(storageName);
    else localStorage.setItem(storageName, theme);
  } catch {
    // It lasts until the page is closed.
  }
}

function show(button: HTMLButtonElement, theme: Theme): void {
  button.dataset["themeSwitch"] = theme;
  button.setAttribute("aria-label", `Theme: ${theme === "system" ? "as the system" : theme}`);
  button.title = `Theme: ${theme === "system" ? "as the system" : theme}`;
}
