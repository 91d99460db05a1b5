import { drawCode } from "./code-lines.js";
import { drawComment } from "./comment.js";
import { byId, el } from "./dom.js";
import { keep } from "./keep.js";

const list = byId("comments");

/** Draws who said what at a place: each item is a comment, or what was said below one or `on` lines, its `replies`. */
export function drawConversation(place, items, acts) {
  keep(
    list,
    items,
    ({ id }) => `${place}/${id}`,
    (item, old) => (item.replies ? drawTopic(item, old, acts) : drawComment(item, { onCommand: acts.onCommand })),
  );
}

/** A comment, if there is one, and its replies, each of which keeps its element while others come. */
function drawTopic({ id, on, opening, replies }, old, { onCommand, onReply, onSuggestion }) {
  const topic = old ?? el("div", { class: "topic" }, el("div"), el("div"), el("div"));
  const [where, first, below] = topic.children;
  const isScripted = replies[0]?.isBot === true && isFinding(replies[0].body);
  keep(where, on ? [{ ...on, isScripted }] : [], () => "lines", drawLines);
  below.className = opening ? "replies" : "lines";
  keep(
    first,
    opening ? [opening] : [],
    () => "opening",
    (one) => drawComment(one, { onCommand, onReply: (name) => onReply(id, name) }),
  );
  const last = opening ? undefined : replies.at(-1)?.id;
  keep(
    below,
    replies.map((one, at) => ({ ...one, isLast: one.id === last, ...(at === 0 && on && { suggestion: suggestionOn(on) }) })),
    (one) => one.id,
    (one) =>
      drawComment(one, {
        onCommand,
        onReply: one.isLast ? (name) => onReply(replies[0].id, name) : undefined,
        suggestion: one.suggestion && { ...one.suggestion, onCommit: () => onSuggestion(one.id) },
      }),
  );
  return topic;
}

/** A finding of a review says so where nobody reads it. */
const isFinding = (body) => body.includes("<!-- nextrust:reply finding%3A");

function drawLines({ path, line, startLine = line, isResolved, isOutdated, isScripted, code }) {
  const notes = [isScripted && "script, no model", isResolved && "resolved", isOutdated && "outdated"].filter(Boolean);
  const place = `${path}:${startLine === line ? line : `${startLine}–${line}`}`;
  return el(
    "div",
    {},
    el(
      "p",
      { class: "topic-title" },
      el("code", {}, place),
      notes.map((note) => el("span", { class: "badge" }, note)),
    ),
    code ? drawCode(code, startLine) : undefined,
  );
}

/** What a suggestion there replaces. */
function suggestionOn({ line, startLine = line, isOutdated, code }) {
  return { before: code?.lines.slice(startLine - code.first) ?? [], isOpen: !isOutdated };
}
