import { attempt } from "./composer.js";
import { byId } from "./dom.js";
import { segments } from "./segments.js";

const opener = byId("spend-open");
const form = byId("spend");
const said = byId("spend-said");
const tool = byId("spend-tool");
const amounts = [1, 5, 20].map((dollars) => ({ key: String(dollars), label: `$${dollars}` }));
const chosen = { on: "pull", dollars: "5" };
/** What it is spent on now, as the sandbox is told it. */
let about;
/** What was granted and is not used up, and for what. */
let granted;

/** Lets a visitor have programs spend money, or ask for it first, and says what the bot answered. */
export function createSpend(post, show) {
  segments(byId("spend-amounts"), "spend-amount", amounts, chosen.dollars, (key) => {
    chosen.dollars = key;
  });
  opener.addEventListener("click", () => {
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) byId("spend-ask").scrollIntoView({ block: "nearest" });
  });
  byId("spend-show").addEventListener("click", () =>
    attempt(form, async () => {
      await show();
      say("The answer is in Slack, in #ci.");
    }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "";
    const what = { ...about, tool: tool.value, dollars: Number(chosen.dollars) };
    attempt(form, () => (event.submitter?.id === "spend-ask" ? ask(post, what) : spend(post, what)));
  });
}

async function spend(post, what) {
  const reservation = granted?.of === keyOf(what) ? granted.reservation : undefined;
  const { requests } = await post("/sandbox/money/spend", { ...what, ...(reservation && { reservation }) });
  if (reservation) granted = undefined;
  const used = reservation ? ", as was granted" : "";
  const paid = { subscription: " at list prices, paid by the subscription", gemini: " at list prices, free" }[what.tool] ?? "";
  say(`The bot was told of ${requests} requests: $${what.dollars}.00${paid}${used}.`);
}

async function ask(post, what) {
  const { reservation, refused } = await post("/sandbox/money/ask", what);
  if (refused) return say(`Refused. ${refused}`, "bad");
  granted = { reservation, of: keyOf(what) };
  say("Granted: it may be spent. What nobody spends or settles in 15 minutes counts as spent.", "good");
}

const keyOf = ({ as, pull, tool: of }) => [as, pull, of].join();

function say(words, tone = "idle") {
  said.className = tone;
  said.textContent = words;
  if (words) said.scrollIntoView({ block: "nearest" });
}

/** Offers what one may spend on where one looks. */
export function drawSpend(place, { key: as, name }) {
  const isPull = place.kind === "pull";
  const on = [
    { key: "pull", label: place.option.label },
    { key: "session", label: `Session of ${name}` },
  ].slice(isPull ? 0 : 1);
  const now = isPull ? chosen.on : "session";
  segments(byId("spend-on"), "spend-on", on, now, (key) => {
    chosen.on = key;
    drawSpend(place, { key: as, name });
  });
  // It may have been there before, unchosen.
  byId("spend-on").querySelector(`[value="${now}"]`).checked = true;
  const before = about && keyOf({ ...about });
  about = { as, ...(now === "pull" && { pull: place.target }) };
  // What was said of something else would be taken for said of this.
  if (before !== undefined && before !== keyOf({ ...about })) say("");
}
