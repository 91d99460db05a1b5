import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChartRefusals } from "../../../src/bot/slack/chart-refusals.ts";
import { createSlackClient } from "../../../src/bot/slack/client.ts";
import { createSlackSender } from "../../../src/bot/slack/sender.ts";
import type { SlackAddress, StoredMessage } from "../../../src/pipeline/outbox.ts";
import { type Chart, done, type Reply, text } from "../../../src/reply.ts";
import { chartsRefused } from "../../../src/sandbox/slack/named-faults.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchSlack } from "../../contracts/slack/watch.ts";

const minute = 60_000;
const chart: Chart = {
  kind: "chart",
  title: "Spend",
  shape: "pie",
  unit: "usd",
  categories: ["o3"],
  series: [{ name: "Spend", values: [1.5] }],
};

let slack: SlackSandbox;
let state: EmbeddedState;
let now: number;
let warnings: string[];
let send: (message: StoredMessage) => Promise<string | undefined>;
let violations: () => readonly string[];
beforeEach(async () => {
  now = 1_000_000;
  warnings = [];
  slack = await startSlackSandbox();
  slack.connect("http://127.0.0.1:9/");
  violations = watchSlack(slack);
  state = await openEmbedded({ file: ":memory:", now: () => now });
  const log = pino({ level: "warn" }, { write: (line: string) => void warnings.push(JSON.parse(line).msg) });
  const client = createSlackClient({ apiUrl: slack.url, botToken: new Secret(slack.botToken), signingSecrets: [] }, log);
  send = createSlackSender(
    client,
    state.claims,
    createChartRefusals(log, () => now),
    "ci",
    () => now,
  );
});
afterEach(async () => {
  await slack.close();
  await state.close();
});

const aMessage = (key: string, audience: Reply["audience"], address: Partial<SlackAddress> = {}): StoredMessage => ({
  key,
  lane: "slack:ada",
  address: { surface: "slack", user: slack.people.ada.id, channel: slack.channels.ci.id, askedAt: now, ...address },
  asker: "ada",
  answers: [{ command: "cost", reply: { ...done("told", text("Spent $1.50"), chart), audience } }],
  version: 1,
});
const ours = () => slack.transcript("ci", "ada").filter(({ authorId }) => authorId === slack.botUserId);
const seen = () => ours().map(({ blocks }) => blocks.map(({ type }) => type).filter((type) => type !== "context"));
const posts = () => slack.calls().filter(({ method }) => method === "chat.postMessage");
const drawn = ["rich_text", "data_visualization"];
const tabled = ["rich_text"];

describe("a message with a chart", () => {
  it("is drawn where Slack takes charts, on every way to the reader", async () => {
    const { responseUrl } = await slack.slash({ as: "ada", channel: "ci", text: "cost" });
    await send(aMessage("posted", "thread"));
    await send(aMessage("answered", "asker", { responseUrl }));
    await send(aMessage("whispered", "asker"));

    expect(seen()).toEqual([drawn, drawn, drawn]);
    expect(violations()).toEqual([]);
  });

  it("is sent once more with tables where Slack refuses charts, on every way to the reader", async () => {
    const { responseUrl } = await slack.slash({ as: "ada", channel: "ci", text: "cost" });
    slack.fail(/./, chartsRefused);

    await send(aMessage("posted", "thread"));
    now += 61 * minute;
    await send(aMessage("answered", "asker", { responseUrl }));
    now += 61 * minute;
    await send(aMessage("whispered", "asker"));

    expect(seen()).toEqual([tabled, tabled, tabled]);
    expect(ours().map((message) => message.text)).toEqual(["Spent $1.50 · ada", "Spent $1.50", "Spent $1.50"]);
    expect(JSON.stringify(ours()[0]?.blocks)).toContain("$1.50");
    expect(violations()).toEqual([]);
  });

  it("is not tried with its chart again within the hour, and the log says so once", async () => {
    slack.fail(/chat\.postMessage/, chartsRefused);

    await send(aMessage("first", "thread"));
    now += 59 * minute;
    await send(aMessage("second", "thread"));
    expect(posts()).toHaveLength(3);
    expect(warnings.filter((each) => each.startsWith("Slack refuses charts"))).toHaveLength(1);

    now += 2 * minute;
    await send(aMessage("third", "thread"));
    expect(posts()).toHaveLength(5);
  });

  it("says nothing about charts when Slack dislikes the tables too: then the words alone come through", async () => {
    slack.fail(/chat\.postMessage/, { error: "invalid_blocks", times: 2 });

    await send(aMessage("first", "thread"));
    now += 2_000;
    await send(aMessage("second", "thread"));

    expect(seen()).toEqual([[], drawn]);
  });
});
