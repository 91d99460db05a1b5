import { withoutMarkers } from "./marker.ts";
import { printable } from "./printable.ts";

const zeroWidthSpace = "\u200b";
const wordJoiner = "\u2060";

/**
 * Makes plain text inert in GitHub's Markdown: no markup, no mention, no autolink, and no line that any bot could take for a command.
 */
export function escapeMarkdown(value: string): string {
  return printable(value)
    .replaceAll(/[\\`*_[\]<>~|$&!{}]/g, "\\$&")
    .replaceAll("@", `@${zeroWidthSpace}`)
    .replaceAll("://", "\\://")
    .replaceAll(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .split("\n")
    .map(escapeLineStart)
    .join("  \n");
}

/** Line by line and anchored, so that it stays linear on hostile input. */
function escapeLineStart(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  const rest = line
    .slice(indent.length)
    .replace(/^([#+\-=/:])/, "\\$1")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
  return (indent.length > 1 ? "&nbsp;".repeat(indent.length) : indent) + rest;
}

/** Text as code in a line. The parser of commands overlooks the marks, so that what is offered here may be copied. */
export function codeSpan(value: string): string {
  const content = printable(value).replaceAll(/\s+/g, " ").replaceAll("@", `@${zeroWidthSpace}`);
  const ticks = "`".repeat(longestRun(content, /`+/g) + 1);
  return `${ticks} ${content} ${ticks}`;
}

/** Text as a block of code, behind a fence longer than any inside it; lines that look like a bot's command are broken for naive bots. */
export function fenced(value: string, language = "text"): string {
  const fence = "`".repeat(Math.max(3, longestRun(value, /`+/g) + 1));
  const inert = withoutMarkers(value)
    .split("\n")
    .map((line) => line.replace(/^([ \t]*)\/(?=[a-z][\w-]*(\s|$))/i, `$1${wordJoiner}/`));
  return `${fence}${language}\n${inert.join("\n")}\n${fence}`;
}

/** An http(s) address for a Markdown link; anything else leads nowhere. */
export function markdownUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return "#";
  return `<${parsed.href.replaceAll(/[<>\\@]/g, (found) => encodeURIComponent(found))}>`;
}

function longestRun(value: string, pattern: RegExp): number {
  return Math.max(0, ...(value.match(pattern) ?? []).map((run) => run.length));
}
