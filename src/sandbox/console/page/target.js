import { el } from "./dom.js";

/** Says above a box what the next text becomes, other than a new message, and lets one leave that. */
export function createTarget(line, field) {
  const { placeholder: usual } = field;
  let about;
  let draft;

  function clear() {
    about = undefined;
    line.hidden = true;
    field.placeholder = usual;
    if (draft !== undefined) field.value = draft;
    draft = undefined;
  }

  return {
    clear,
    /** @param more `text`: what the box begins with; what was half typed comes back afterwards */
    set(next, words, { text, placeholder = usual } = {}) {
      clear();
      about = next;
      field.placeholder = placeholder;
      if (text !== undefined) {
        draft = field.value;
        field.value = text;
      }
      const leave = () => {
        clear();
        field.focus();
      };
      line.replaceChildren(`${words} `, el("button", { type: "button", class: "small", onclick: leave }, "Leave"));
      line.hidden = false;
      field.focus();
    },
    get: () => about,
  };
}
