import { byId, el } from "./dom.js";
import { keep } from "./keep.js";
import { markdown } from "./markdown.js";
import { looks } from "./states.js";

const list = byId("own-checks");

/** Draws what the bot says of the commit itself: each check run with its words folded and its buttons, pressed as whoever is typing. */
export function drawOwnChecks(place, checks, onPress) {
  list.hidden = checks.length === 0;
  keep(
    list,
    checks,
    ({ id }) => `${place}/${id}`,
    (check) => drawCheck(check, onPress),
  );
}

function drawCheck({ id, name, state, title, summary, actions }, onPress) {
  const { mark, tone, words } = looks(state);
  const button = ({ label, description, identifier }) =>
    el("button", { type: "button", class: "small", title: description, onclick: () => onPress(id, identifier) }, label);
  const again = el("button", { type: "button", class: "small", "aria-label": `Re-run ${name}`, onclick: () => onPress(id) }, "Re-run");
  return el(
    "li",
    { class: "own-check" },
    el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark),
    el(
      "details",
      {},
      el(
        "summary",
        {},
        el("span", { class: "job-name" }, name),
        el("span", { class: "quiet how" }, words),
        el("span", { class: "title" }, title),
      ),
      el("div", { class: "prose" }, markdown(summary)),
    ),
    el("p", { class: "buttons", role: "group", "aria-label": `What ${name} offers` }, actions.map(button), again),
  );
}
