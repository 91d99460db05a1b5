import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aFailure, aSession } from "../../contracts/observed.ts";
import { aUsage, type Listening, listen, now } from "./listening.ts";

let bot: Listening;
beforeEach(async () => {
  bot = await listen();
});
afterEach(() => bot[Symbol.asyncDispose]());

const head = { repository: "acme/shop", headSha: "a".repeat(40), session: "s1", actor: "ada" };
const aRequest = (changes: object = {}) => ({
  type: "request",
  id: "q1",
  at: now - 1_000,
  channel: "o3",
  subject: "design",
  reason: "cargo test failed 3 times",
  details: "error: it does not link",
  ...head,
  pullRequest: 12,
  ...changes,
});
const failure = (changes: object = {}) => ({ ...aFailure(), at: now - 2_000, ...head, ...changes });

const kept = () => bot.records.transaction((tx) => tx.observed.ofHead(head.repository, head.headSha, 10));
const audit = () => bot.records.transaction((tx) => tx.audit.latest(10));
const statusesOf = async (...events: readonly unknown[]) => (await bot.tell(...events)).map(({ status }) => status);

describe("what hooks tell of a session", () => {
  it("is kept once, however often it is told, and amended when it is told later", async () => {
    const session = { ...aSession(), ...head, at: now - 3_000, branch: "main", runId: 7, attempt: 2 };

    expect(await statusesOf(session, failure(), aRequest())).toEqual(["recorded", "recorded", "recorded"]);
    expect(await statusesOf(session, failure(), aRequest())).toEqual(["known", "known", "known"]);
    expect(await statusesOf(failure({ failures: 4, at: now }))).toEqual(["amended"]);

    expect(await kept()).toMatchObject([{ failures: 4 }, { type: "request" }, session]);
  });

  it("is in the audit where advice is asked for, once, under the name that the machine says", async () => {
    await bot.tell(aRequest());
    await bot.tell(aRequest({ at: now, details: "more of it" }));

    expect(await audit()).toMatchObject([
      {
        surface: "session",
        actor: "session:s1",
        actorName: "ada",
        command: "design-request",
        text: "ask o3 for design help: cargo test failed 3 times",
        repository: "acme/shop",
        pullRequest: 12,
        outcome: "queued",
      },
    ]);
  });

  it("keeps no secret and nothing that cannot be shown, and what stands around it", async () => {
    const token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    await bot.tell(failure({ command: `curl -H "x: ${token}"\nnext`, error: "key sk-hidden-1234 \u202eis wrong \ud800" }));

    expect(await kept()).toMatchObject([{ command: 'curl -H "x: ***"\nnext', error: "key *** is wrong \ufffd" }]);
  });

  it.each<[string, object, string]>([
    ["a command without end", { command: "x".repeat(501) }, "command has more than 500 characters."],
    ["no count", { failures: 0 }, "failures must be at least 1."],
    ["a key that nobody knows", { prompt: "x" }, 'Unrecognized key: "prompt".'],
    ["no commit", { headSha: "main" }, "headSha is no commit: it has 40 digits, 0 to 9 and a to f."],
    ["a moment that has not come", { at: now + 600_000 }, "at is in the future: is the clock right."],
    ["a secret for a name", { actor: "sk-hidden-1234" }, "It holds what looks like a password or a token, so that nothing of it was kept."],
  ])("is refused, and says why, when it has %s", async (_, changes, message) => {
    expect(await bot.tell(failure(changes))).toMatchObject([{ status: "invalid", message }]);
    expect(await kept()).toEqual([]);
  });

  it("keeps the attempt and the commit of what was used", async () => {
    expect(await statusesOf(aUsage(), aUsage({ runId: 7, attempt: 2, headSha: head.headSha }), aUsage())).toEqual([
      "recorded",
      "amended",
      "known",
    ]);
  });
});
