import { showSuggestions } from "./code-lines.js";
import { clock, el } from "./dom.js";
import { reaction } from "./emoji.js";
import { markdown } from "./markdown.js";

const verdicts = { approved: "approved these changes", changes_requested: "requested changes", commented: "reviewed" };

/** One comment of GitHub. `onReply` is absent where nothing can be said below it, `suggestion` where it suggests no change of lines. */
export function drawComment(said, { onCommand, onReply, suggestion }) {
  const { author, isBot, body, createdAt, isEdited, reactions: given, minimised, verdict } = said;
  const name = author.replace(/\[bot\]$/, "");
  const prose = el("div", { class: "prose" }, markdown(body));
  if (isBot) for (const code of prose.querySelectorAll("code")) offer(code, onCommand);
  if (suggestion) showSuggestions(prose, suggestion);
  const byline = el(
    "p",
    { class: "byline" },
    el("strong", {}, name),
    isBot ? el("span", { class: "badge" }, "bot") : undefined,
    verdict ? el("span", { class: "quiet" }, verdicts[verdict] ?? verdict) : undefined,
    el("time", {}, clock(new Date(createdAt))),
    isEdited ? el("span", { class: "quiet" }, "edited") : undefined,
    onReply
      ? el("button", { type: "button", class: "reply", "aria-label": `Reply to ${name}`, onclick: () => onReply(name) }, "Reply")
      : undefined,
  );
  const reactions = given.length > 0 ? el("ul", { class: "reactions", "aria-label": "Reactions" }, given.map(drawReaction)) : undefined;
  const content = [byline, body === "" ? undefined : prose, reactions];
  return el(
    "article",
    { class: `comment${isBot ? " from-bot" : ""}${minimised ? " folded" : ""}` },
    minimised ? el("details", {}, el("summary", {}, `This comment was marked as ${minimised} · `), content) : content,
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
