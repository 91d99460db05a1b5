import type { RichTextElement, RichTextSection, RichTextText } from "@slack/types";
import { type Cell, cellWords, type Moment, type People } from "../../reply.ts";
import { clip, printable } from "./printable.ts";

/** What a message may still take. */
export interface Room {
  /** Characters. */
  left: number;
  /** None unless told: modals take no charts at all. */
  charts?: number;
}

export function cell(value: Cell, room: Room, isBold = false): RichTextElement[] {
  if (typeof value === "string") return [plain(value, room, isBold)];
  if ("people" in value)
    return value.people.flatMap((person, index) => [...(index === 0 ? [] : [plain(", ", room)]), mention(person, room)]);
  return ["at" in value ? date(value, room) : link(value.text, value.url, room)];
}

const mention = ({ name, slackUser }: People["people"][number], room: Room): RichTextElement =>
  slackUser === undefined ? plain(name, room) : { type: "user", user_id: slackUser };

/** Each person reads it in their own time zone. */
function date(moment: Moment, room: Room): RichTextElement {
  const fallback = take(cellWords(moment), room);
  return { type: "date", timestamp: Math.floor(moment.at / 1000), format: "{date_short_pretty} at {time}", fallback };
}

/** Slack refuses empty text elements. */
export function plain(value: string, room: Room, isBold = false): RichTextText {
  return { type: "text", text: take(value, room) || " ", ...(isBold && { style: { bold: true } }) };
}

export function link(value: string, url: string, room: Room): RichTextElement {
  const isWeb = /^https?:$/.test(URL.parse(url)?.protocol ?? "");
  return isWeb ? { type: "link", url, text: take(value, room) || url } : plain(value, room);
}

export function take(value: string, room: Room): string {
  const taken = room.left <= 0 ? "" : clip(printable(value), room.left);
  room.left -= taken.length;
  return taken;
}

export const section = (...elements: RichTextElement[]): RichTextSection => ({ type: "rich_text_section", elements });
