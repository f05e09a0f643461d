import { escapeControlCharacters, sanitiseProgramOutput } from "./sanitise-terminal-text.ts";

/** Makes any text the value of an XML attribute in double quotes, on one line. No I/O. */
export function toXmlAttribute(text: string): string {
  return escapeXml(escapeControlCharacters(text))
    .replaceAll('"', "&quot;")
    .replaceAll(/[\n\t]/gu, " ");
}

/** Makes any text the content of an XML element; what acts on a terminal is taken out. No I/O. */
export function toXmlContent(text: string): string {
  return escapeXml(
    sanitiseProgramOutput(text.replaceAll(/\r\n?/gu, "\n"), { keepsColours: false }),
  );
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\uFFFE\uFFFF]/gu, "\uFFFD");
}
