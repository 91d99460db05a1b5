import { el, segments } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { drawPull } from "./pull-pane.js";
import { drawSlack } from "./slack-pane.js";

const byId = (id) => document.getElementById(id);
const chosen = { typist: "ada", channel: "ci", pull: undefined };
let state;

const slackExamples = ["/ci help", "/ci status", "/ci whoami", "/ci can status"];
const pullExamples = ["/ci-status", "/ci-help", "/ci-whoami"];

function draw() {
  const person = state.people.find(({ key }) => key === chosen.typist);
  chosen.pull ??= String(state.pulls[0]?.number);
  const choose = (what) => (value) => {
    chosen[what] = value;
    draw();
  };
  segments(
    byId("typists"),
    "typist",
    state.people.map(({ key, name, role }) => ({ key, label: name, note: role })),
    chosen.typist,
    choose("typist"),
  );
  const channels = [...state.channels.map(({ key, name }) => ({ key, label: name })), { key: "dm", label: "Direct" }];
  segments(byId("channels"), "channel", channels, chosen.channel, choose("channel"));
  const pulls = state.pulls.map(({ number }) => ({ key: String(number), label: `#${number}` }));
  segments(byId("pulls"), "pull", pulls, chosen.pull, choose("pull"));

  drawSlack(state, person, chosen.channel, pressed);
  const pull = state.pulls.find(({ number }) => String(number) === chosen.pull);
  if (pull) drawPull(pull, { moveJob: (number, name, to) => post("/sandbox/pull/job", { number, name, state: to }) });
}

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

/** A click on a message: Slack asks first, where the app wants it to. */
async function pressed(message, element, _, value) {
  if (element.confirm && !(await asks(element.confirm))) return;
  const click = { as: chosen.typist, messageId: message.id, actionId: element.action_id ?? "", ...(value === undefined ? {} : { value }) };
  await attempt(byId("slack-form"), () => post("/sandbox/slack/click", click));
}

function asks({ title, text, confirm, deny, style }) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title.text;
  byId("confirm-text").replaceChildren(...(text.type === "mrkdwn" ? mrkdwn(text.text, state.names) : [text.text]));
  byId("confirm-yes").textContent = confirm.text;
  byId("confirm-yes").className = style ?? "primary";
  byId("confirm-deny").textContent = deny.text;
  dialog.returnValue = "deny";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true }));
}

/** Does it and says beside the form what went wrong, if anything. */
async function attempt(form, deed) {
  const problem = form.querySelector(".problem");
  problem.textContent = "";
  try {
    await deed();
  } catch (error) {
    problem.textContent = error.message;
  }
}

function composer(form, examples, send) {
  const field = form.querySelector("input, textarea");
  const submit = async (text) => {
    if (text.trim() !== "") await attempt(form, () => send(text));
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    field.value = "";
    await submit(text);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form
    .querySelector(".examples")
    .append(...examples.map((text) => el("button", { type: "button", class: "example", onclick: () => submit(text) }, text)));
}

composer(byId("slack-form"), slackExamples, (text) => post("/sandbox/slack/message", { as: chosen.typist, channel: chosen.channel, text }));
composer(byId("pull-form"), pullExamples, (body) =>
  post("/sandbox/pull/comment", { as: chosen.typist, number: Number(chosen.pull), body }),
);

for (const tab of document.querySelectorAll("[data-show]")) {
  tab.addEventListener("click", () => {
    document.querySelector("main").dataset.shown = tab.dataset.show;
    for (const other of document.querySelectorAll("[data-show]")) other.setAttribute("aria-pressed", String(other === tab));
  });
}

const events = new EventSource("/sandbox/events");
const connection = byId("connection");
events.addEventListener("message", ({ data }) => {
  connection.textContent = "Live";
  connection.dataset.live = "";
  state = JSON.parse(data);
  draw();
});
events.addEventListener("error", () => {
  connection.textContent = "Reconnecting…";
  delete connection.dataset.live;
});
