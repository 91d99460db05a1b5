import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../src/bot/delivery.ts";
import { refuseToBegin } from "../../src/bot/may-begin.ts";
import { cancel } from "../../src/commands/cancel.ts";
import type { Command } from "../../src/commands/command.ts";
import { freeze } from "../../src/commands/freeze.ts";
import { status } from "../../src/commands/status.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { anOperation } from "../contracts/operations.ts";

const minute = 60_000;
const now = 1_764_000_000_000;
const { repository, intent } = anOperation();

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

const saidAgo = (ms: number) => ({ surface: "github", saidAt: now - ms }) as unknown as Delivery;
const refusal = (command: Command, lateByMs = 0) =>
  refuseToBegin(command, { repository, isHome: true }, saidAgo(lateByMs), intent, { records: state.records, now: () => now }).then(
    () => undefined,
    ({ reason }: { reason: string }) => reason,
  );
const freezeBy = (wish: string) =>
  state.records.transaction(({ freezes }) => freezes.put({ repository, by: "grace", intent: wish, since: now }));

describe("a change in a frozen repository", () => {
  it("does not begin, whatever only reads does, and so does a freeze", async () => {
    await freezeBy("another");

    expect([await refusal(cancel), await refusal(status), await refusal(freeze)]).toEqual(["frozen", undefined, undefined]);
  });

  it("goes on when it had begun before a crash, and is refused when all of it had failed", async () => {
    await freezeBy("another");
    await state.records.transaction(({ operations }) => operations.put(anOperation({ stage: "asked" })));
    expect(await refusal(cancel)).toBeUndefined();

    const end = { kind: "refused", outcome: "failed", reason: "service_failed", message: "GitHub was away." } as const;
    await state.records.transaction(({ operations }) => operations.put(anOperation({ stage: "ended", end })));
    expect(await refusal(cancel)).toBe("frozen");
  });
});

describe("a change that comes late", () => {
  it("begins until half an hour is over", async () => {
    expect([await refusal(cancel, 30 * minute - 1), await refusal(cancel, 30 * minute), await refusal(status, 90 * minute)]).toEqual([
      undefined,
      "too_late",
      undefined,
    ]);
  });

  it("is told as done when a crash came after it: an operation, or a freeze", async () => {
    await freezeBy(intent);

    expect(await refusal(freeze, 90 * minute)).toBeUndefined();
  });
});
