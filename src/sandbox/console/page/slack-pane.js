import { byId, clock, el } from "./dom.js";
import { keep, scrolling } from "./keep.js";
import { drawMessage } from "./message.js";

const list = byId("messages");

/** Draws the channel as the person sees it, with what they typed and clicked in between and each thread under its root. */
export function drawSlack(state, person, channel, acts) {
  const messages = state.messages.filter(
    (one) => one.channel === channel && (one.visibleTo === undefined || one.visibleTo === person.slackId),
  );
  const isRoot = new Set(messages.filter((one) => !isReply(one)).map(({ ts }) => ts));
  const [replies, others] = [messages.filter((one) => isReply(one) && isRoot.has(one.threadTs)), []];
  for (const one of messages) if (!replies.includes(one)) others.push(one);
  const threads = Map.groupBy(replies, ({ threadTs }) => threadTs);
  const deeds = state.deeds.filter((one) => one.channel === channel && one.as === person.key);

  const rows = [...others, ...deeds]
    .sort((a, b) => a.order - b.order)
    .flatMap((one) => {
      const answers = one.ts && threads.get(one.ts);
      return answers ? [one, { id: `thread-${one.ts}`, answers }] : [one];
    });
  if (rows.length === 0) rows.push({ id: "empty", isEmpty: true });

  const drawOne = (message) => drawMessage(message, state, acts);
  const place = `${person.key}/${channel}`;
  scrolling(list, place, "end", () =>
    keep(
      list,
      rows,
      (row) => `${place}/${row.id ?? `deed-${row.order}`}`,
      (row, old) => {
        if (row.isEmpty) return el("p", { class: "empty" }, "Nothing here yet. Type / for a command, or send one of the examples.");
        if (row.kind) return drawDeed(row);
        return row.answers ? drawThread(row.answers, old, drawOne) : drawOne(row);
      },
    ),
  );
}

const isReply = ({ ts, threadTs }) => threadTs !== undefined && threadTs !== ts;

function drawThread(answers, old, drawOne) {
  const thread = old ?? el("details", { class: "thread", open: true }, el("summary"), el("div"));
  const last = clock(new Date(Number(answers.at(-1).ts) * 1000));
  thread.firstElementChild.textContent = `${answers.length} ${answers.length === 1 ? "reply" : "replies"} · last at ${last}`;
  keep(thread.lastElementChild, answers, ({ id }) => id, drawOne);
  return thread;
}

function drawDeed({ kind, text, status, tookMs }) {
  const what = kind === "click" ? ["You clicked ", el("strong", {}, text)] : ["You typed ", el("code", {}, text)];
  const how = status === 200 ? `answered in ${Math.max(1, Math.round(tookMs))} ms` : status === 0 ? "no answer" : `answered ${status}`;
  return el("p", { class: "deed" }, ...what, ` · ${how}`);
}
