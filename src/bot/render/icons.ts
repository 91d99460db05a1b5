import type { Mood, Part, Reply } from "../../reply.ts";
import { clip, printable } from "./limits.ts";

export const moodIcons: Record<Mood, string> = { good: "✅", bad: "❌", busy: "⏳", idle: "⚪" };

/** A phone's notification shows this many characters. */
const phoneLine = 80;

/** The reply in one line, for a phone's notification and a screen reader. */
export function inOneLine({ parts, outcome }: Reply): string {
  const first = parts.find((part): part is Extract<Part, { kind: "text" }> => part.kind === "text");
  const icon = first?.mood ? `${moodIcons[first.mood]} ` : "";
  return clip(icon + printable(first?.text ?? outcome).replaceAll(/\s+/g, " "), phoneLine);
}
