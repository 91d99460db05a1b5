import { clock, el, keep } from "./dom.js";
import { reactions } from "./emoji.js";
import { markdown } from "./markdown.js";

const about = document.getElementById("pull-about");
const comments = document.getElementById("comments");
const scroll = document.getElementById("pull");
let shown;

const states = {
  success: ["✓", "good", "passed"],
  failure: ["✕", "bad", "failed"],
  error: ["✕", "bad", "failed"],
  timed_out: ["✕", "bad", "timed out"],
  cancelled: ["⊘", "idle", "cancelled"],
  skipped: ["⊘", "idle", "skipped"],
  neutral: ["■", "idle", "neutral"],
  in_progress: ["●", "busy", "running"],
  queued: ["○", "busy", "queued"],
  waiting: ["○", "busy", "waiting"],
  pending: ["○", "busy", "pending"],
};

/** Draws a pull request: how its checks stand, then who said what. */
export function drawPull(pull, { moveJob }) {
  const { comments: said, ...rest } = pull;
  keep(
    about,
    [rest],
    ({ number }) => String(number),
    (one) => drawAbout(one, moveJob),
  );
  const wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const isAdded = keep(comments, said, ({ id }) => `${pull.number}/${id}`, drawComment);
  if (shown !== pull.number) scroll.scrollTop = 0;
  else if (isAdded && wasAtEnd) scroll.scrollTop = scroll.scrollHeight;
  shown = pull.number;
}

function drawAbout({ number, title, author, branch, jobs }, moveJob) {
  const failed = jobs.filter(({ state }) => states[state]?.[1] === "bad").length;
  const busy = jobs.filter(({ state }) => states[state]?.[1] === "busy").length;
  const verdict =
    failed > 0
      ? `${failed} of ${jobs.length} checks failed`
      : busy > 0
        ? `${busy} of ${jobs.length} checks not done`
        : `All ${jobs.length} checks passed`;
  return el(
    "div",
    { class: "about" },
    el("h3", { class: "pull-title" }, title, " ", el("span", { class: "quiet" }, `#${number}`)),
    el(
      "p",
      { class: "pull-meta" },
      el("span", { class: "open" }, "Open"),
      el("span", {}, el("strong", {}, author), " from ", el("code", {}, branch)),
    ),
    el(
      "details",
      { class: "checks", open: failed > 0 },
      el(
        "summary",
        {},
        el(
          "span",
          { class: `state ${failed > 0 ? "bad" : busy > 0 ? "busy" : "good"}`, "aria-hidden": "true" },
          failed > 0 ? "✕" : busy > 0 ? "●" : "✓",
        ),
        verdict,
      ),
      el(
        "ul",
        {},
        jobs.map((job) => drawJob(job, (state) => moveJob(number, job.name, state))),
      ),
    ),
  );
}

function drawJob({ name, state }, move) {
  const [mark, tone, words] = states[state] ?? ["○", "idle", state];
  const isGood = tone === "good";
  return el(
    "li",
    {},
    el("span", { class: `state ${tone}`, "aria-hidden": "true" }, mark),
    el("span", { class: "job" }, name),
    el("span", { class: "quiet" }, words),
    el(
      "button",
      {
        type: "button",
        class: "small",
        "aria-label": `${isGood ? "Break" : "Fix"} ${name}`,
        onclick: () => move(isGood ? "failure" : "success"),
      },
      isGood ? "Break" : "Fix",
    ),
  );
}

function drawComment({ author, isBot, body, createdAt, isEdited, reactions: given }) {
  return el(
    "article",
    { class: `comment${isBot ? " from-bot" : ""}` },
    el(
      "p",
      { class: "byline" },
      el("strong", {}, author.replace(/\[bot\]$/, "")),
      isBot ? el("span", { class: "badge" }, "bot") : undefined,
      el("time", {}, clock(new Date(createdAt))),
      isEdited ? el("span", { class: "quiet" }, "edited") : undefined,
    ),
    el("div", { class: "prose" }, markdown(body)),
    given.length > 0
      ? el(
          "p",
          { class: "reactions" },
          given.map(({ content, count }) => el("span", {}, `${reactions[content] ?? content} ${count}`)),
        )
      : undefined,
  );
}
