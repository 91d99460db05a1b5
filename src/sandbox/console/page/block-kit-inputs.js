import { el } from "./dom.js";
import { pickMany } from "./pick-many.js";

/**
 * An input of a dialog: its label, the field, a hint, and room for what is wrong with it. `onField` gets its ids, how to read it, how to
 * say what is wrong and how to focus it.
 */
export function renderInput({ block_id: blockId, label, hint, element, optional }, { suggest, onField }) {
  const id = `field-${blockId}`;
  const draw = { multi_external_select: drawPicker, checkboxes: drawCheckboxes }[element.type];
  if (!draw) return el("p", { class: "block context" }, `(a ${element.type} field)`);
  const words = [label.text, optional ? el("span", { class: "quiet" }, " (optional)") : undefined];
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const field = draw(element, id, words, (query) => suggest(element.action_id, query));
  field.node.append(...(hint ? [el("p", { class: "quiet" }, hint.text)] : []), problem);
  onField({
    blockId,
    actionId: element.action_id,
    value: field.value,
    focus: () => field.control.focus(),
    complain(text) {
      problem.textContent = text;
      field.control.setAttribute("aria-invalid", String(text !== ""));
      if (text === "") field.control.removeAttribute("aria-describedby");
      else field.control.setAttribute("aria-describedby", problem.id);
    },
  });
  return field.node;
}

function drawPicker(element, id, words, suggest) {
  const picker = pickMany(element, id, words, suggest);
  const label = el("label", { class: "field-label", for: id }, words);
  return { node: el("div", { class: "block field" }, label, picker.node), control: picker.control, value: picker.value };
}

function drawCheckboxes({ options, initial_options: preset = [] }, _, words) {
  const boxes = options.map(({ text, value }) => {
    const isPreset = preset.some((one) => one.value === value);
    return { value, text, box: el("input", { type: "checkbox", checked: isPreset }) };
  });
  return {
    node: el(
      "fieldset",
      { class: "block field" },
      el("legend", { class: "field-label" }, words),
      boxes.map(({ box, text }) => el("label", { class: "check" }, box, el("span", {}, text.text))),
    ),
    control: boxes[0].box,
    value: () => boxes.filter(({ box }) => box.checked).map(({ value }) => value),
  };
}
