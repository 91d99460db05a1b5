import { attempt, createComposer } from "./composer.js";
import { confirms } from "./confirm.js";
import { byId, el } from "./dom.js";
import { rememberFocus } from "./focus-return.js";
import { drawPlace } from "./github-pane.js";
import { drawHome } from "./home-pane.js";
import { focusBySlash } from "./keys.js";
import { messageMenu } from "./message-menu.js";
import { createModal } from "./modal.js";
import { createModels, drawModels } from "./models.js";
import { drawPager } from "./pager-pane.js";
import { placesOf } from "./places.js";
import { createScenes } from "./scenes.js";
import { segments } from "./segments.js";
import { listen, post, readCommands } from "./server.js";
import { drawSlack } from "./slack-pane.js";
import { createSpend, drawSpend } from "./spend.js";
import { verdict } from "./states.js";
import { createTabs } from "./tabs.js";
import { createTarget } from "./target.js";

const chosen = { typist: "ada", channel: "ci", place: undefined };
let state;
/** The place of GitHub that is shown. */
let place;

const slackForm = byId("slack-form");
const githubForm = byId("github-form");
const slackText = byId("slack-text");
const tabs = createTabs([...document.querySelectorAll("[role=tab]")], [...document.querySelectorAll(".pane")]);
const inSlack = createTarget(byId("slack-target"), slackText);
const onGitHub = createTarget(byId("github-target"), byId("github-text"));
const drawModal = createModal({ post, otherwise: slackText });
const commands = await readCommands();
createComposer(slackForm, {
  prefix: "/ci ",
  commands,
  examples: ["help", "status", "retry-job --failed"],
  send: sendToSlack,
});
const comment = createComposer(githubForm, {
  prefix: "/ci-",
  commands,
  examples: ["status", "retry-job --failed", "force-review gemini", "help"],
  send: sendToGitHub,
});
focusBySlash((from) => byId((tabs.shown() ?? (from.closest(".github") ? "github" : "slack")) === "github" ? "github-text" : "slack-text"));

async function sendToSlack(text) {
  const { editing, thread } = inSlack.get() ?? {};
  if (editing === undefined) {
    const about = { as: chosen.typist, channel: chosen.channel, text, ...(thread && { threadTs: thread }) };
    return post("/sandbox/slack/message", about);
  }
  await post("/sandbox/slack/edit", { as: chosen.typist, messageId: editing, text });
  inSlack.clear();
}

async function sendToGitHub(body) {
  const path = place.kind === "pull" ? "/sandbox/pull/comment" : "/sandbox/discussion/comment";
  const replyTo = onGitHub.get();
  await post(path, { as: chosen.typist, number: place.target, body, ...(replyTo && { replyTo: Number(replyTo) }) });
  onGitHub.clear();
}

const inSlackForm = (path, about) => attempt(slackForm, () => post(path, about));
const onRuns = (path, more) => attempt(byId("checks"), () => post(path, { target: place.target, ...more }));
byId("push").addEventListener("click", () => onRuns("/sandbox/pull/push"));
createScenes(byId("scenes"), {
  kind: () => place.kind,
  happen: (scene) => attempt(byId("checks"), () => post("/sandbox/scene", { as: chosen.typist, scene })),
  happenTo: ({ scene, comment: body }) =>
    scene
      ? onRuns("/sandbox/pull/scene", { as: chosen.typist, scene })
      : attempt(githubForm, () => post("/sandbox/pull/comment", { as: chosen.typist, number: place.target, body })),
});
createModels((mood) => attempt(byId("checks"), () => post("/sandbox/models", { mood })));
createSpend(post, () => post("/sandbox/slack/message", { as: chosen.typist, channel: "ci", text: "/ci usage days=1 by=service" }));
byId("finish").addEventListener("click", () => onRuns("/sandbox/runs/finish"));

const atHome = (path, about) => attempt(byId("home"), () => post(path, { as: chosen.typist, ...about }));
const openHome = () => atHome("/sandbox/home/open");

const choose = {
  typist(key) {
    chosen.typist = key;
    inSlack.clear();
    if (chosen.channel === "home") openHome();
  },
  channel(key) {
    chosen.channel = key;
    inSlack.clear();
    if (key === "home") openHome();
  },
  place(key) {
    chosen.place = key;
    onGitHub.clear();
  },
};

function draw() {
  const { people, channels } = state;
  const person = people.find(({ key }) => key === chosen.typist);
  const places = placesOf(state);
  place = places.find(({ key }) => key === chosen.place) ?? places[0];
  chosen.place = place.key;
  const options = {
    typist: people.map(({ key, name, role }) => ({ key, label: name, note: role })),
    channel: [...channels.map(({ key, name }) => ({ key, label: name })), { key: "dm", label: "Direct" }, { key: "home", label: "Home" }],
    place: places.map(({ key, option }) => ({ key, ...option })),
  };
  for (const [what, offered] of Object.entries(options))
    segments(byId(`${what}s`), what, offered, chosen[what], (key) => {
      choose[what](key);
      draw();
    });

  drawSlackPane(person);
  drawPlace(place, {
    onJob: (name, to) => onRuns("/sandbox/runs/job", { name, to }),
    onPress: (check, button) => attempt(byId("checks"), () => post("/sandbox/check/press", { as: chosen.typist, check, button })),
    onCommand: comment.take,
    onReply: (id, name) => onGitHub.set(id, `In reply to ${name}`),
    onSuggestion: (id) =>
      attempt(byId("checks"), () => post("/sandbox/pull/suggestion", { as: chosen.typist, target: place.target, comment: id })),
  });
  drawSpend(place, person);
  byId("push").hidden = place.kind !== "pull";
  byId("scenes").hidden = place.kind === "discussion";
  drawModels(state.models);
  byId("finish").hidden = verdict((place.runs ?? []).flatMap(({ jobs }) => jobs)).tone !== "busy";
  drawPager(state.pages, (key, deed) => attempt(byId("pager"), () => post("/sandbox/pager/act", { as: chosen.typist, key, deed })));
  drawModal(person.modal, person.key, state.names);
}

function drawSlackPane(person) {
  const isHome = chosen.channel === "home";
  byId("messages").hidden = slackForm.hidden = isHome;
  byId("home").hidden = !isHome;
  if (isHome) return drawHome(person, state.names, pressedAtHome);
  const channel = chosen.channel === "dm" ? person.dm : state.channels.find(({ key }) => key === chosen.channel).id;
  drawSlack(state, person, channel, {
    onAction: pressed,
    onReply: ({ ts, author }) =>
      inSlack.set({ thread: ts }, `In the thread of ${author}`, { placeholder: "Reply, or @nextrust and a command" }),
    itemsFor: (message) =>
      messageMenu(message, state, person, {
        run: inSlackForm,
        edit: ({ id }, text) => inSlack.set({ editing: id }, "You change your message.", { text }),
      }),
  });
}

/** Slack asks before a click, where the app wants it to. */
async function isWanted({ confirm }) {
  if (!confirm) return true;
  const returnFocus = rememberFocus(slackText);
  const isYes = await confirms(confirm, state.names);
  returnFocus();
  return isYes;
}

async function pressed({ id: messageId }, element, value) {
  if (await isWanted(element))
    await inSlackForm("/sandbox/slack/click", { as: chosen.typist, messageId, actionId: element.action_id ?? "", value });
}

async function pressedAtHome({ id: viewId }, element, value) {
  if (await isWanted(element)) await atHome("/sandbox/view/click", { viewId, actionId: element.action_id ?? "", value });
}

/** The shortcuts that need no message, as one finds them in Slack's search. */
function drawShortcuts() {
  const row = slackForm.querySelector(".examples");
  if (row.querySelector(".shortcut")) return;
  const global = state.shortcuts.filter(({ kind }) => kind === "global");
  row.append(
    ...global.map(({ callbackId, label, note }) =>
      el(
        "button",
        {
          type: "button",
          class: "example shortcut",
          title: note,
          "data-action": callbackId,
          onclick: () => inSlackForm("/sandbox/slack/shortcut", { as: chosen.typist, callbackId }),
        },
        el("span", { "aria-hidden": "true" }, "⚡ "),
        label,
      ),
    ),
  );
}

const connection = byId("connection");
listen({
  onState(next) {
    connection.textContent = "Live";
    connection.dataset.live = "";
    state = next;
    drawShortcuts();
    draw();
  },
  onLost() {
    connection.textContent = "Reconnecting…";
    delete connection.dataset.live;
  },
});
