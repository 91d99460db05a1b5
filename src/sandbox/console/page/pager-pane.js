import { byId, el, link } from "./dom.js";
import { keep } from "./keep.js";

const pane = byId("pager");
const summary = byId("pager-summary");
const list = byId("pages");

const looks = {
  triggered: ["!", "bad", "rings"],
  acknowledged: ["●", "busy", "acknowledged"],
  resolved: ["✓", "good", "resolved"],
};

/** Draws what the pager was told of; it is not there before it rang. */
export function drawPager(pages, onAct) {
  pane.hidden = pages.length === 0;
  const open = pages.filter(({ state }) => state !== "resolved").length;
  keep(
    summary,
    [{ open }],
    () => "summary",
    () => el("span", {}, open === 0 ? "Pager: nothing rings" : `Pager: ${open} open`),
  );
  keep(
    list,
    pages,
    ({ id }) => id,
    (page) => drawPage(page, onAct),
  );
}

function drawPage({ key, summary: words, severity, url, state, log }, onAct) {
  const [mark, tone, said] = looks[state];
  const button = (label, deed) =>
    el("button", { type: "button", class: "small", "aria-label": `${label}: ${words}`, onclick: () => onAct(key, deed) }, label);
  return el(
    "li",
    {},
    el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark),
    el(
      "span",
      { class: "page" },
      url ? link(url, words) : el("span", {}, words),
      el("span", { class: "quiet how" }, `${severity}, ${state === "triggered" ? said : log.at(-1)}`),
    ),
    el(
      "span",
      { class: "page-actions" },
      state === "triggered" ? button("Acknowledge", "acknowledged") : undefined,
      state === "resolved" ? undefined : button("Resolve", "resolved"),
    ),
  );
}
