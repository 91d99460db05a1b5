import { renderBlocks } from "./block-kit.js";
import { attempt } from "./composer.js";
import { byId } from "./dom.js";
import { rememberFocus } from "./focus-return.js";

const dialog = byId("modal");
const form = dialog.querySelector("form");
const title = byId("modal-title");
const body = byId("modal-blocks");
const submit = byId("modal-submit");

/** The dialog that the app opens for whoever is typing. Gives back how to draw what they have open, undefined for none. */
export function createModal({ post, otherwise }) {
  let shown;
  let drawnFrom;
  let fields = [];
  let returnFocus;
  /** What was just closed here, until the server says so too. */
  let left;

  function draw(view, as, names) {
    if (view && view.id === left) return;
    left = undefined;
    if (!view) return hide();
    const from = JSON.stringify([view, as]);
    if (from === drawnFrom) return;
    drawnFrom = from;
    const isOther = shown?.viewId !== view.id;
    shown = { as, viewId: view.id };
    fill(view, names);
    if (!dialog.open) {
      returnFocus = rememberFocus(otherwise);
      dialog.showModal();
      title.focus();
    } else if (isOther || document.activeElement === document.body) title.focus();
    // What can be filled in is what the dialog is for.
    if (document.activeElement === title) (body.querySelector("input, select") ?? body.querySelector("button"))?.focus();
  }

  function fill({ title: words, blocks, submit: label }, names) {
    title.textContent = words;
    const about = { ...shown };
    fields = [];
    const drawn = renderBlocks(
      blocks,
      names,
      (element, value) => act("/sandbox/view/click", { ...about, actionId: element.action_id, value }),
      {
        suggest: async (actionId, query) => (await post("/sandbox/view/suggest", { ...about, actionId, query })).options,
        onField: (field) => fields.push(field),
      },
    );
    body.replaceChildren(...drawn);
    submit.hidden = label === undefined;
    submit.textContent = label ?? "";
    form.querySelector(".problem").textContent = "";
  }

  const act = (path, about) => attempt(form, () => post(path, about));

  function hide() {
    shown = drawnFrom = undefined;
    if (!dialog.open) return;
    dialog.close();
    body.replaceChildren();
    returnFocus();
  }

  function leave() {
    const about = shown;
    left = about.viewId;
    hide();
    post("/sandbox/view/close", about).catch(() => {
      left = undefined;
    });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const { complain } of fields) complain("");
    submit.disabled = true;
    await attempt(form, async () => {
      const values = Object.fromEntries(fields.map(({ actionId, value }) => [actionId, value()]));
      const { errors } = await post("/sandbox/view/submit", { ...shown, values });
      const wrong = fields.filter(({ blockId }) => errors[blockId]);
      for (const { blockId, complain } of wrong) complain(errors[blockId]);
      wrong[0]?.focus();
    });
    submit.disabled = false;
  });
  for (const id of ["modal-leave", "modal-close"]) byId(id).addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  return draw;
}
