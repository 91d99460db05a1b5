import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { Arguments } from "../../src/commands/grammar/arguments.ts";
import { parseSlashText } from "../../src/commands/grammar/command-line.ts";
import { mute } from "../../src/commands/mute.ts";
import { subscribe } from "../../src/commands/subscribe.ts";
import { unsubscribe } from "../../src/commands/unsubscribe.ts";
import { watch } from "../../src/commands/watch.ts";
import type { Pipeline } from "../../src/pipeline/pipelines.ts";
import type { Transaction } from "../../src/pipeline/records.ts";
import type { Reply } from "../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { ada, grace } from "./incidents/an-incident.ts";
import { openPeople, type People } from "./incidents/people.ts";

const repository = "acme/shop";
const at = 1_764_000_000_000;
const subject = {
  kind: "pull_request",
  number: 12,
  title: "",
  url: "",
  state: "open",
  author: "ada",
  branch: "topic",
  isFork: false,
} as const;
const pipeline: Pipeline = { repository, headSha: "ab12cd34ef", headUrl: "", subject, counts: { running: 1 }, jobs: [] };
const aSubscription = { channel: "C1", repository, rule: { repositories: [repository] }, by: "ada", since: at };

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  const watch = { person: "U1", repository, number: 13, headSha: "ab12", told: [] };
  await state.records.transaction(async ({ subscriptions, watches }) => {
    await subscriptions.add(aSubscription, "before");
    await watches.put(watch);
  });
});
afterEach(() => state.close());

const standing = () =>
  state.records.transaction(async ({ subscriptions, watches, mutes }) => ({
    subscriptions: (await subscriptions.list("C1")).map(({ number }) => number),
    watched: (await watches.pullRequests(9)).map(({ number }) => number),
    isMuted: (await mutes.until("U1", at)) !== undefined,
  }));
const before = { subscriptions: [1], watched: [13], isMuted: false };

const nobody = () => Promise.reject(new Error("Nobody asks for this."));

/** Runs `/ci <text>` of the channel's repository. */
function run(text: string, pullRequest: number, conclude: (tx: Transaction, reply: Reply) => Promise<void>): Promise<Reply> {
  const services = {
    records: state.records,
    policies: [{ id: "C1", repositories: [repository] }],
    permissions: { roleOf: async () => "write" as const },
    repositories: { isPrivate: async () => false },
    pipelines: { ofPullRequest: async () => pipeline, ofRef: nobody, newestPullRequestBy: nobody },
    workspace: {
      member: async () => ({ name: "ada", kind: "member" as const }),
      channel: async () => ({ kind: "internal" as const, isOurs: true, isPrivate: false }),
      permalink: nobody,
    },
    links: { of: nobody, slackUserOf: nobody, pinned: { of: () => undefined, slackUserOf: () => undefined } },
    invitations: undefined,
    now: () => at,
  };
  const context = {
    actor: { key: "slack:T1/U1", name: "ada", surface: "slack", account: { id: 1, login: "ada" } },
    target: { repository, isHome: true, pullRequest },
    slack: { channel: "C1", user: "U1" },
    intent: text,
    prefix: "/ci ",
    conclude,
  } as unknown as Context;
  const line = parseSlashText(text);
  const args = Arguments.parse(line);
  if (line.verb === "subscribe") return subscribe.run(subscribe.parse(args), context, services);
  if (line.verb === "unsubscribe") return unsubscribe.run(unsubscribe.parse(args), context, services);
  if (line.verb === "mute") return mute.run(mute.parse(args), context, services);
  return watch.run(watch.parse(args), context, services);
}

describe.each([
  ["subscribe workflow=CI", 12, { ...before, subscriptions: [1, 2] }],
  ["unsubscribe s1", 12, { ...before, subscriptions: [] }],
  ["unsubscribe Acme/Shop@", 12, { ...before, subscriptions: [] }],
  ["watch #12", 12, { ...before, watched: [12, 13] }],
  ["watch #13 --off", 13, { ...before, watched: [] }],
  ["mute 8h", 12, { ...before, isMuted: true }],
] as const)("%s", (text, pullRequest, after) => {
  it("is written down with its outcome", async () => {
    const concluded: Reply[] = [];

    const reply = await run(text, pullRequest, async (_, said) => void concluded.push(said));

    expect(concluded).toEqual([reply]);
    expect(await standing()).toEqual(after);
  });

  it("changes nothing when its outcome cannot be written down", async () => {
    await expect(run(text, pullRequest, () => Promise.reject(new Error("full")))).rejects.toThrow("full");

    expect(await standing()).toEqual(before);
  });
});

describe("subscribe", () => {
  it("adds no rule that the channel has already", async () => {
    await expect(run("subscribe", 12, nobody)).rejects.toMatchObject({ reason: "subscribed_already" });
    await run("subscribe workflow=CI", 12, async () => {});
    await run("subscribe workflow=ci", 12, async () => {});
    expect((await standing()).subscriptions).toEqual([1, 2, 3]);
  });
});

describe("what is done to an incident", () => {
  let people: People;
  beforeEach(async () => {
    people = await openPeople();
    await people.breaks();
    await people.says(grace, "ack i1");
  });
  afterEach(() => people.state.close());

  const stored = async () => [await people.find(1), await people.timeline(1)];

  it.each([
    ["ack i1", grace],
    ["ack i1 --take-over", ada],
    ["unack i1", ada],
    ["snooze i1 1h", ada],
    ["escalate i1", ada],
    ["resolve i1", ada],
  ])("is written down with its outcome or not at all, and once: %s", async (text, person) => {
    const before = await stored();
    await expect(people.says(person, text, { conclude: () => Promise.reject(new Error("full")) })).rejects.toThrow("full");
    expect(await stored()).toEqual(before);

    const reply = await people.says(person, text, { intent: "one wish" });
    const after = await stored();
    expect(after).not.toEqual(before);
    people.setNow(people.services.now() + 60_000);

    expect(await people.says(person, text, { intent: "one wish" }, { incident: 1 })).toEqual(reply);
    expect(await stored()).toEqual(after);
  });
});
