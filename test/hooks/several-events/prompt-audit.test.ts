import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { promptAudit, promptAuditAtEnd, promptAuditAtStop } from "../../../src/hooks/several-events/prompt-audit.ts";
import { captureAtStop } from "../../../src/hooks/several-events/usage-capture.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aRecorded, linesOf, recordedAt } from "../a-session.ts";
import { aPayload } from "../captured/payload.ts";

const now = () => recordedAt;
const prompt = "please fix the build; the token is ghp_0123456789abcdefghijABCDEFGHIJ012345";

/** The prompts of a recorded session, as its lines name them. */
const promptIds = (session: "resumed"): readonly string[] => [
  ...new Set(linesOf(session).flatMap((line) => JSON.parse(line).promptId ?? [])),
];

describe("prompt-audit", () => {
  it("keeps of a prompt its length, its fingerprint and an estimate, and nothing that it says", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });

    await promptAudit.run(aPayload("user-prompt-submit", { session_id: "s-1", prompt_id: "p-1", prompt }), context);

    expect(context.journal().prompts.find("p-1")).toEqual({
      ...{ id: "p-1", session: "s-1", at: recordedAt, characters: prompt.length, estimatedTokens: expect.any(Number) },
      sha256: createHash("sha256").update(prompt).digest("hex"),
    });
  });

  it("keeps its beginning where the settings ask for it, without its secrets", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, settings: { promptAudit: { keepExcerpt: true } } });
    const long = `${prompt} ${"and more ".repeat(100)}`;

    await promptAudit.run(aPayload("user-prompt-submit", { session_id: "s-1", prompt_id: "p-1", prompt: long }), context);

    const excerpt = context.journal().prompts.find("p-1")?.excerpt ?? "";
    expect(excerpt).toContain("please fix the build; the token is *** and more");
    expect(excerpt).toHaveLength(200);
  });

  it("knows after the turn what it used", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const { session, transcript } = aRecorded("resumed", checkout);
    const [first = "", second = ""] = promptIds("resumed");
    const about = { session_id: session, transcript_path: transcript };
    for (const id of [first, second]) await promptAudit.run(aPayload("user-prompt-submit", { ...about, prompt_id: id }), context);

    await captureAtStop.run(aPayload("stop", { ...about, prompt_id: second, last_assistant_message: undefined }), context);
    await promptAuditAtStop.run(aPayload("stop", { ...about, prompt_id: second }), context);

    expect(context.journal().prompts.find(first)?.used).toMatchObject({ requests: 2, tokens: { cacheRead: 5_796, out: 147 } });
    expect(context.journal().prompts.find(second)?.used).toMatchObject({ requests: 2, tokens: { cacheRead: 6_106, out: 151 } });
    expect(context.journal().prompts.waiting(session)).toEqual([]);
  });

  it("asks at the end for turns that never stopped", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now });
    const { session, transcript } = aRecorded("resumed", checkout);
    const [first = ""] = promptIds("resumed");
    const about = { session_id: session, transcript_path: transcript };
    await promptAudit.run(aPayload("user-prompt-submit", { ...about, prompt_id: first }), context);
    await captureAtStop.run(aPayload("stop", { ...about, last_assistant_message: undefined }), context);

    await promptAuditAtEnd.run(aPayload("session-end", about), context);

    expect(context.journal().prompts.newest(10)).toMatchObject([{ id: first, used: { requests: 2 } }]);
  });
});
