import { renderBlocks } from "./block-kit.js";
import { byId, el } from "./dom.js";
import { keep, scrolling } from "./keep.js";

const pane = byId("home");
const blocks = byId("home-blocks");

/** Draws the App Home of whoever is typing. */
export function drawHome(person, names, onAction) {
  const { home } = person;
  scrolling(pane, person.key, "start", () =>
    keep(
      blocks,
      [{ key: person.key, home }],
      ({ key }) => key,
      () => {
        if (!home) return el("p", { class: "empty" }, "The bot is drawing your home …");
        return el(
          "div",
          { class: "home" },
          renderBlocks(home.blocks, names, (element, value) => onAction(home, element, value)),
        );
      },
    ),
  );
}
