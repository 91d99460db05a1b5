import { describe, expect, it } from "vitest";
import { readBatch } from "../../../src/bot/events/batch.ts";
import type { Heard } from "../../../src/bot/events/event.ts";
import { aReserve, aUsage, now } from "./listening.ts";

const secrets = ["sk-hidden-1234"];

function readText(batch: string): readonly Heard[] {
  const heard = readBatch(Buffer.from(batch), secrets, now);
  if (typeof heard === "string") throw new Error(heard);
  return heard;
}

const read = (...events: readonly unknown[]) => readText(JSON.stringify({ events }));
const typesOf = (heard: readonly Heard[]) => heard.map(({ type }) => type);

describe("usage that is told", () => {
  it.each<[string, object, string]>([
    ["another type", { type: "usages" }, "type must be one of usage, reserve, settle, session, failure, request."],
    ["a name that every object has", { type: "constructor" }, "type must be one of usage, reserve, settle, session, failure, request."],
    ["a key that nobody knows", { modell: "x" }, 'Unrecognized key: "modell".'],
    ["no id", { id: "" }, "id is empty."],
    ["an id without end", { id: "x".repeat(201) }, "id has more than 200 characters."],
    ["an id of our own", { id: "reservation:r1" }, "id begins as only my own do: let it begin with the provider, as in anthropic:msg_01."],
    [
      "a moment without a zone",
      { at: "2026-11-23T12:00:00" },
      "at is neither a moment as 2026-11-23T12:00:00Z nor milliseconds since 1970.",
    ],
    [
      "seconds for milliseconds",
      { at: Math.floor(now / 1000) },
      "at is before 2020: it is in milliseconds since 1970, or as 2026-11-23T12:00:00Z.",
    ],
    ["the future", { at: now + 5 * 60_000 + 1 }, "at is in the future: is the clock right."],
    ["an unknown provider", { provider: "acme" }, "provider must be one of anthropic, openai, google, other."],
    ["a model's name over two lines", { model: "gpt\n5" }, "model has characters that cannot be shown."],
    ["text that runs backwards", { actor: "ada\u202e" }, "actor has characters that cannot be shown."],
    ["half a character", { phase: "\ud800" }, "phase has characters that cannot be shown."],
    ["no repository", { repository: "../etc" }, "repository is not of the form owner/name."],
    ["no pull request", { pullRequest: 0 }, "pullRequest is no number of a pull request."],
    ["no money", { costUsd: -1 }, 'costUsd is no amount from 0 to 1000000 dollars, such as "12.50".'],
    ["more money than there is", { costUsd: 1e300 }, 'costUsd is no amount from 0 to 1000000 dollars, such as "12.50".'],
    ["no tokens", { tokens: {} }, "tokens: input_tokens is missing."],
    ["counts whose meaning is not known", { provider: "other" }, "tokens: style must be one of anthropic, openai, gemini, disjoint."],
    [
      "a style that every object has",
      { tokens: { style: "__proto__" } },
      "tokens: style must be one of anthropic, openai, gemini, disjoint.",
    ],
    [
      "more cached than there was",
      { provider: "openai", tokens: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 2 } } },
      "tokens: cached_tokens (2) is more than prompt_tokens (1), of which it is a part.",
    ],
    ["text for a count", { tokens: { input_tokens: "1", output_tokens: 1 } }, "tokens: input_tokens must be a number, without quotes."],
    ["a password", { session: "sk-hidden-1234" }, "It holds what looks like a password or a token, so that nothing of it was kept."],
  ])("is refused, and says why, when it has %s", (_, changes, problem) => {
    const [heard] = read(aUsage(changes));

    expect(heard).toMatchObject({ type: "invalid", problem });
  });

  it("may be told by a clock that is a little ahead, or in another zone", () => {
    const heard = read(aUsage({ at: now + 5 * 60_000 }), aUsage({ at: "2026-11-23T17:29:59.5+05:30" }));

    expect(heard).toMatchObject([{ usage: { at: now + 5 * 60_000 } }, { usage: { at: now - 500 } }]);
  });

  it("gets nowhere by names that every object has", () => {
    const event = JSON.stringify(aUsage()).slice(0, -1);
    const events = [`${event},"__proto__":{"session":"x"}}`, `${event},"constructor":{}}`, '{"__proto__":{"type":"usage"}}'];

    expect(typesOf(readText(`{"events":[${events}]}`))).toEqual(["invalid", "invalid", "invalid"]);
    expect(({} as { session?: string }).session).toBeUndefined();
  });

  it("is kept out when it holds a password, and what came beside it is not", () => {
    const heard = read(aUsage({ id: "a", actor: "ghp_0123456789abcdefghijABCDEFGHIJ012345" }), aUsage({ id: "b" }));

    expect(typesOf(heard)).toEqual(["invalid", "usage"]);
    expect(JSON.stringify(heard)).not.toContain("ghp_");
  });

  it("is shortened where it is quoted", () => {
    const [heard] = read(aUsage({ ["x".repeat(5_000)]: 1 }));

    expect((heard as { problem: string }).problem.length).toBeLessThanOrEqual(301);
  });
});

describe("a reservation", () => {
  it.each<[string, object, string]>([
    ["no estimate", { estimateUsd: undefined }, "estimateUsd is missing."],
    ["no amount", { estimateUsd: "cheap" }, 'estimateUsd is no amount from 0 to 1000000 dollars, such as "12.50".'],
    ["no time", { leaseSeconds: 0 }, "leaseSeconds must be at least 1."],
    ["a day", { leaseSeconds: 86_400 }, "leaseSeconds must be at most 21600."],
    ["tokens, as if it had happened", { tokens: {} }, 'Unrecognized key: "tokens".'],
  ])("is refused, and says why, when it has %s", (_, changes, problem) => {
    expect(read(aReserve(changes))).toMatchObject([{ type: "invalid", problem }]);
  });
});
