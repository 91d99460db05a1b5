import { el } from "./dom.js";

/** Says above the box that the next message goes into a thread, and lets one leave it. */
export function createThreadTarget(line, field) {
  let ts;

  function clear() {
    ts = undefined;
    line.hidden = true;
  }

  return {
    clear,
    set({ ts: root, author }) {
      ts = root;
      const leave = () => {
        clear();
        field.focus();
      };
      line.replaceChildren(`In the thread of ${author} `, el("button", { type: "button", class: "small", onclick: leave }, "Leave"));
      line.hidden = false;
      field.focus();
    },
    target: () => (ts === undefined ? {} : { threadTs: ts }),
  };
}
