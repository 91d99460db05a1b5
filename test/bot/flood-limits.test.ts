import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHubDelivery } from "../../src/bot/delivery.ts";
import { isWithinStrangerLimit, postWithinLoopLimit } from "../../src/bot/flood-limits.ts";
import type { Role } from "../../src/pipeline/access.ts";
import type { OutgoingMessage } from "../../src/pipeline/outbox.ts";
import { done, text } from "../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";

let now = 1_000_000;
let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const aMessage = (key: string, number = 1): OutgoingMessage => ({
  key,
  lane: `github:o/r#${number}`,
  address: { surface: "github", repository: "o/r", subjectId: "PR_1" },
  asker: "ada",
  answers: [{ command: "status", reply: done("told", text(key)) }],
});
const post = (message: OutgoingMessage) => postWithinLoopLimit(message, [], { services: state, now: () => now });
const said = async (key: string) => {
  const message = await state.records.transaction(({ outbox }) => outbox.find(key));
  return message?.answers[0]?.reply.reason;
};

describe("replies on one pull request", () => {
  it("stop after twenty within a minute, with one notice, and go on after it", async () => {
    for (let index = 1; index <= 23; index += 1) await post(aMessage(`reply-${index}`));

    expect([await said("reply-20"), await said("reply-21"), await said("reply-22"), await said("reply-23")]).toEqual([
      "told",
      "too_many_replies",
      undefined,
      undefined,
    ]);
    now += 61_000;
    await post(aMessage("reply-24"));
    expect(await said("reply-24")).toBe("told");
  });

  it("do not stop those on another one", async () => {
    for (let index = 1; index <= 22; index += 1) await post(aMessage(`reply-${index}`));
    await post(aMessage("elsewhere", 2));

    expect(await said("elsewhere")).toBe("told");
  });
});

const services = () => ({ claims: state.claims, permissions: { roleOf: async () => role } });
let role: Role = "read";

const aDelivery = (changes: Partial<GitHubDelivery> = {}): GitHubDelivery => ({
  surface: "github",
  source: "github:comment:1",
  receivedAt: 0,
  saidAt: 0,
  repository: "o/r",
  isPrivate: false,
  place: { kind: "pull_request", number: 1, subjectId: "PR_1" },
  saidId: "IC_1",
  user: { id: 7, login: "sam" },
  association: "NONE",
  text: "/ci-status",
  ...changes,
});

describe("a stranger on a public repository", () => {
  it("is heard once in ten minutes, and again for the same comment", async () => {
    const isHeard = (source: string) => isWithinStrangerLimit(aDelivery({ source }), { services: services() });

    expect([await isHeard("first"), await isHeard("second"), await isHeard("first")]).toEqual([true, false, true]);
    now += 10 * 60_000 + 1;
    expect(await isHeard("third")).toBe(true);
  });

  it.each([
    ["a collaborator", { association: "COLLABORATOR" }],
    ["a member of the organisation", { association: "MEMBER" }],
    ["somebody on a private repository", { isPrivate: true }],
  ])("is not %s", async (_, changes) => {
    const heard = [];
    for (const source of ["first", "second", "third"])
      heard.push(await isWithinStrangerLimit(aDelivery({ source, ...changes }), { services: services() }));

    expect(heard).toEqual([true, true, true]);
  });

  it("is nobody with a role of their own, although GitHub hides that they are members", async () => {
    role = "write";
    const heard = [];
    for (const source of ["first", "second"]) heard.push(await isWithinStrangerLimit(aDelivery({ source }), { services: services() }));
    role = "read";

    expect(heard).toEqual([true, true]);
  });
});
