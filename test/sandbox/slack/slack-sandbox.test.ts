import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";
import { startBoltApp } from "./bolt-app.ts";

let slack: SlackSandbox;
let bolt: Awaited<ReturnType<typeof startBoltApp>>;

beforeAll(async () => {
  slack = await startSlackSandbox();
  bolt = await startBoltApp(slack);
});

afterAll(async () => {
  await bolt.close();
  await slack.close();
});

const textsFor = (as: "ada" | "ravi", channel: "ci" | "random" | "dm" = "ci") => slack.transcript(channel, as).map(({ text }) => text);

describe("a slash command", () => {
  it("reaches a real Bolt app, whose ack only the typist sees", async () => {
    const { status, shown } = await slack.slash({ as: "ada", channel: "ci", text: "status" });

    expect(status).toBe(200);
    expect(shown).toMatchObject({ text: "You said status", visibleTo: slack.people.ada.id });
    expect(textsFor("ada")).toContain("You said status");
    expect(textsFor("ravi")).not.toContain("You said status");
  });

  it("is answered later through its response URL", async () => {
    await slack.slash({ as: "ravi", channel: "random", text: "later" });

    await vi.waitFor(() => expect(textsFor("ravi", "random")).toContain("And later"));
  });

  it("is answered for everybody when the ack says so", async () => {
    await slack.slash({ as: "ada", channel: "random", text: "loud" });

    expect(textsFor("ravi", "random")).toContain("For all to see");
  });

  it("is answered in the conversation with the bot", async () => {
    await slack.slash({ as: "ada", channel: "dm", text: "status" });

    expect(textsFor("ada", "dm")).toEqual(["You said status"]);
  });

  it("fails before the typist's eyes when nobody acks within three seconds", async () => {
    const { status, shown, tookMs } = await slack.slash({ as: "uma", channel: "ci", text: "hang" });

    expect(status).toBe(0);
    expect(tookMs).toBeGreaterThanOrEqual(2_990);
    expect(shown).toMatchObject({ author: "Slackbot", text: '/ci failed with the error "operation_timeout"' });
  });
});

describe("a click", () => {
  it("carries the button's value, and the answer replaces the message for everybody", async () => {
    await slack.slash({ as: "ada", channel: "random", text: "button" });
    const message = await vi.waitFor(() => {
      const found = slack.transcript("random", "ravi").find(({ actions }) => actions.length > 0);
      if (!found) throw new Error("No button yet.");
      return found;
    });

    const { status } = await slack.click({ as: "ravi", messageId: message.id, actionId: "run" });

    expect(status).toBe(200);
    await vi.waitFor(() => expect(textsFor("ada", "random")).toContain(`${slack.people.ravi.id} ran retry-job --failed`));
    expect(slack.transcript("random").find(({ id }) => id === message.id)).toMatchObject({ edited: true, actions: [] });
  });
});

describe("a message that names the bot", () => {
  it("arrives as an app_mention", async () => {
    await slack.say({ as: "ada", channel: "ci", text: `<@${slack.botUserId}> status` });

    await vi.waitFor(() => expect(bolt.mentions).toContain(`<@${slack.botUserId}> status`));
  });
});

describe("a delivery's signature", () => {
  const body = "command=%2Fci&text=status";

  it.each([
    { what: "signed with another secret", raw: { body, secret: "wrong" } },
    { what: "six minutes old", raw: { body, timestamp: Math.floor(Date.now() / 1000) - 360 } },
    { what: "with a made-up signature", raw: { body, signature: `v0=${"0".repeat(64)}` } },
  ])("is refused by Bolt when $what", async ({ raw }) => {
    const { status } = await slack.post(raw);

    expect(status).toBe(401);
  });

  it("can be replayed to the byte", async () => {
    const { sent } = await slack.slash({ as: "ada", channel: "ci", text: "again" });

    const replay = await slack.post(sent);

    expect(replay).toMatchObject({ status: 200, body: "You said again", sent: { signature: sent.signature } });
  });
});
