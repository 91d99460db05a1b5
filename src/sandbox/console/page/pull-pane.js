import { drawChecks } from "./checks.js";
import { byId, clock, el } from "./dom.js";
import { reaction } from "./emoji.js";
import { keep, scrolling } from "./keep.js";
import { markdown } from "./markdown.js";

const about = byId("pull-about");
const comments = byId("comments");
const scroll = byId("pull");

/** Draws a pull request: how its checks stand, then who said what. */
export function drawPull(pull, { onJob, onCommand }) {
  const { number, title, author, branch, comments: said } = pull;
  scrolling(scroll, String(number), "start", () => {
    keep(about, [{ number, title, author, branch }], () => String(number), drawAbout);
    drawChecks(pull, onJob);
    keep(
      comments,
      said,
      ({ id }) => `${number}/${id}`,
      (comment) => drawComment(comment, onCommand),
    );
  });
}

function drawAbout({ number, title, author, branch }) {
  return el(
    "div",
    {},
    el("h3", { class: "pull-title" }, title, " ", el("span", { class: "quiet" }, `#${number}`)),
    el(
      "p",
      { class: "pull-meta" },
      el("span", { class: "open" }, "Open"),
      el("span", {}, el("strong", {}, author), " from ", el("code", {}, branch)),
    ),
  );
}

function drawComment({ author, isBot, body, createdAt, isEdited, reactions: given }, onCommand) {
  const prose = el("div", { class: "prose" }, markdown(body));
  if (isBot) for (const code of prose.querySelectorAll("code")) offer(code, onCommand);
  return el(
    "article",
    { class: `comment${isBot ? " from-bot" : ""}` },
    el(
      "p",
      { class: "byline" },
      el("strong", {}, author.replace(/\[bot\]$/, "")),
      isBot ? el("span", { class: "badge" }, "bot") : undefined,
      el("time", {}, clock(new Date(createdAt))),
      isEdited ? el("span", { class: "quiet" }, "edited") : undefined,
    ),
    prose,
    given.length > 0 ? el("ul", { class: "reactions", "aria-label": "Reactions" }, given.map(drawReaction)) : undefined,
  );
}

const drawReaction = ({ content, count }) => el("li", {}, reaction(content), ` ${count}`);

/** A command that the bot names can be put into the box by a click. */
function offer(code, onCommand) {
  const command = code.textContent.trim();
  if (!/^\/ci[- ]\S/.test(command) || command.includes("\n")) return;
  const label = `Copy ${command} into the box`;
  code.replaceWith(
    el(
      "button",
      { type: "button", class: "command", title: "Copy into the box", "aria-label": label, onclick: () => onCommand(command) },
      command,
    ),
  );
}
