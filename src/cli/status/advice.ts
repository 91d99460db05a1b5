import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { shortSha } from "../../pipeline/next-step.ts";
import { mostTries } from "../../pipeline/sessions/commit-backoff.ts";
import { type Part, text } from "../../reply.ts";
import type { Section } from "./section.ts";

const mostShown = 5;
const looksAt = 1_000;

/** Which advice was asked for, and whether the commit has had its share of it. */
export const advice: Section = async (checkout) => {
  const journal = checkout.existingJournal();
  const all = journal?.advice.newest(looksAt) ?? [];
  const commit = checkout.head()?.sha ?? "";
  const stopped = journal?.backoff.newest(looksAt).filter((tries) => tries.commit === commit && tries.times >= mostTries) ?? [];
  const content = {
    waiting: all.map(({ id, at, channel, subject, reason, state }) => ({
      id,
      at: new Date(at).toISOString(),
      channel,
      subject,
      reason,
      state,
    })),
    stopped: stopped.map(({ tried, times }) => ({ tried, times })),
  };
  const given = stopped.map(({ tried, times }) =>
    text(
      `${commit === "" ? "The work here" : shortSha(commit)} had its ${times} times for a ${tried}: no more before the next commit, or nextrust clear-backoff.`,
      "idle",
    ),
  );
  if (all.length === 0) return { content, parts: given };
  const said = text(
    `${all.length === 1 ? "One request" : `${all.length} requests`} kept here, and told to the bot where there is one: it answers on the pull request, and /ci status says how each ended.`,
    "busy",
  );
  const table: Part = {
    kind: "table",
    columns: ["Asked", "Of", "For", "Why"],
    rows: all.slice(0, mostShown).map(({ at, channel, subject, reason }) => ({ cells: [momentInWords(at), channel, subject, reason] })),
  };
  return { content, parts: [said, table, ...given] };
};
