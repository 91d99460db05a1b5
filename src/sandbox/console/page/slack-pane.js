import { renderBlocks } from "./block-kit.js";
import { clock, el, keep } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const list = document.getElementById("messages");

/** Draws the channel as the person sees it, with what they typed and clicked in between. */
export function drawSlack(state, person, channelKey, act) {
  const channel = channelKey === "dm" ? person.dm : state.channels.find(({ key }) => key === channelKey).id;
  const messages = state.messages.filter(
    (one) => one.channel === channel && (one.visibleTo === undefined || one.visibleTo === person.slackId),
  );
  const deeds = state.deeds
    .filter((one) => one.channel === channel && one.as === person.key)
    .map((one) => ({ ...one, id: `deed-${one.order}` }));
  const entries = [...messages, ...deeds].sort((a, b) => a.order - b.order);
  if (entries.length === 0) entries.push({ id: "empty", isEmpty: true });

  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const isAdded = keep(
    list,
    entries,
    ({ id }) => `${channel}/${id}`,
    (one) => draw(one, state, act),
  );
  if (isAdded && wasAtEnd) list.scrollTop = list.scrollHeight;
}

function draw(entry, state, act) {
  if (entry.isEmpty) return el("p", { class: "empty" }, "Nothing here yet. Type a command below, or send one of the examples.");
  if (entry.kind) return drawDeed(entry);
  return drawMessage(entry, state, act);
}

function drawDeed({ kind, text, status, tookMs }) {
  const what = kind === "click" ? ["You clicked ", el("strong", {}, text)] : ["You typed ", el("code", {}, text)];
  const how = status === 200 ? `answered in ${Math.max(1, Math.round(tookMs))} ms` : status === 0 ? "no answer" : `answered ${status}`;
  return el("p", { class: "deed" }, ...what, ` · ${how}`);
}

function drawMessage(message, state, act) {
  const isBot = message.author === state.botName;
  const onAction = (element, block, value) => act(message, element, block, value);
  const words =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, state.names, onAction)
      : el("div", { class: "block" }, mrkdwn(message.text, state.names));
  return el(
    "article",
    { class: `message${message.visibleTo ? " private" : ""}${message.threadTs && message.threadTs !== message.ts ? " reply" : ""}` },
    el(
      "span",
      { class: `avatar ${isBot ? "bot" : `hue-${hueOf(message.author)}`}`, "aria-hidden": "true" },
      isBot ? "✓" : message.author[0],
    ),
    el(
      "div",
      { class: "body" },
      message.visibleTo ? el("p", { class: "only-you" }, "Only visible to you") : undefined,
      el(
        "p",
        { class: "byline" },
        el("strong", {}, message.author),
        isBot ? el("span", { class: "badge" }, "App") : undefined,
        el("time", {}, clock(new Date(Number(message.ts) * 1000))),
        message.edited ? el("span", { class: "quiet" }, "(edited)") : undefined,
        message.threadTs && message.threadTs !== message.ts ? el("span", { class: "quiet" }, "in a thread") : undefined,
      ),
      words,
    ),
  );
}

/** One of five colours, always the same for a name. */
const hueOf = (name) => [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 5;
