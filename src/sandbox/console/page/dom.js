/** Builds an element. Children are text or nodes, never markup, so nothing that people write is read as HTML. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

/** A link, where the address is one that a browser may follow; the label alone, where it is not. */
export function link(url, ...label) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return el("span", {}, ...label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/**
 * Makes the children of `parent` match the items, by key: what did not change keeps its element, and what did keeps its focus and its
 * open details. Returns whether anything was added.
 */
export function keep(parent, items, keyOf, render) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let isAdded = false;
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const version = JSON.stringify(item);
    const old = before.get(key);
    if (old?.dataset.version === version) return old;
    const made = render(item);
    made.dataset.key = key;
    made.dataset.version = version;
    if (old) replace(old, made);
    else isAdded = true;
    return made;
  });
  const gone = new Set(parent.children);
  wanted.forEach((node, at) => {
    gone.delete(node);
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  for (const node of gone) node.remove();
  return isAdded;
}

function replace(old, made) {
  const details = made.querySelectorAll("details");
  old.querySelectorAll("details").forEach(({ open }, at) => {
    if (details[at]) details[at].open = open;
  });
  const controls = "button, a, summary, input, select";
  const focused = [...old.querySelectorAll(controls)].indexOf(document.activeElement);
  old.replaceWith(made);
  if (focused >= 0) made.querySelectorAll(controls)[focused]?.focus();
}

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

export const clock = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
