import type { Answer } from "../../pipeline/outbox.ts";
import {
  type Action,
  type Cell,
  type Chart,
  cellWords,
  type Excerpt,
  type FilePart,
  type Part,
  type People,
  type Reply,
  type Row,
} from "../../reply.ts";
import { titleOf } from "./chart-drawing.ts";
import { chartTable } from "./chart-table.ts";
import { moodIcons } from "./icons.ts";
import { codeSpan, escapeMarkdown, fenced, markdownUrl } from "./markdown-escape.ts";
import { renderSaid } from "./markdown-said.ts";
import { replyMarker } from "./marker.ts";
import { renderMermaid } from "./mermaid.ts";
import { clip, printable } from "./printable.ts";

/** GitHub refuses longer comment bodies. */
export const longestComment = 65_536;
const longestExcerpt = 20_000;

/**
 * Renders answers as one GitHub comment: GitHub mails every comment, so the answers to one comment share one.
 *
 * @param key the outbox key, hidden in the comment so that it can be found again
 */
export function renderMarkdown(key: string, asker: string | undefined, prefix: string, answers: readonly Answer[]): string {
  const marker = `\n\n${replyMarker(key)}`;
  const body = answers.map(({ command, reply }) => renderReply(reply, command, asker, prefix)).join("\n\n---\n\n");
  return cutToFit(body, longestComment - marker.length) + marker;
}

/** One reply, without the marker. */
export function renderReply(reply: Reply, command: string | undefined, asker: string | undefined, prefix: string): string {
  const blocks = reply.parts.map(renderPart);
  if (reply.link) blocks.push(renderCell(reply.link));
  const steps = [...(reply.actions ?? []), ...(reply.choice?.options ?? [])];
  if (steps.length > 0) blocks.push(renderActions(steps, prefix));
  if (asker !== undefined && command !== undefined)
    blocks.push(`<sub>${escapeMarkdown(asker)} asked ${codeSpan(clip(prefix + command, 200))}</sub>`);
  return blocks.join("\n\n");
}

/** GitHub has no buttons: the commands stand there to be copied, inside a line, where they are none. */
function renderActions(actions: readonly Pick<Action, "label" | "command">[], prefix: string): string {
  return actions.map(({ label, command }) => `${escapeMarkdown(label)}: ${codeSpan(prefix + command)}`).join(" · ");
}

function renderPart(part: Part): string {
  switch (part.kind) {
    case "text":
      return part.mood ? `${moodIcons[part.mood]} **${escapeMarkdown(part.text)}**` : escapeMarkdown(part.text);
    case "facts":
      return part.facts.map(({ label, value }) => `- ${escapeMarkdown(label)}: ${renderCell(value)}`).join("\n");
    case "table":
      return (
        [
          line(part.columns),
          line(
            part.columns.map(() => "---"),
            false,
          ),
          ...part.rows.map(renderRow),
        ].join("\n") + (part.more ? `\n\n${escapeMarkdown(part.more)}` : "")
      );
    case "chart":
      return renderChart(part);
    case "excerpt":
      return renderExcerpt(part);
    case "file":
      return renderFile(part);
    case "said":
      return renderSaid(part);
  }
}

/** A suggestion that would be cut is only shown: pressing its button would write half of it. */
function renderExcerpt({ text, language }: Excerpt): string {
  const shown = clip(printable(text), longestExcerpt);
  return fenced(shown, language === "suggestion" && shown !== text ? "text" : language);
}

/** The drawing, and its numbers folded; the numbers alone where there is nothing to draw. */
function renderChart(chart: Chart): string {
  const title = escapeMarkdown(titleOf(chart));
  const table = renderPart(chartTable(chart));
  const drawn = renderMermaid(chart);
  if (!drawn) return `**${title}**\n\n${table}`;
  const numbers = `<details><summary>${title}: the numbers</summary>\n\n${table}\n\n</details>`;
  return [drawn.block, ...drawn.words.map(escapeMarkdown), numbers].join("\n\n");
}

/** Comments take no uploads: the beginning is shown, folded, whole lines only. */
function renderFile({ name, content }: FilePart): string {
  const whole = content.length <= longestExcerpt;
  const shown = whole ? content : content.slice(0, content.lastIndexOf("\n", longestExcerpt) + 1);
  const cut = whole ? "" : `\n\nCut after ${shown.split("\n").length - 1} lines. Ask in Slack for the whole file.`;
  return `<details><summary>${escapeMarkdown(name)}</summary>\n\n${fenced(printable(shown.trimEnd()))}${cut}\n\n</details>`;
}

function renderRow({ mood, cells }: Row): string {
  const rendered = cells.map(renderCell);
  return line(mood ? [`${moodIcons[mood]} ${rendered[0] ?? ""}`, ...rendered.slice(1)] : rendered, false);
}

function line(cells: readonly string[], isPlain = true): string {
  return `| ${cells.map((cell) => (isPlain ? escapeMarkdown(cell) : cell).replaceAll("\n", " ")).join(" | ")} |`;
}

function renderCell(cell: Cell): string {
  if (typeof cell === "object" && "people" in cell) return cell.people.map(mention).join(", ");
  return typeof cell === "string" || "at" in cell
    ? escapeMarkdown(cellWords(cell))
    : `[${escapeMarkdown(cell.text)}](${markdownUrl(cell.url)})`;
}

/** Whoever has an account is told; the rest are names. */
const mention = ({ name, login }: People["people"][number]): string =>
  login !== undefined && /^[A-Za-z0-9-]+$/.test(login) ? `@${login}` : escapeMarkdown(name);

/** Cuts at a line's end, and closes a fence that the cut left open; a suggestion goes as a whole. */
export function cutToFit(body: string, most: number): string {
  if (body.length <= most) return body;
  const note = "\n\n_Cut: the answer is longer than GitHub takes._";
  const kept = body.slice(0, most - note.length - 200);
  const whole = kept.slice(0, kept.lastIndexOf("\n"));
  const open = openFence(whole);
  if (open?.[2] === "suggestion") return whole.slice(0, open.index).trimEnd() + note;
  return whole + (open ? `\n${open[1]}` : "") + note;
}

/** The last fence, where nothing closes it: only a fence as long as itself does. */
function openFence(body: string): RegExpExecArray | undefined {
  let open: RegExpExecArray | undefined;
  for (const fence of body.matchAll(/^(`{3,})([a-z]*)$/gm)) {
    if (!open) open = fence;
    else if (fence[1] === open[1] && fence[2] === "") open = undefined;
  }
  return open;
}
