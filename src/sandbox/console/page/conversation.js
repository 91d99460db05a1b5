import { drawComment } from "./comment.js";
import { byId, el } from "./dom.js";
import { keep } from "./keep.js";

const list = byId("comments");

/** Draws who said what at a place: each item is a comment, or what was said below one, its `replies`, with a title where it has one. */
export function drawConversation(place, items, acts) {
  keep(
    list,
    items,
    ({ id }) => `${place}/${id}`,
    (item, old) => (item.replies ? drawTopic(item, old, acts) : drawComment(item, { onCommand: acts.onCommand })),
  );
}

/** A comment, if there is one, and its replies, each of which keeps its element while others come. */
function drawTopic({ id, title, opening, replies }, old, { onCommand, onReply }) {
  const topic =
    old ?? el("div", { class: "topic" }, title ? el("p", { class: "topic-title" }, el("code", {}, title)) : "", el("div"), el("div"));
  const [first, below] = [...topic.children].slice(-2);
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
    replies.map((one) => ({ ...one, isLast: one.id === last })),
    (one) => one.id,
    (one) => drawComment(one, { onCommand, onReply: one.isLast ? (name) => onReply(replies[0].id, name) : undefined }),
  );
  return topic;
}
