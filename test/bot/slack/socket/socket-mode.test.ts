import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Envelope } from "../../../../src/bot/slack/socket/connection.ts";
import { createSocketMode, type SocketMode } from "../../../../src/bot/slack/socket/socket-mode.ts";
import { createLog } from "../../../../src/log.ts";
import { type SlackSandbox, startSlackSandbox } from "../../../../src/sandbox/slack/slack-sandbox.ts";
import type { SocketControl } from "../../../../src/sandbox/slack/socket/socket-server.ts";
import { Secret } from "../../../../src/secret.ts";
import { eventually } from "../../../eventually.ts";

let slack: SlackSandbox;
let server: SocketControl;
let skippedMs: number;
let log: string[];
beforeEach(async () => {
  slack = await startSlackSandbox({ socketMode: true });
  server = slack.socket as SocketControl;
  skippedMs = 0;
  log = [];
});
afterEach(() => slack.close());

const acknowledge = ({ ack }: Envelope) => ack({});

function aSocket({ onEnvelope = acknowledge, token = slack.appToken, pongWithinMs = 5_000, helloWithinMs = 10_000 } = {}): SocketMode {
  const socket = createSocketMode({
    access: { apiUrl: slack.url, appToken: new Secret(token) },
    onEnvelope,
    log: createLog("info", { write: (line: string) => void log.push(line) }),
    now: () => Date.now() + skippedMs,
    patience: { pongWithinMs, helloWithinMs },
  });
  onTestFinished(() => socket.stop());
  return socket;
}

const logged = (words: string) => log.some((line) => line.includes(words));
const anEvent = { type: "app_mention", text: "hello" };

describe("Socket Mode", () => {
  it("notices connections that have fallen silent, and opens new ones", async () => {
    await aSocket({ pongWithinMs: 90 }).start();

    server.fallSilent();
    await eventually(() => log.filter((line) => line.includes("a connection to Slack ended")).length >= 2);
    await eventually(() => server.connections() === 2);

    expect((await slack.event(anEvent)).status).toBe(200);
  });

  it("starts while Slack is away, says so, and connects when it is back", async () => {
    const end = slack.fail(/apps\.connections\.open/, { status: 503 });
    const socket = aSocket();
    await socket.start();

    await expect(socket.probe()).rejects.toThrow("Socket Mode: Slack has trouble answering.");
    end();

    await eventually(() => server.connections() === 2);
    await expect(socket.probe()).resolves.toBeUndefined();
  });

  it("says why it has no connection when the token is taken back", async () => {
    const socket = aSocket({ token: "xapp-wrong" });
    await socket.start();

    await expect(socket.probe()).rejects.toThrow("Slack refuses the app-level token in SLACK_APP_TOKEN.");
  });

  it("stays ready through a short interruption, and is not ready after 30 s without a connection", async () => {
    const socket = aSocket();
    await socket.start();

    slack.fail(/apps\.connections\.open/, { error: "internal_error" });
    server.cut();
    await eventually(() => logged('"open":0,"msg":"a connection to Slack ended"'));

    await expect(socket.probe()).resolves.toBeUndefined();
    skippedMs = 31_000;
    await expect(socket.probe()).rejects.toThrow(/^Socket Mode: no connection for 3\d s \(/);
  });

  it("logs for how long nobody was connected", async () => {
    const socket = aSocket();
    await socket.start();
    server.cut();

    await eventually(() => log.some((line) => /"awayMs":\d+,"msg":"connected to Slack by Socket Mode"/.test(line)));
  });

  it("gives up on a connection that is not greeted, and tries again", async () => {
    server.hangNext(2);
    await aSocket({ helloWithinMs: 60 }).start();

    expect(logged("Slack's socket cannot be reached (Slack did not greet).")).toBe(true);
    await eventually(() => server.connections() === 2);
  });

  it.each(["refresh_requested", "warning"] as const)(
    "keeps a connection that ends with %s until its replacement is there",
    async (reason) => {
      await aSocket().start();
      const end = slack.fail(/apps\.connections\.open/, { status: 503, times: 2 });

      server.disconnect(reason);
      await eventually(() => logged("no connection to Slack"));

      expect((await slack.event(anEvent)).status).toBe(200);
      end();
      await eventually(() => log.filter((line) => line.includes(`"reason":"${reason}"`)).length === 2);
      expect((await slack.event(anEvent)).status).toBe(200);
    },
  );

  it("comes to terms with Slack having too many of its connections", async () => {
    const others = Array.from({ length: 5 }, () => aSocket());
    await Promise.all(others.map((other) => other.start()));

    await aSocket().start();

    expect(server.connections()).toBe(10);
    expect(logged("too_many_websockets")).toBe(true);
  });

  it("acknowledges what it is working on before it stops, and takes nothing after", async () => {
    const { promise: isFinished, resolve: finish } = Promise.withResolvers<void>();
    let taken = 0;
    const socket = aSocket({
      async onEnvelope({ ack }) {
        taken += 1;
        await isFinished;
        await ack();
      },
    });
    await socket.start();
    // One on each connection, so that both are busy.
    const sent = [slack.event(anEvent), slack.event(anEvent)];
    await eventually(() => taken === 2);

    const stopped = socket.stop();
    void slack.event(anEvent);
    await eventually(() => server.envelopes().length === 3);
    // What was sent before this answer has arrived by now.
    await fetch(slack.url);
    finish();
    await stopped;

    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200]);
    await eventually(() => server.envelopes()[2]?.end === "connection ended");
    expect({ taken, connections: server.connections() }).toEqual({ taken: 2, connections: 0 });
  });
});
