import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";
import type { SocketControl } from "../../src/sandbox/slack/socket/socket-server.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

const socketOf = ({ slack }: { slack: SlackSandbox }): SocketControl => {
  if (slack.socket === undefined) throw new Error("This sandbox speaks HTTP.");
  return slack.socket;
};

const readiness = async ({ bot }: World) => {
  const answer = await fetch(`${bot.url}/readyz`);
  return { status: answer.status, body: (await answer.json()) as { checks: Record<string, string> } };
};

const answersTo = ({ slack }: World, thread: string) =>
  slack.transcript("ci", "ada").filter(({ threadTs, authorId }) => threadTs === thread && authorId === slack.botUserId);

const mention = ({ slack }: World, text: string) => ({ as: "ada", channel: "ci", text: `<@${slack.botUserId}> ${text}` }) as const;

describe("Socket Mode", () => {
  let world: World;
  let socket: SocketControl;
  beforeAll(async () => {
    world = await startWorld({ socketMode: true });
    socket = socketOf(world);
  });
  afterAll(() => world.close());

  it("holds two connections, is ready, and takes nothing from Slack by HTTP", async () => {
    const { status, body } = await readiness(world);

    expect(socket.connections()).toBe(2);
    expect({ status, checks: body.checks }).toEqual({
      status: 200,
      checks: { storage: "ok", slack: "ok", slackSocket: "ok", github: "ok", pager: "ok" },
    });
    expect((await fetch(`${world.bot.url}/slack/events`, { method: "POST", body: "{}" })).status).toBe(404);
  });

  it("shows at once that a command is on its way, and then answers", async () => {
    const { shown } = await world.slack.slash({ as: "ada", channel: "random", text: "status #2" });

    expect(shown?.text).toBe("On it: /ci status …");
    expect(await world.ask("ada", "status #2")).toContain("#2: test-rust (m68040) failed");
  });

  it("takes clicks", async () => {
    await world.ask("ada", "nonsense");
    const message = world.slack.transcript("ci", "ada").findLast(({ actions }) => actions.length > 0);

    const { status } = await world.slack.click({ as: "ada", messageId: message?.id ?? "", actionId: message?.actions[0]?.actionId ?? "" });

    expect(status).toBe(200);
    await eventually(() => world.slack.transcript("ci", "ada").some(({ blocks }) => wordsIn(blocks).includes("What you may do here")));
  });

  it("answers a message that names the bot, in its thread", async () => {
    const { message } = await world.slack.say(mention(world, "whoami"));

    await eventually(() => answersTo(world, message.ts).length === 1);
  });

  it("runs once what Slack sends again in another envelope, as if it were new", async () => {
    const { message, deliveries } = await world.slack.say(mention(world, "whoami"));
    const command = await world.slack.slash({ as: "grace", channel: "random", text: "whoami" });
    for (const { sent } of [...deliveries, command]) expect((await world.slack.post(sent)).status).toBe(200);
    await world.restart();

    const seen = socket.envelopes().filter(({ payload }) => payload.trigger_id === command.triggerId);
    expect(seen.map(({ attempt, end }) => [attempt, end])).toEqual([
      [0, "acknowledged"],
      [0, "acknowledged"],
    ]);
    expect(answersTo(world, message.ts)).toHaveLength(1);
    expect(world.slack.transcript("random", "grace").filter(({ blocks }) => wordsIn(blocks).includes("You are:"))).toHaveLength(1);
  });

  it("goes on without a gap when Slack refreshes both connections, and says so in the log", async () => {
    socket.disconnect("refresh_requested");

    const answers = await Promise.all(
      (["ada", "grace", "ravi"] as const).map((as) => world.slack.slash({ as, channel: "random", text: "status #1" })),
    );

    expect(answers.map(({ shown }) => shown?.text)).toEqual(Array.from({ length: 3 }, () => "On it: /ci status …"));
    await eventually(() => world.log().split('"reason":"refresh_requested"').length === 3);
    await eventually(() => socket.connections() === 2);
    expect(world.log()).not.toContain("an envelope from Slack was not acknowledged");
  });

  it("loses nothing and does nothing twice when a connection breaks before it acknowledged", async () => {
    socket.cutUnderNext();
    const { message } = await world.slack.say(mention(world, "whoami"));
    socket.cutUnderNext();
    const { status, shown } = await world.slack.slash({ as: "uma", channel: "random", text: "whoami" });
    await eventually(() => answersTo(world, message.ts).length > 0);
    await world.restart();

    expect(socket.envelopes().filter(({ end }) => end === "connection ended").length).toBeGreaterThanOrEqual(2);
    expect({ status, shown: shown?.text }).toEqual({ status: 200, shown: "On it: /ci whoami …" });
    expect(answersTo(world, message.ts)).toHaveLength(1);
    expect(world.slack.transcript("random", "uma").filter(({ blocks }) => wordsIn(blocks).includes("You are:"))).toHaveLength(1);
  });

  it("while storage is down, tells who typed a command, leaves an event unacknowledged, and takes it when Slack sends it again", async () => {
    const other = new DatabaseSync(world.stateFile);
    other.exec("BEGIN IMMEDIATE");

    const [typed, { message, deliveries }] = await Promise.all([
      world.slack.slash({ as: "ada", channel: "random", text: "status" }),
      world.slack.say(mention(world, "whoami")),
    ]).finally(() => {
      other.exec("ROLLBACK");
      other.close();
    });

    expect(typed.shown?.text).toBe("Nothing was done: storage is down. Try again in a minute.");
    expect(deliveries.some(({ status }) => status === 0)).toBe(true);
    await eventually(() => answersTo(world, message.ts).length === 1);
    const ofMention = socket.envelopes().filter(({ payload }) => JSON.stringify(payload.event)?.includes(message.ts));
    expect(ofMention.map(({ attempt }) => attempt)).toContain(1);
  }, 15_000);

  it("logs no token and no address of a socket", () => {
    for (const secret of [world.slack.appToken, "xapp-", "ticket="]) expect(world.log()).not.toContain(secret);
  });
});
