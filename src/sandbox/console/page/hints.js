import { commandAt, matching } from "./command-at.js";
import { el } from "./dom.js";

/**
 * Shows under the caret what may follow: the commands while a name is typed, then the usage of the one that is. A field of one line is a
 * combobox; one of many lines must stay a text box, which may own a list all the same.
 */
export function attachHints(field, prefix, commands) {
  const id = `${field.id}-hints`;
  const list = el("ul", { id, class: "hints", role: "listbox", "aria-label": "Commands", hidden: true });
  const usage = el("p", { id: `${field.id}-usage`, class: "usage", hidden: true });
  const count = el("p", { class: "hidden", role: "status" });
  field.closest(".line").append(list, usage, count);
  const isCombobox = field.localName === "input";
  if (isCombobox) field.setAttribute("role", "combobox");
  for (const [name, value] of Object.entries({ autocomplete: "list", controls: id, describedby: usage.id, haspopup: "listbox" }))
    field.setAttribute(`aria-${name}`, value);

  let offered = [];
  let active = -1;
  let from = 0;
  let typed = "";
  hide();

  function hide() {
    offered = [];
    list.hidden = usage.hidden = true;
    count.textContent = "";
    activate(-1);
    if (isCombobox) field.setAttribute("aria-expanded", "false");
  }

  function activate(at) {
    active = at;
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === at));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function look() {
    const found = field.selectionStart === field.selectionEnd ? commandAt(field.value, field.selectionStart) : undefined;
    if (found?.kind === "name") offer(found);
    else hide();
    const command = found?.kind === "arguments" && commands.find(({ name }) => name === found.name);
    if (command) describe(command);
  }

  function offer({ name, from: start }) {
    const matches = matching(commands, name);
    if (matches.length === 0) return hide();
    from = start;
    typed = name;
    usage.hidden = true;
    if (matches.map((one) => one.name).join() !== offered.map((one) => one.name).join()) {
      list.replaceChildren(...matches.map((command, at) => drawOption(command, `${id}-${at}`)));
      count.textContent = matches.length === 1 ? "1 command" : `${matches.length} commands`;
    }
    offered = matches;
    list.hidden = false;
    if (isCombobox) field.setAttribute("aria-expanded", "true");
    // Nothing is chosen before something is typed, so that Enter sends a bare /ci and Tab goes on.
    activate(name === "" ? -1 : 0);
  }

  function drawOption({ name, usage: args, summary, role }, optionId) {
    const words = el("span", { class: "hint-typed" }, el("b", {}, `${prefix}${name}`), args ? ` ${args}` : undefined);
    const option = el(
      "li",
      { id: optionId, role: "option" },
      words,
      el("span", { class: "hint-role" }, roles[role] ?? role),
      el("span", {}, summary),
    );
    option.addEventListener("click", () => complete(name));
    return option;
  }

  function describe({ name, usage: args, summary, examples }) {
    const inCode = (rest) => el("code", {}, `${prefix}${name} ${rest}`.trimEnd());
    const shown = examples.filter((example) => example !== "").slice(0, 2);
    usage.replaceChildren(
      el("b", {}, `${prefix}${name} ${args}`.trimEnd()),
      el("span", {}, summary),
      ...(shown.length > 0 ? [el("span", { class: "quiet" }, "For example ", ...shown.flatMap((one) => [inCode(one), " "]))] : []),
    );
    usage.hidden = false;
  }

  function complete(name) {
    const command = commands.find((one) => one.name === name);
    field.setRangeText(`${prefix}${name}${command.usage ? " " : ""}`, from, field.selectionEnd, "end");
    field.focus();
    look();
    if (!command.usage) hide();
  }

  field.addEventListener("input", look);
  field.addEventListener("click", look);
  field.addEventListener("blur", hide);
  field.form.addEventListener("submit", hide);
  // Pressing on a hint must not take the focus from the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !(list.hidden && usage.hidden)) hide();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") activate((active + 1) % offered.length);
    else if (event.key === "ArrowUp") activate(active <= 0 ? offered.length - 1 : active - 1);
    else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && isToComplete()) complete(offered[active].name);
    else return;
    event.preventDefault();
  });

  /** A name that is typed in full is done: Enter sends it, and Tab goes on. */
  function isToComplete() {
    return active >= 0 && offered[active].name !== typed;
  }
}

const roles = { any: "anyone" };
