import { byId } from "./dom.js";
import { openMenu } from "./menu.js";

const button = byId("models");

const moods = {
  well: ["Models answer", "scripts do, that is, and no model"],
  refusing: ["Models refuse", "what they are asked"],
  spent: ["Models are used up", "their quota is"],
  slow: ["Models hang", "longer than anybody waits"],
  down: ["Models are down", "each call ends in an error"],
};

/** Offers how models answer from now on. */
export function createModels(choose) {
  const items = Object.entries(moods).map(([mood, [label, note]]) => ({ label, note, act: () => choose(mood) }));
  button.addEventListener("click", () => openMenu(button, "How models answer", items));
}

/** Shows how they answer; nothing where none can be asked. */
export function drawModels(mood) {
  button.hidden = mood === undefined;
  byId("scripted").hidden = mood === undefined;
  if (mood === undefined) return;
  button.textContent = `${moods[mood][0]} ▾`;
  button.classList.toggle("bad", mood !== "well");
}
