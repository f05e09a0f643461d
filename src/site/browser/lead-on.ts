/**
 * Leads from an alert's page on to its runbook, or into it from a list, and keeps what the alert has
 * filled in: `/alerts/DiskFull/?HOST=db-1` → `/runbooks/disk-full/?HOST=db-1`.
 */
const { search, hash } = window.location;
const target = document.querySelector<HTMLElement>("[data-lead-on]")?.dataset["leadOn"];
if (target !== undefined && target !== "") {
  // Not another entry of the history: "back" leads to where the alert was.
  window.location.replace(`${target}${search}${hash}`);
} else {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".rows a.row-link")) {
    link.href = `${link.pathname}${search}${hash}`;
  }
}
