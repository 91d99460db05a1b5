import { el } from "./dom.js";

/** Lines of a file with their numbers; those from line `from` on are the ones that are spoken of. */
export function drawCode({ first, lines }, from) {
  const row = (text, at) =>
    el(
      "span",
      { class: first + at >= from ? "row about" : "row" },
      el("span", { class: "number", "aria-hidden": "true" }, String(first + at)),
      `${text}\n`,
    );
  return el("pre", { class: "code-lines", tabindex: "0", role: "group", "aria-label": "The code" }, lines.map(row));
}

/** Shows what a comment suggests as a change of its lines, as GitHub does, with a button to commit it. */
export function showSuggestions(prose, { before, isOpen, onCommit }) {
  for (const block of prose.querySelectorAll("pre.suggestion")) {
    const after = block.textContent === "" ? [] : block.textContent.split("\n");
    const rows = (lines, mark, className) => lines.map((text) => el("span", { class: `row ${className}` }, `${mark} ${text}\n`));
    const diff = el("pre", { class: "code-lines", tabindex: "0", role: "group", "aria-label": "Suggested change" });
    diff.append(...rows(before, "−", "gone"), ...rows(after, "+", "new"));
    const button = el("button", { type: "button", class: "small", onclick: onCommit }, "Commit suggestion");
    block.replaceWith(
      el(
        "div",
        { class: "suggested" },
        el("p", { class: "suggested-bar" }, "Suggested change", isOpen ? button : el("span", { class: "quiet" }, "outdated")),
        diff,
      ),
    );
  }
}
