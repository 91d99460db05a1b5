import { openMenu } from "./menu.js";

const scenes = [
  ["fix", "Push a fix", "a commit on which all jobs pass"],
  ["push", "Push a commit", "what is broken stays broken"],
  ["nightly_red", "Nightly fails", "the scheduled workflow"],
  ["nightly_green", "Nightly passes", "and is over"],
  ["queue", "Merge queue drops #1", "its run fails, and it is dequeued"],
  ["outage", "A registry is down", "3 pull requests fail with one error"],
  ["private", "The repository becomes private", "costs are told on pull requests, too"],
  ["public", "It becomes public", "and costs are told in Slack alone"],
];

/** Offers what may happen to main and around it. */
export function createScenes(button, happen) {
  const items = scenes.map(([scene, label, note]) => ({ label, note, act: () => happen(scene) }));
  button.addEventListener("click", () => openMenu(button, "What happens", items));
}
