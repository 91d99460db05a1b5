import { momentInWords } from "../../pipeline/moment-in-words.ts";
import type { SpoolStanding } from "../../pipeline/sessions/spool.ts";
import { type Mood, type Part, text } from "../../reply.ts";
import type { Section } from "./section.ts";

const nothing: SpoolStanding = { waiting: 0, aside: 0, lost: 0 };

/** What waits for the bot or the ledger, and what keeps it. */
export const spool: Section = async (checkout) => {
  const standing = checkout.existingJournal()?.spool.standing() ?? nothing;
  const { oldestAt, trouble, ...counts } = standing;
  const content = { ...counts, oldestAt: oldestAt === undefined ? null : new Date(oldestAt).toISOString(), trouble: trouble?.text ?? null };
  return { content, parts: inWords(standing) };
};

function inWords({ waiting, oldestAt, aside, lost, trouble }: SpoolStanding): Part[] {
  const lines: [string, Mood][] = [];
  if (waiting > 0 && oldestAt !== undefined) {
    const why = trouble ? ` ${trouble.text}` : "";
    lines.push([
      `${events(waiting, "waits", "wait")} to be told, the oldest since ${momentInWords(oldestAt)}.${why} To try now: nextrust sync`,
      "busy",
    ]);
  }
  if (aside > 0) lines.push([`${events(aside, "was", "were")} refused and kept. To see why: nextrust sync --dry-run`, "bad"]);
  if (lost > 0) lines.push([`${events(lost, "is", "are")} lost, because too many waited: see that NEXTRUST_URL leads to a bot.`, "bad"]);
  return lines.map(([line, mood]) => text(line, mood));
}

const events = (count: number, one: string, more: string): string => (count === 1 ? `1 event ${one}` : `${count} events ${more}`);
