import { openMenu } from "./menu.js";

const onMain = [
  ["fix", "Push a fix", "a commit on which all jobs pass"],
  ["push", "Push a commit", "what is broken stays broken"],
  ["nightly_red", "Nightly fails", "the scheduled workflow"],
  ["nightly_green", "Nightly passes", "and is over"],
  ["queue", "Merge queue drops #1", "its run fails, and it is dequeued"],
  ["outage", "A registry is down", "3 pull requests fail with one error"],
  ["private", "The repository becomes private", "costs are told on pull requests, too"],
  ["public", "It becomes public", "and costs are told in Slack alone"],
];

const question = "How do we save the FPU's state without stopping interrupts?";
const onPull = [
  [{ comment: "/ci-force-review gemini" }, "Ask for a review", "of all of it"],
  [{ scene: "bug" }, "Push a bug", "what is new is reviewed"],
  [{ scene: "sound" }, "Push a sound change", "with nothing to find"],
  [{ scene: "timeout" }, "A registry hangs up", "docs fails, and is retried"],
  [{ scene: "mistake" }, "A build breaks", "an error of the change: nothing is retried"],
  [{ comment: `/ci-design-help ${question}` }, "Ask for design help", question],
];

/** Offers what may happen to the place that is looked at: to main and around it, or to a pull request. */
export function createScenes(button, { kind, happen, happenTo }) {
  const main = onMain.map(([scene, label, note]) => ({ label, note, act: () => happen(scene) }));
  const pull = onPull.map(([what, label, note]) => ({ label, note, act: () => happenTo(what) }));
  button.addEventListener("click", () => openMenu(button, "What happens", kind() === "pull" ? pull : main));
}
