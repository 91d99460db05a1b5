import { utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers } from "../../../src/hooks/session-start/leftovers.ts";
import { receipt } from "../../../src/hooks/session-start/receipt.ts";
import { captureAtEnd, captureAtStop } from "../../../src/hooks/several-events/usage-capture.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { anAnswer, append, recordedAt } from "../a-session.ts";
import { aPayload } from "../captured/payload.ts";

const hourMs = 60 * 60_000;
const beside = (checkout: Checkout, name: string): string => join(checkout.path, ".git", "claude", name);

/** A session of which nothing was heard since a request was written down. */
async function aSilentSession(checkout: Checkout, context: ReturnType<typeof aContext>, at: number) {
  const transcript = beside(checkout, "dead.jsonl");
  const about = { session_id: "dead", transcript_path: transcript };
  const then = { ...context, now: () => at };
  await receipt.run(aPayload("session-start", about), then);
  append(transcript, anAnswer("1", { session: "dead", at }));
  utimesSync(transcript, at / 1000, at / 1000);
  return about;
}

const starting = aPayload("session-start", { session_id: "new" });

describe("receipt", () => {
  it("tells that a session has started, and that its hooks are alive", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now: () => recordedAt });

    await receipt.run(aPayload("session-start", { session_id: "s-1", source: "startup" }), context);

    expect(context.journal().sessions.newest(1)).toMatchObject([{ id: "s-1", state: "open", source: "startup", seenAt: recordedAt }]);
    expect(context.journal().spool.next(1)).toMatchObject([{ event: { type: "session", state: "started", session: "s-1" } }]);
  });

  it("opens a session again that is resumed, so that its end is told again", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    let at = recordedAt;
    using context = aContext(checkout, { now: () => at });
    const about = { session_id: "s-1", transcript_path: beside(checkout, "s-1.jsonl") };
    append(about.transcript_path, anAnswer("1"));
    for (const answer of ["2", "3"]) {
      await receipt.run(aPayload("session-start", { ...about, source: "resume" }), context);
      append(about.transcript_path, anAnswer(answer));
      await captureAtEnd.run(aPayload("session-end", about), context);
      at += 1_000;
    }

    const told = context
      .journal()
      .spool.next(100)
      .flatMap(({ event }) => (event.type === "session" ? [event] : []));
    expect(told.map(({ state }) => state)).toEqual(["started", "ended", "started", "ended"]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(4);
    expect(context.journal().sessions.find("s-1")).toMatchObject({ state: "final" });
  });
});

describe("leftovers", () => {
  it("reads to its end a session that was killed, and calls it finished when it was last heard of", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now: () => recordedAt });
    await aSilentSession(checkout, context, recordedAt - 2 * hourMs);

    await leftovers.run(starting, context);

    expect(context.journal().sessions.find("dead")).toMatchObject({ state: "final", endedAt: recordedAt - 2 * hourMs });
    expect(context.journal().requests.ofSession("dead")).toHaveLength(1);
  });

  it("leaves alone what was heard of within an hour, and what still writes", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now: () => recordedAt });
    const { transcript_path: transcript } = await aSilentSession(checkout, context, recordedAt - 2 * hourMs);
    utimesSync(transcript, recordedAt / 1000, recordedAt / 1000);

    await leftovers.run(starting, context);

    expect(context.journal().sessions.find("dead")).toMatchObject({ state: "open" });
  });

  it("takes back that a session is over when it turns out to live", async () => {
    using checkout = aCheckout();
    let at = recordedAt;
    using context = aContext(checkout, { now: () => at });
    const about = await aSilentSession(checkout, context, recordedAt - 2 * hourMs);
    await leftovers.run(starting, context);
    at += 1_000;

    append(about.transcript_path, anAnswer("2", { session: "dead" }));
    await captureAtStop.run(aPayload("stop", { ...about, last_assistant_message: undefined }), context);
    const reopened = context.journal().sessions.find("dead")?.state;
    await captureAtEnd.run(aPayload("session-end", about), context);

    expect([reopened, context.journal().sessions.find("dead")?.state]).toEqual(["open", "final"]);
    expect(context.journal().requests.ofSession("dead")).toHaveLength(2);
  });

  it("tries once more what could not be read at the end, and gives it up then", async () => {
    using checkout = aCheckout();
    let at = recordedAt;
    using context = aContext(checkout, { now: () => at });
    const about = { session_id: "s-1", transcript_path: beside(checkout, "s-1.jsonl") };
    await captureAtEnd.run(aPayload("session-end", about), context);
    const atEnd = context.journal().sessions.find("s-1")?.state;
    at += 2 * hourMs;

    await leftovers.run(starting, context);

    expect([atEnd, context.journal().sessions.find("s-1")?.state]).toEqual(["open", "final"]);
    expect(
      context
        .journal()
        .spool.next(10)
        .filter(({ event }) => event.type === "session"),
    ).toHaveLength(1);
  });
});
