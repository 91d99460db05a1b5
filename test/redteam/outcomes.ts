import MarkdownIt from "markdown-it";
import { findCommands } from "../../src/bot/github/find-commands.ts";
import { isOurs, keyIn } from "../../src/bot/render/marker.ts";
import { hasUnseen } from "../../src/pipeline/ai/plain-text.ts";
import { canary } from "./corpus.ts";

/** As GitHub shows it, nearly: HTML, tables, and addresses that become links by themselves. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** What is wrong with a text that the bot has put on GitHub; empty where nothing is. */
export function wrongOnGitHub(body: string): readonly string[] {
  const html = markdown.render(body);
  const shown = html.replaceAll(/<!--[\s\S]*?-->/g, "");
  const words = shown.replaceAll(/<(pre|code)\b[\s\S]*?<\/\1>/g, "");
  const markers = body.split("<!-- nextrust:reply ").length - 1;
  return [
    ...findCommands(body, "ci").commands.map((command) => `gives the command ${JSON.stringify(command)}`),
    ...(/^[ \t]*\/[a-z][\w-]*(?:\s|$)/im.test(body) ? ["has a line that looks like a command"] : []),
    ...(/(?<!\w)@[a-z]/i.test(words) ? ["mentions somebody"] : []),
    ...(/<img|<script|<iframe|<svg|<form|<input/i.test(shown) ? ["shows an image or runs HTML"] : []),
    ...(/href="[^"]*evil/i.test(shown) ? ["links to where others want"] : []),
    ...(/language-(?:mermaid|math|geojson|stl)/.test(shown) ? ["draws what others want"] : []),
    ...(isOurs(body) && (markers !== 1 || keyIn(body) === undefined) ? ["has a marker that is not its own"] : []),
    ...(isSecretIn(body) ? ["reveals a secret"] : []),
    ...(hidden(body) ? ["has something that nobody sees"] : []),
  ];
}

/** Ours are the zero-width space behind an at sign and the word joiner that breaks lines. */
const hidden = (body: string): boolean => hasUnseen(body.replaceAll("@\u200b", "@").replaceAll("\u2060", ""));

/** Also where it is parted by marks. */
export const isSecretIn = (text: string): boolean => text.replaceAll(/[^\w]/g, "").includes(canary.replaceAll(/[^\w]/g, ""));

/** What is wrong with what Slack was given. */
export function wrongInSlack(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wrongInSlack);
  if (typeof value !== "object" || value === null) return [];
  const { type, text, url } = value as { type?: unknown; text?: unknown; url?: unknown };
  const marked = type === "mrkdwn" && typeof text === "string" ? text : "";
  return [
    ...(/<!|<@|<https?:\/\/evil/.test(marked) ? ["marks up what others wrote"] : []),
    ...(type === "broadcast" || type === "usergroup" ? ["calls everybody"] : []),
    ...(typeof url === "string" && url.includes("evil.example") ? ["links to where others want"] : []),
    ...(typeof text === "string" && isSecretIn(text) ? ["reveals a secret"] : []),
    ...Object.values(value).flatMap(wrongInSlack),
  ];
}
