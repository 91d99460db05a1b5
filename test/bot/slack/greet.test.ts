import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGreet } from "../../../src/bot/slack/greet.ts";
import { help } from "../../../src/commands/help.ts";
import { Settings } from "../../../src/config/settings.ts";
import type { Channel } from "../../../src/pipeline/workspace.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

let state: EmbeddedState;
beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterAll(() => state.close());

const bound = { channels: [{ id: "C123", repositories: ["acme/shop"] }] };

function invite(channel: string, { settings = {}, kind = "internal", inviter, commands = [help] }: Invite = {}): Promise<void> {
  const workspace = {
    channel: async () => ({ kind, isOurs: true, isPrivate: false }),
    member: async () => ({ name: "ada", kind: "member" as const }),
    permalink: async () => "",
  };
  const greet = createGreet({ settings: Settings.parse(settings), services: { records: state.records, workspace }, commands });
  const payload = { channel, ...(inviter !== undefined && { inviter }) };
  return greet({ id: "greet:1", task: "greet-channel", payload, attempt: 1, signal: new AbortController().signal });
}
interface Invite {
  readonly settings?: object;
  readonly kind?: Channel["kind"];
  readonly inviter?: string;
  readonly commands?: Parameters<typeof createGreet>[0]["commands"];
}

const said = (channel: string) => state.records.transaction(({ outbox }) => outbox.find(`hello:${channel}`));
const words = async (channel: string) => JSON.stringify((await said(channel))?.answers);

describe("the introduction", () => {
  it("stays as it was said, even when the channel is bound to something else later", async () => {
    await invite("C123", { settings: bound });
    await invite("C123");

    expect((await said("C123"))?.version).toBe(1);
    expect(await words("C123")).toContain("Here I speak of acme/shop");
  });

  it("gives the lines to paste where no repository is bound", async () => {
    await invite("C124");

    expect(await words("C124")).toContain("channels:\\n  - id: C124\\n    repositories: [owner/repo]");
  });

  it("names the command that mutes only where there is one", async () => {
    await invite("C125");
    await invite("C126", { commands: [{ ...help, name: "mute" }] });

    expect(await words("C125")).toContain("To silence me: /remove @nextrust");
    expect(await words("C126")).toContain("To silence me: /ci mute, or /remove @nextrust");
  });

  it("is not said where another workspace reads along, but to who invited us, unless the settings allow the channel", async () => {
    await invite("C127", { kind: "shared" });
    await invite("C128", { kind: "shared", inviter: "U1" });
    await invite("C129", { kind: "shared", inviter: "U1", settings: { allow: { slackChannels: ["C129"] } } });

    expect(await said("C127")).toBeUndefined();
    expect((await said("C128"))?.address).toEqual({ surface: "slack_post", to: { user: "U1" } });
    expect((await said("C129"))?.address).toEqual({ surface: "slack_post", to: { channel: "C129" } });
  });
});
