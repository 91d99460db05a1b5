import type { KnownBlock, RichTextBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import type { Answer } from "../../pipeline/outbox.ts";
import type { Part, Reply, Row } from "../../reply.ts";
import { type ChartBlock, renderChart } from "./block-kit-chart.ts";
import { renderSaid } from "./block-kit-said.ts";
import { plainText, renderSteps } from "./block-kit-steps.ts";
import { titleOf } from "./chart-drawing.ts";
import { chartTable } from "./chart-table.ts";
import { inOneLine, moodIcons } from "./icons.ts";
import { clip, printable } from "./printable.ts";
import { cell, link, plain, type Room, section, take } from "./rich-text.ts";

export interface SlackMessage {
  /** What a phone's notification and a screen reader say. */
  readonly text: string;
  readonly blocks: SlackBlock[];
  /** Where there are charts: the same with tables in their place, for a Slack that does not take them. */
  readonly withoutCharts?: SlackBlock[];
}

export type SlackBlock = KnownBlock | ChartBlock;

/** Slack refuses more than about 13,200 characters over all blocks of a message (`msg_blocks_too_long`, bolt-js #2509). */
const mostCharacters = 12_000;
const longestNote = 200;
const mostContext = 10;
/** Slack draws no more in a message. */
const mostCharts = 2;

export interface Around {
  /** Who asked, where others read along. */
  readonly asker?: string;
  /** How commands are typed here: `/ci `. */
  readonly prefix?: string;
  /** What must be said besides. */
  readonly note?: string;
  /** Names the message in its first block, where events about it show it: at most 255 characters. */
  readonly id?: string;
  /** Nobody else reads along. */
  readonly isPrivate?: boolean;
}

/** Renders answers as one Slack message. Everything is rich text: Slack parses no markup, mention or link in it, so nothing needs escaping. */
export function renderBlockKit(answers: readonly Answer[], around: Around = {}): SlackMessage {
  const first = answers[0];
  const text = escapeMrkdwn(first ? inOneLine(first.reply, around.asker) : "");
  const blocks = renderBlocks(answers, around, mostCharts);
  const hasChart = blocks.some(({ type }) => type === "data_visualization");
  return { text, blocks, ...(hasChart && { withoutCharts: renderBlocks(answers, around, 0) }) };
}

function renderBlocks(
  answers: readonly Answer[],
  { asker, prefix = "", note, id, isPrivate = false }: Around,
  charts: number,
): SlackBlock[] {
  const room = { left: mostCharacters, charts };
  const blocks = answers.flatMap(({ reply }) => renderReply(reply, room, isPrivate));
  const asked = asker === undefined ? [] : answers.map(({ command = "" }) => `${asker} asked ${prefix}${clip(command, 200)}`);
  const context = [...asked, ...(note === undefined ? [] : [note])];
  if (context.length > 0)
    blocks.push({ type: "context", elements: context.slice(0, mostContext).map((line) => plainText(take(line, room) || " ")) });
  if (id !== undefined && blocks[0]) blocks[0] = { ...blocks[0], block_id: id };
  return blocks;
}

/** For the few places where Slack takes only its own markup. */
function escapeMrkdwn(value: string): string {
  return printable(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function renderReply(reply: Reply, room: Room, isPrivate: boolean): SlackBlock[] {
  const blocks: (RichTextBlock | ChartBlock)[] = [];
  const say = (elements: RichTextBlockElement[]) => {
    const last = blocks.at(-1);
    if (last?.type === "rich_text") last.elements.push(...elements);
    else if (elements.length > 0) blocks.push({ type: "rich_text", elements });
  };
  for (const part of reply.parts) {
    // A chart is a block of its own among the rich text.
    const drawn = part.kind === "chart" ? renderChart(part, room) : undefined;
    if (drawn) blocks.push(drawn.block);
    say(drawn ? (drawn.note === undefined ? [] : [section(plain(drawn.note, room))]) : renderPart(part, room));
  }
  if (reply.link) say([section(link(reply.link.text, reply.link.url, room))]);
  return [...(blocks.length > 0 ? blocks : [renderParts([])]), ...renderSteps(reply, isPrivate)];
}

/** Parts as one block of rich text, for a message, a modal or the App Home. */
export function renderParts(parts: readonly Part[], room: Room = { left: mostCharacters }): RichTextBlock {
  return { type: "rich_text", elements: parts.flatMap((part) => renderPart(part, room)) };
}

function renderPart(part: Part, room: Room): RichTextBlockElement[] {
  switch (part.kind) {
    case "text": {
      const icon = part.mood ? `${moodIcons[part.mood]} ` : "";
      return [section(plain(`${icon}${part.text}`, room, part.mood !== undefined))];
    }
    case "facts":
      return [
        section(
          ...part.facts.flatMap(({ label, value }, index) => [
            plain(`${index === 0 ? "" : "\n"}${label}: `, room, true),
            ...cell(value, room),
          ]),
        ),
      ];
    case "table": {
      const elements = part.rows.flatMap((row) => (room.left > 0 ? [section(...renderRow(row, room))] : []));
      const list: RichTextBlockElement = { type: "rich_text_list", style: "bullet", elements };
      const left = part.rows.length - elements.length;
      const cut = left === 0 ? [] : [`${left} more ${left === 1 ? "does" : "do"} not fit into this message.`];
      const notes = [...cut, ...(part.more ? [part.more] : [])];
      // What is missing must be said, so that it always has room.
      const said = notes.map((note) => section(plain(note, room.left > longestNote ? room : { left: longestNote })));
      return [...(elements.length > 0 ? [list] : []), ...said];
    }
    case "chart": {
      // The cells of a list have no heads, so that they stand above it.
      const table = chartTable(part);
      const heads = [titleOf(part), ...table.columns.slice(1)].join(" · ");
      return [section(plain(heads, room, true)), ...renderPart(table, room)];
    }
    case "excerpt":
      return [{ type: "rich_text_preformatted", elements: [plain(part.text, room)] }];
    case "file":
      return [section(plain(`📎 ${part.name}`, room))];
    case "said":
      return renderSaid(part, room);
  }
}

function renderRow({ mood, cells }: Row, room: Room): RichTextElement[] {
  const icon = mood ? [plain(`${moodIcons[mood]} `, room)] : [];
  return [
    ...icon,
    ...cells.flatMap((each, index) => (index === 0 ? cell(each, room, cells.length > 1) : [plain(" · ", room), ...cell(each, room)])),
  ];
}
