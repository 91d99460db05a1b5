import { byId, el } from "./dom.js";
import { keep } from "./keep.js";
import { openMenu } from "./menu.js";
import { looks, verdict } from "./states.js";

const list = byId("jobs");
const summary = byId("verdict");
/** The jobs whose attempts are shown. */
const unfolded = new Set();
let redraw;

/** Draws the jobs of the head of a pull request or branch, each with a menu of what can be done to it. */
export function drawChecks(place, runs, moveJob) {
  const jobs = runs.flatMap((run) => run.jobs.map((job) => ({ ...job, run: run.id, title: titleOf(run, runs) })));
  keep(summary, [verdict(jobs)], () => "verdict", drawVerdict);

  redraw = () => drawChecks(place, runs, moveJob);
  const shown = jobs.map((job) => ({ ...job, key: `${place}/${job.run}/${job.name}` }));
  keep(
    list,
    shown.map((job) => ({ ...job, isUnfolded: unfolded.has(job.key) })),
    ({ key }) => key,
    (job) => drawJob(job, (to) => moveJob(job.name, to)),
  );
}

/** One run needs no title. */
const titleOf = ({ workflow }, runs) => (runs.length > 1 ? workflow : undefined);

const drawVerdict = ({ mark, tone, words }) => el("span", {}, el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark), words);

function drawJob(job, move) {
  const { key, name, title, state, attempts, next, isUnfolded } = job;
  const { mark, tone, words } = looks(state);
  const attempt = attempts.at(-1).attempt;
  const items = [
    { label: "Break", note: "fails now, and in further attempts", act: () => move("break") },
    { label: "Fix", note: "the next attempt passes", act: () => move("fix") },
    { label: isUnfolded ? "Hide attempts" : "Show attempts", note: `${attempts.length} so far`, act: toggle },
  ];
  const menu = el(
    "button",
    { type: "button", class: "more", "aria-haspopup": "menu", "aria-label": `Actions for ${name}`, "data-opens": key },
    "⋯",
  );
  menu.addEventListener("click", () => openMenu(menu, `Actions for ${name}`, items));

  function toggle() {
    if (!unfolded.delete(key)) unfolded.add(key);
    redraw();
  }

  return el(
    "li",
    {},
    el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark),
    el(
      "span",
      { class: "job" },
      title ? el("span", { class: "quiet" }, `${title} / `) : undefined,
      el("span", { class: "job-name" }, name),
      el("span", { class: "quiet how" }, attempt > 1 ? `${words}, attempt ${attempt}` : words),
      next && tone === "bad" ? el("span", { class: "next" }, next === "success" ? "passes next time" : "keeps failing") : undefined,
    ),
    menu,
    isUnfolded ? el("ol", { class: "attempts", "aria-label": `Attempts of ${name}` }, attempts.map(drawAttempt)) : undefined,
  );
}

function drawAttempt({ attempt, state }) {
  const { mark, tone, words } = looks(state);
  return el("li", {}, el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark), `Attempt ${attempt}: ${words}`);
}
