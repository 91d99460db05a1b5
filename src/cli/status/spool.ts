import { momentInWords } from "../../pipeline/moment-in-words.ts";
import type { SpoolStanding } from "../../pipeline/sessions/spool.ts";
import { type Part, text } from "../../reply.ts";
import type { Section } from "./section.ts";

/** What waits for a bot. */
export const spool: Section = async (checkout) => {
  const standing = checkout.existingJournal()?.spool.standing() ?? { waiting: 0, lost: 0, aside: 0 };
  const { oldestAt, ...counts } = standing;
  const content = { ...counts, oldestAt: oldestAt === undefined ? null : new Date(oldestAt).toISOString() };
  return { content, parts: [...waitingParts(standing), ...lostParts(standing)] };
};

function waitingParts({ waiting, oldestAt }: SpoolStanding): Part[] {
  if (waiting === 0 || oldestAt === undefined) return [];
  const what = waiting === 1 ? "One event waits" : `${waiting} events wait`;
  return [text(`${what} for the bot or the ledger, the oldest since ${momentInWords(oldestAt)}. To send now: nextrust sync`, "busy")];
}

function lostParts({ lost }: SpoolStanding): Part[] {
  if (lost === 0) return [];
  const what = lost === 1 ? "One event was" : `${lost} events were`;
  return [text(`${what} not kept, because too many waited: see that NEXTRUST_URL leads to a bot, then run nextrust sync.`, "bad")];
}
