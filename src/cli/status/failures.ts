import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { repeatedFailures } from "../../pipeline/sessions/command-failures.ts";
import type { Part } from "../../reply.ts";
import type { Section } from "./section.ts";

const mostShown = 5;
const looksAt = 100;

/** What fails again and again at the commit that is checked out. */
export const failures: Section = async (checkout) => {
  const commit = checkout.head()?.sha ?? "";
  const newest = checkout.existingJournal()?.failures.newest(looksAt) ?? [];
  const here = repeatedFailures(newest, commit)
    .filter((one) => one.commit === commit)
    .slice(0, mostShown);
  const content = here.map(({ command, failures: times, lastAt, errors, knownIssue, isHelpAsked }) => ({
    command,
    failures: times,
    lastAt: new Date(lastAt).toISOString(),
    error: errors.at(-1) ?? "",
    knownIssue: knownIssue ?? null,
    isHelpAsked,
  }));
  const rows = here.map(({ command, failures: times, lastAt, errors, knownIssue }) => ({
    mood: "bad" as const,
    cells: [
      command,
      `${times} ×, last ${momentInWords(lastAt)}`,
      knownIssue === undefined ? (errors.at(-1) ?? "") : `known issue ${knownIssue}`,
    ],
  }));
  const table: Part = { kind: "table", columns: ["Fails at this commit", "How often", "Why"], rows };
  return { content, parts: here.length === 0 ? [] : [table] };
};
