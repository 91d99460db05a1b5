import { lastRun } from "../../hooks/log/last-run.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { text } from "../../reply.ts";
import type { Section } from "./section.ts";

/** Whether hooks are alive: when one ran last. */
export const hooks: Section = async ({ place }) => {
  const last = lastRun(place.project);
  const content = { lastAt: last ? new Date(last.at).toISOString() : null, lastEvent: last?.event ?? null };
  if (last) return { content, parts: [text(`Hooks ran last at ${momentInWords(last.at)} (${last.event}).`, "good")] };
  const sentence = "No hook has run here, or its log is gone: nextrust setup registers them with Claude Code.";
  return { content, parts: [text(sentence, "idle")] };
};
