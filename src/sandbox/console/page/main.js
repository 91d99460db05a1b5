import { attempt, createComposer } from "./composer.js";
import { confirms } from "./confirm.js";
import { byId } from "./dom.js";
import { focusBySlash } from "./keys.js";
import { drawPull } from "./pull-pane.js";
import { segments } from "./segments.js";
import { listen, post, readCommands } from "./server.js";
import { drawSlack } from "./slack-pane.js";
import { verdict } from "./states.js";
import { createTabs } from "./tabs.js";
import { createThreadTarget } from "./thread-target.js";

const chosen = { typist: "ada", channel: "ci", pull: undefined };
let state;

const tabs = createTabs([...document.querySelectorAll("[role=tab]")], [...document.querySelectorAll(".pane")]);
const thread = createThreadTarget(byId("thread-target"), byId("slack-text"));
const commands = await readCommands();
createComposer(byId("slack-form"), {
  prefix: "/ci ",
  commands,
  examples: ["help", "status", "retry-job --failed", "get-logs", "clear-cache", "whoami", "can status"],
  send: (text) => post("/sandbox/slack/message", { as: chosen.typist, channel: chosen.channel, text, ...thread.target() }),
});
const pullComposer = createComposer(byId("pull-form"), {
  prefix: "/ci-",
  commands,
  examples: ["status", "retry-job --failed", "help", "whoami"],
  send: (body) => post("/sandbox/pull/comment", { as: chosen.typist, number: Number(chosen.pull), body }),
});
focusBySlash((from) => byId((tabs.shown() ?? (from.closest(".pull") ? "pull" : "slack")) === "pull" ? "pull-text" : "slack-text"));

const onPull = (path, more) => attempt(byId("pull-form"), () => post(path, { number: Number(chosen.pull), ...more }));
byId("push").addEventListener("click", () => onPull("/sandbox/pull/push"));
byId("finish").addEventListener("click", () => onPull("/sandbox/pull/finish"));

function draw() {
  const { people, channels, pulls } = state;
  const person = people.find(({ key }) => key === chosen.typist);
  const pull = pulls.find(({ number }) => String(number) === chosen.pull) ?? pulls[0];
  chosen.pull = String(pull.number);
  const choose = (what) => (value) => {
    chosen[what] = value;
    if (what !== "pull") thread.clear();
    draw();
  };
  const options = {
    typist: people.map(({ key, name, role }) => ({ key, label: name, note: role })),
    channel: [...channels.map(({ key, name }) => ({ key, label: name })), { key: "dm", label: "Direct" }],
    pull: pulls.map(({ number, runs }) => ({
      key: String(number),
      label: `#${number}`,
      note: verdict(runs.flatMap(({ jobs }) => jobs)).short,
    })),
  };
  for (const [what, offered] of Object.entries(options)) segments(byId(`${what}s`), what, offered, chosen[what], choose(what));

  const channel = chosen.channel === "dm" ? person.dm : channels.find(({ key }) => key === chosen.channel).id;
  drawSlack(state, person, channel, { onAction: pressed, onReply: thread.set });
  drawPull(pull, { onJob: (name, to) => onPull("/sandbox/pull/job", { name, to }), onCommand: pullComposer.take });
  byId("finish").hidden = verdict(pull.runs.flatMap(({ jobs }) => jobs)).tone !== "busy";
}

/** A click on a message: Slack asks first, where the app wants it to. */
async function pressed(message, element, value) {
  const { action_id: actionId = "", confirm } = element;
  const isWanted = !confirm || (await confirms(confirm, state.names));
  // The button may have been drawn anew while the dialog had the focus.
  if (document.activeElement === document.body)
    document.querySelector(`[data-message="${CSS.escape(message.id)}"] [data-action="${CSS.escape(actionId)}"]`)?.focus();
  if (!isWanted) return;
  const click = { as: chosen.typist, messageId: message.id, actionId, ...(value === undefined ? {} : { value }) };
  await attempt(byId("slack-form"), () => post("/sandbox/slack/click", click));
}

const connection = byId("connection");
listen({
  onState(next) {
    connection.textContent = "Live";
    connection.dataset.live = "";
    state = next;
    draw();
  },
  onLost() {
    connection.textContent = "Reconnecting…";
    delete connection.dataset.live;
  },
});
