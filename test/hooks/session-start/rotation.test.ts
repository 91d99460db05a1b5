import { describe, expect, it } from "vitest";
import { rotation } from "../../../src/hooks/session-start/rotation.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

const dayMs = 24 * 60 * 60_000;

describe("rotation", () => {
  it("rotates at most once a day", async () => {
    using checkout = aCheckout();
    let now = Date.parse("2026-11-23T12:00:00Z");
    using context = aContext(checkout, { now: () => now });
    const { statusLog } = context.journal();
    const start = () => rotation.run(aPayload("session-start"), context);
    await start();
    statusLog.add([{ id: "old", at: now - 31 * dayMs, kind: "note", text: "long ago" }]);

    await start();
    expect(statusLog.count()).toBe(1);

    now += dayMs;
    await start();
    expect(statusLog.count()).toBe(0);
    expect(context.notes).toEqual([{ message: "rotated", hookLogs: 0, activities: 1 }]);
  });

  it("tries again with the next session when it could not", async () => {
    using checkout = aCheckout();
    checkout.write(".nextrust/ci-status", "a file where a folder has to be");
    using context = aContext(checkout);
    context.journal().statusLog.add([{ id: "old", at: 0, kind: "note", text: "long ago" }]);
    const start = async () => rotation.run(aPayload("session-start"), context);

    await expect(start()).rejects.toThrow();
    await expect(start()).rejects.toThrow();

    expect(context.journal().statusLog.count()).toBe(1);
  });
});
