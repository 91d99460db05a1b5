import { el } from "./dom.js";

const settleMs = 150;

/** A box that searches in what the app offers, and keeps what was picked as chips. It is a combobox whose list stays open while one picks. */
export function pickMany(
  { placeholder, min_query_length: least = 3, max_selected_items: most, initial_options: preset = [] },
  id,
  words,
  suggest,
) {
  const name = words[0];
  const chips = el("ul", { class: "chips", "aria-label": `Chosen: ${name}` });
  const input = el("input", {
    id,
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: placeholder?.text,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `${id}-options`,
  });
  const list = el("ul", {
    id: `${id}-options`,
    class: "options",
    role: "listbox",
    "aria-label": name,
    "aria-multiselectable": "true",
    hidden: true,
  });
  const status = el("p", { class: "quiet status", role: "status" });
  let chosen = preset.map(({ text, value }) => ({ text: text.text, value }));
  let offered = [];
  let active = -1;
  let asked = 0;
  let timer;

  const isChosen = (value) => chosen.some((one) => one.value === value);

  function toggle({ text, value }) {
    if (isChosen(value)) chosen = chosen.filter((one) => one.value !== value);
    else if (most !== undefined && chosen.length >= most) return say(`No more than ${most} can be chosen.`);
    else chosen = [...chosen, { text, value }];
    drawChips();
    drawOptions();
  }

  function drawChips() {
    chips.replaceChildren(...chosen.map(drawChip));
  }

  function drawChip(one) {
    const remove = () => {
      toggle(one);
      input.focus();
    };
    return el(
      "li",
      {},
      one.text,
      el("button", { type: "button", class: "more", "aria-label": `Remove ${one.text}`, onclick: remove }, "✕"),
    );
  }

  function drawOptions() {
    list.replaceChildren(
      ...offered.map((one, at) => {
        const attributes = { id: `${id}-option-${at}`, role: "option", "aria-selected": String(isChosen(one.value)) };
        const option = el("li", at === active ? { ...attributes, class: "active" } : attributes, one.text);
        option.addEventListener("click", () => toggle(one));
        return option;
      }),
    );
    list.children[active]?.scrollIntoView({ block: "nearest" });
    if (active < 0 || list.hidden) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${id}-option-${active}`);
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) active = -1;
    drawOptions();
  }

  const say = (text) => {
    status.textContent = text;
  };

  async function ask() {
    const query = input.value.trim();
    asked += 1;
    const mine = asked;
    if (query.length < least) return open(false);
    try {
      const found = await suggest(query);
      if (mine !== asked || document.activeElement !== input) return;
      offered = found;
      active = query !== "" && found.length > 0 ? 0 : -1;
      say(found.length === 0 ? "Nothing found." : found.length === 1 ? "1 option" : `${found.length} options`);
      open(found.length > 0);
    } catch (error) {
      if (mine === asked) say(error.message);
    }
  }

  function close() {
    asked += 1;
    clearTimeout(timer);
    open(false);
    say("");
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, settleMs);
  });
  input.addEventListener("click", ask);
  input.addEventListener("blur", close);
  // Pressing on an option must not take the focus from the box.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "Backspace" && input.value === "" && chosen.length > 0) return toggle(chosen.at(-1));
    if (list.hidden) {
      if (key === "ArrowDown") ask();
      // Enter in the box picks; it never submits what is half chosen.
      if (key === "ArrowDown" || key === "Enter") event.preventDefault();
      return;
    }
    const to = { ArrowDown: (active + 1) % offered.length, ArrowUp: active <= 0 ? offered.length - 1 : active - 1 }[key];
    if (to !== undefined) {
      active = to;
      drawOptions();
    } else if (key === "Enter") active >= 0 && toggle(offered[active]);
    else if (key === "Escape") close();
    else return;
    event.preventDefault();
  });

  drawChips();
  return {
    node: el("div", { class: "picker" }, chips, input, list, status),
    control: input,
    value: () => chosen.map(({ value }) => value),
  };
}
