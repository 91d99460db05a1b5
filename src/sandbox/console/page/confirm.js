import { byId } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

/** Asks as Slack does before a button that wants it. Escape denies. */
export function confirms({ title, text, confirm, deny, style }, names) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title.text;
  byId("confirm-text").replaceChildren(...(text.type === "mrkdwn" ? mrkdwn(text.text, names) : [text.text]));
  byId("confirm-yes").textContent = confirm?.text ?? "Yes";
  byId("confirm-yes").className = style === "danger" ? "danger" : "primary";
  byId("confirm-deny").textContent = deny?.text ?? "Cancel";
  dialog.returnValue = "deny";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true }));
}
