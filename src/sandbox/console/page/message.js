import { renderBlocks } from "./block-kit.js";
import { clock, el } from "./dom.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";

/** One message of Slack. `itemsFor` gives what its menu offers. */
export function drawMessage(message, { botName, names }, { onAction, onReply, itemsFor }) {
  const { id, ts, threadTs, author, blocks, text, visibleTo, edited } = message;
  const isBot = author === botName;
  const isReply = threadTs !== undefined && threadTs !== ts;
  return el(
    "article",
    { class: `message${visibleTo ? " private" : ""}`, "data-message": id },
    el("span", { class: `avatar ${isBot ? "bot" : `hue-${hueOf(author)}`}`, "aria-hidden": "true" }, isBot ? "✓" : author[0]),
    el(
      "div",
      { class: "body" },
      visibleTo ? el("p", { class: "only-you" }, "Only visible to you") : undefined,
      el(
        "p",
        { class: "byline" },
        el("strong", {}, author),
        isBot ? el("span", { class: "badge" }, "App") : undefined,
        el("time", {}, clock(new Date(Number(ts) * 1000))),
        edited ? el("span", { class: "quiet" }, "(edited)") : undefined,
        // Slack offers nothing on what only one person sees.
        visibleTo
          ? undefined
          : el(
              "span",
              { class: "acts" },
              isReply ? undefined : replyButton(author, () => onReply(message)),
              menuButton(message, () => itemsFor(message)),
            ),
      ),
      blocks.length > 0
        ? renderBlocks(blocks, names, (element, value) => onAction(message, element, value))
        : el("div", { class: "block" }, mrkdwn(text, names)),
    ),
  );
}

const replyButton = (author, onclick) =>
  el("button", { type: "button", class: "reply", "aria-label": `Reply to ${author} in a thread`, onclick }, "Reply");

function menuButton({ id, author }, items) {
  const label = `Actions for the message of ${author}`;
  const button = el(
    "button",
    { type: "button", class: "more", "aria-haspopup": "menu", "aria-label": label, "data-opens": `message-${id}` },
    "⋯",
  );
  button.addEventListener("click", () => openMenu(button, label, items()));
  return button;
}

/** One of five colours, always the same for a name. */
const hueOf = (name) => [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 5;
