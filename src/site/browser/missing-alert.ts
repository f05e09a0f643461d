/** Says on the page for what is not there that an alert has no runbook, where an alert's was asked for. */
const place = document.querySelector<HTMLElement>("[data-missing]");
const alerts = place?.dataset["missing"] ?? "";
const { pathname } = window.location;
if (place !== null && alerts !== "" && pathname.startsWith(alerts)) {
  const [name = ""] = pathname.slice(alerts.length).split("/");
  const heading = document.querySelector("h1");
  if (name !== "" && heading !== null) {
    const shown = decode(name);
    heading.textContent = `No runbook is written for ${shown}`;
    place.textContent = `It may have another name here: look at all alerts. If nobody has written down what to do, name the alert in a runbook's front matter, alerts: [${shown}], and this address leads there.`;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
