import { drawChecks } from "./checks.js";
import { drawConversation } from "./conversation.js";
import { byId, el } from "./dom.js";
import { keep, scrolling } from "./keep.js";
import { drawOwnChecks } from "./own-checks.js";

const about = byId("place-about");
const checks = byId("checks");
const scroll = byId("place");
const form = byId("github-form");

/** Draws a pull request, the main branch or a Discussion: how its checks stand, where it has any, then who said what. */
export function drawPlace({ key, title, note, heading, state, runs, checks: own = [], conversation }, { onJob, onPress, ...acts }) {
  checks.hidden = runs === undefined;
  form.hidden = conversation === undefined;
  scrolling(scroll, key, "start", () => {
    keep(about, [{ title, note, heading, state }], () => key, drawAbout);
    if (runs) drawChecks(key, runs, onJob);
    drawOwnChecks(key, own, onPress);
    drawConversation(key, conversation ?? [], acts);
  });
}

function drawAbout({ title, note, heading: [author, ...more], state }) {
  return el(
    "div",
    {},
    el("h3", { class: "place-title" }, title, note ? el("span", { class: "quiet" }, ` ${note}`) : undefined),
    el(
      "p",
      { class: "place-meta" },
      el("span", { class: "open" }, state),
      author ? el("span", {}, el("strong", {}, author), ...more.map(({ text, code }) => (code ? el("code", {}, code) : text))) : undefined,
    ),
  );
}
