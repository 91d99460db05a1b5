import type { RichTextBlockElement } from "@slack/types";
import type { Link, Said, SaidBlock } from "../../reply.ts";
import { cell, link, plain, type Room, section } from "./rich-text.ts";

/** What a piece of rich text takes besides its words: a thousand links, or empty blocks of code, are too much too. */
const perPiece = 20;

/** What somebody said elsewhere. What is longer than Slack takes goes on where it was said. */
export function renderSaid(said: Said, room: Room): RichTextBlockElement[] {
  const { author, source, about, editedBy, blocks } = said;
  const what = about === undefined ? [] : [plain(`, ${about}`, room)];
  const edited = editedBy === undefined ? [] : [plain(` (edited by ${editedBy})`, room)];
  const elements: RichTextBlockElement[] = [
    section(plain(author, room, true), plain(" on ", room), link(source.text, source.url, room), ...what, ...edited),
  ];
  for (const block of blocks) {
    const { shown, isWhole } = fitting(block, room);
    if (shown) elements.push(renderBlock(shown, room));
    if (isWhole) continue;
    const rest = `Cut here: the rest is on ${source.text}.`;
    return [...elements, section(link(rest, source.url, { left: rest.length }))];
  }
  return elements;
}

/** As much of a block as there is room for; what it takes besides its words is taken from the room. */
function fitting(block: SaidBlock, room: Room): { readonly shown: SaidBlock | undefined; readonly isWhole: boolean } {
  room.left -= perPiece;
  if (room.left <= 0) return { shown: undefined, isWhole: false };
  if (block.kind === "code") return { shown: block, isWhole: block.text.length <= room.left };

  const cells: (string | Link)[] = [];
  let words = 0;
  for (const one of block.cells) {
    const cost = perPiece + (typeof one === "string" ? 0 : one.url.length);
    if (words + cost >= room.left) return { shown: cells.length === 0 ? undefined : { kind: "text", cells }, isWhole: false };
    room.left -= cost;
    words += typeof one === "string" ? one.length : one.text.length;
    cells.push(one);
  }
  return { shown: block, isWhole: words <= room.left };
}

function renderBlock(block: SaidBlock, room: Room): RichTextBlockElement {
  if (block.kind === "code") return { type: "rich_text_preformatted", elements: [plain(block.text, room)] };
  return section(...block.cells.flatMap((one) => cell(one, room)));
}
