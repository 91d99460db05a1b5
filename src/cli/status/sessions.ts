import { clipped } from "../../pipeline/logs/clipped.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { type Accuracy, meanAccuracy } from "../../pipeline/sessions/accuracy.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import type { Session } from "../../pipeline/sessions/sessions.ts";
import { type Part, text } from "../../reply.ts";
import type { Section } from "./section.ts";

const mostShown = 3;
const mostPrompts = 200;
const longestId = 40;

/** The last sessions: what was read of each, what ccusage says of it, and how well their prompts were estimated. */
export const sessions: Section = async (checkout) => {
  const journal = checkout.existingJournal();
  if (!journal) return { content: { newest: [], estimates: inJson({ prompts: 0 }) }, parts: [] };
  const newest = journal.sessions.newest(mostShown).map((session) => ({ ...session, requests: requestsIn(journal, session) }));
  const accuracy = meanAccuracy(journal.prompts.newest(mostPrompts));
  const content = { newest: newest.map(sessionInJson), estimates: inJson(accuracy) };
  return { content, parts: [...(newest.length === 0 ? [] : [tableOf(newest)]), ...estimates(accuracy)] };
};

type Shown = Session & { readonly requests: number };

const requestsIn = (journal: Journal, { id }: Session): number =>
  journal.requests.byModel(id).reduce((sum, { requests }) => sum + requests, 0);

const inJson = ({ prompts, mean }: Accuracy) => ({ prompts, accuracy: mean ?? null });

const sessionInJson = ({ id, state, startedAt, seenAt, requests, captureFailed, ccusage }: Shown) => ({
  id,
  state,
  startedAt: new Date(startedAt).toISOString(),
  seenAt: new Date(seenAt).toISOString(),
  requests,
  captureFailed: captureFailed?.reason ?? null,
  ccusage: ccusage ? { outcome: ccusage.outcome, isExplained: ccusage.isExplained, sentence: ccusage.sentence ?? null } : null,
});

const tableOf = (shown: readonly Shown[]): Part => ({
  kind: "table",
  columns: ["Session", "Began", "What it used", "By ccusage"],
  rows: shown.map((session) => ({
    mood: isWrong(session) ? "bad" : session.state === "final" ? "good" : "busy",
    cells: [
      clipped(session.id, longestId),
      `${momentInWords(session.startedAt)}${session.state === "final" ? ", has ended" : ""}`,
      used(session),
      compared(session),
    ],
  })),
});

const isWrong = ({ captureFailed, ccusage }: Session): boolean =>
  captureFailed !== undefined || (ccusage?.outcome === "different" && !ccusage.isExplained);

function used({ captureFailed, capturedAt, requests }: Shown): string {
  if (captureFailed) return `could not be read ${times(captureFailed.times)}: ${captureFailed.reason}`;
  if (capturedAt === undefined) return "not read yet";
  return requests === 1 ? "1 request" : `${requests} requests`;
}

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

function compared({ ccusage, state }: Session): string {
  if (!ccusage) return state === "open" ? "at its end" : "";
  if (ccusage.outcome === "same") return "the same";
  return ccusage.outcome === "different" ? (ccusage.sentence ?? "") : `not compared: ${ccusage.sentence ?? ""}`;
}

const estimates = ({ prompts, mean }: Accuracy): Part[] =>
  mean === undefined
    ? []
    : [text(`Estimates of prompts are ${Math.round(mean * 100)} % right, over ${prompts === 1 ? "1 prompt" : `${prompts} prompts`}.`)];
