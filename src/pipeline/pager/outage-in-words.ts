import { facts, type Reply, text } from "../../reply.ts";
import type { StoredState, Trouble } from "./state.ts";

const sentences: Readonly<Record<Trouble, string>> = {
  away: "The pager does not answer: call whoever is on call yourself. I keep trying.",
  busy: "The pager makes my pages wait: call whoever is on call yourself. I keep trying.",
  refused: "The pager refuses my pages: call whoever is on call yourself.",
};

/** What a channel is told of an outage of the pager; the same message says when it is over. */
export function describeOutage({ downSince, trouble, error, pages, backAt }: StoredState): Reply {
  if (backAt === undefined)
    return {
      outcome: "failed",
      reason: `pager_${trouble}`,
      audience: "channel",
      parts: [
        text(sentences[trouble], "bad"),
        facts({ label: "Since", value: { at: downSince } }, { label: "What happened", value: error }),
      ],
    };
  const fates = Object.values(pages).map(({ fate }) => fate);
  const late = fates.filter((fate) => fate === "late").length;
  const refused = fates.length - late;
  const words = [
    "The pager answers again.",
    ...(late > 0 ? [late === 1 ? "1 page was late." : `${late} pages were late.`] : []),
    ...(refused > 0
      ? [refused === 1 ? "1 page was refused and not sent again." : `${refused} pages were refused and not sent again.`]
      : []),
  ].join(" ");
  return {
    outcome: "done",
    reason: "pager_back",
    audience: "channel",
    parts: [text(words, "good"), facts({ label: "Down since", value: { at: downSince } }, { label: "Until", value: { at: backAt } })],
  };
}
