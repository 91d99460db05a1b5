import { cellWords, type Mood, type Part, type Reply, saidWords } from "../../reply.ts";
import { clip, printable } from "./printable.ts";

export const moodIcons: Record<Mood, string> = { good: "✅", bad: "❌", busy: "⏳", idle: "⚪" };

/** A phone's notification shows this many characters. */
const phoneLine = 80;
const longestOwner = 25;

/**
 * The reply in one line, for a phone's notification and a screen reader.
 *
 * @param owner whose it is, where others see it
 */
export function inOneLine({ parts, outcome }: Reply, owner?: string): string {
  const first = parts[0];
  const icon = first?.kind === "text" && first.mood ? `${moodIcons[first.mood]} ` : "";
  const whose = owner === undefined ? "" : ` · ${clip(printable(owner), longestOwner)}`;
  return clip(icon + printable(first ? words(first) : outcome).replaceAll(/\s+/g, " "), phoneLine - [...whose].length) + whose;
}

function words(part: Part): string {
  switch (part.kind) {
    case "text":
    case "excerpt":
      return part.text;
    case "facts":
      return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join(", ");
    case "table":
      return part.columns.join(", ");
    case "chart":
      return part.title;
    case "file":
      return part.name;
    case "said":
      return `${part.author}: ${saidWords(part)}`;
  }
}
