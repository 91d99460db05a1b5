/** What each element was drawn from. */
const drawn = new WeakMap();

/**
 * Makes the children of `parent` match the items, by key. What did not change keeps its element; what did is drawn anew and keeps its focus
 * and its open details, or, where `render` gives back the old element, was changed in place. Says whether anything was added.
 */
export function keep(parent, items, keyOf, render) {
  const before = new Map([...parent.children].map((child) => [drawn.get(child)?.key, child]));
  let isAdded = false;
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const version = JSON.stringify(item);
    const old = before.get(key);
    if (old && drawn.get(old).version === version) return old;
    const made = render(item, old);
    drawn.set(made, { key, version });
    if (!old) isAdded = true;
    else if (made !== old) replace(old, made);
    return made;
  });
  // What goes, goes first: moving what stays would take the focus from it.
  const staying = new Set(wanted);
  for (const child of [...parent.children]) if (!staying.has(child)) child.remove();
  wanted.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
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

/** Draws into a part that scrolls: what was at its end stays there, anything else stays where it is, and another `place` shows its `start`. */
export function scrolling(scroll, place, start, draw) {
  const isOther = scroll.dataset.place !== place;
  const wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
  // Another place is no news: nothing of it is read aloud.
  if (isOther) scroll.setAttribute("aria-busy", "true");
  draw();
  if (isOther) scroll.scrollTop = start === "end" ? scroll.scrollHeight : 0;
  else if (wasAtEnd) scroll.scrollTop = scroll.scrollHeight;
  scroll.dataset.place = place;
  requestAnimationFrame(() => scroll.removeAttribute("aria-busy"));
}
