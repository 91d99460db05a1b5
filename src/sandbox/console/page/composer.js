import { el } from "./dom.js";
import { attachHints } from "./hints.js";

/** Does it and says beside the form what went wrong, if anything; then it is false. */
export async function attempt(form, deed) {
  const problem = form.querySelector(".problem");
  problem.textContent = "";
  try {
    await deed();
    return true;
  } catch (error) {
    problem.textContent = error.message;
    return false;
  }
}

/** A box to type in, with hints, and with examples of those commands that exist. */
export function createComposer(form, { prefix, examples, commands, send }) {
  const field = form.querySelector("input, textarea");
  attachHints(field, prefix, commands);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (text.trim() === "") return;
    field.value = "";
    const isSent = await attempt(form, () => send(text));
    if (!isSent && field.value === "") field.value = text;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  const known = new Set(commands.map(({ name }) => name));
  const shown = examples.filter((text) => known.has(text.split(" ", 1)[0])).slice(0, 4);
  const chip = (text) =>
    el("button", { type: "button", class: "example", onclick: () => attempt(form, () => send(`${prefix}${text}`)) }, `${prefix}${text}`);
  form.querySelector(".examples").append(...shown.map(chip));

  return {
    /** Puts a text in where it does not overwrite anything: after what is half typed, on a line of its own. */
    take(text) {
      const before = field.value === "" || field.value === text ? "" : `${field.value.trimEnd()}\n`;
      field.value = before + text;
      field.focus();
    },
  };
}
