import { el } from "./dom.js";
import { keep } from "./keep.js";

/** A row of radio buttons, drawn as one control. */
export function segments(fieldset, name, options, chosen, onChoose) {
  keep(
    fieldset,
    [{ legend: fieldset.querySelector("legend").textContent }, ...options],
    (one) => one.key ?? "legend",
    (one) => {
      if (one.legend) return el("legend", {}, one.legend);
      const input = el("input", { type: "radio", name, value: one.key, checked: one.key === chosen });
      input.addEventListener("change", () => onChoose(one.key));
      return el("label", {}, input, el("span", {}, one.label, one.note ? el("small", {}, one.note) : undefined));
    },
  );
}
