import { byId, el } from "./dom.js";

const menu = byId("menu");
let opener;
/** Where the focus goes when the button is gone. */
let around;

/** Opens a menu beside the button that `opener` is; it lies outside of what updates draw anew, so none of them closes it. */
export function openMenu(button, label, items) {
  opener = button.dataset.opens;
  around = button.closest("[tabindex], form");
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(...items.map(drawItem));
  menu.showPopover();
  place(button.getBoundingClientRect());
  menu.firstElementChild.focus();
}

function drawItem({ label, note, act }) {
  const onclick = () => {
    close();
    act();
  };
  return el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick }, el("b", {}, label), note ? el("small", {}, note) : "");
}

function place(anchor) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = anchor.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(innerWidth - 8, anchor.right) - width)}px`;
  menu.style.top = `${below + height > innerHeight ? Math.max(8, anchor.top - height - 4) : below}px`;
}

/** The button may have been drawn anew since, or be gone. */
const openerNow = () => document.querySelector(`[data-opens="${CSS.escape(opener)}"]`);

function close() {
  menu.hidePopover();
  (openerNow() ?? around).focus();
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) items.at(to % items.length).focus();
  else if (event.key === "Tab" || event.key === "Escape") close();
  else return;
  // Tab goes on from the button, as if the menu had never been.
  if (event.key !== "Tab") event.preventDefault();
});
/** What moves the button moves the menu along. */
function follow() {
  if (!menu.matches(":popover-open")) return;
  const button = openerNow();
  if (button?.checkVisibility()) place(button.getBoundingClientRect());
  else close();
}
document.addEventListener("scroll", follow, { capture: true, passive: true });
addEventListener("resize", follow);
