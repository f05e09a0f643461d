// Loaded before the page is painted, so that none flashes in the colours that were not chosen.
try {
  const theme = localStorage.getItem("opswright:theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // The browser keeps nothing; the system's colours it is.
}
