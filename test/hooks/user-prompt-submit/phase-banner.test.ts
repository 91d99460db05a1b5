import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { phaseBanner } from "../../../src/hooks/user-prompt-submit/phase-banner.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPlan } from "../a-plan.ts";
import { aPayload } from "../captured/payload.ts";

let checkout: Checkout;
let now: number;
let context: ReturnType<typeof aContext>;

beforeEach(() => {
  checkout = aCheckout();
  now = 1_000_000;
  context = aContext(checkout, { plans: [aPlan], now: () => now });
});

afterEach(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const prompt = (session = "s-1") => phaseBanner.run(aPayload("user-prompt-submit", { session_id: session }), context);
const first = { kind: "tell", text: "Phase phase-1 Environment Setup: 0 of 2 deliverables are there, and only GitHub knows of 1 more." };

describe("phase-banner", () => {
  it("tells each session the phase, and not again with the next prompt", () => {
    expect(prompt()).toEqual(first);
    expect(prompt()).toBeUndefined();
    expect(prompt("s-2")).toEqual(first);
  });

  it("tells it again after an hour", () => {
    prompt();
    now += 60 * 60_000;

    expect(prompt()).toEqual(first);
  });

  it("tells at once what has changed", () => {
    prompt();
    checkout.write("ci/Dockerfile", "FROM scratch\n");

    expect(prompt()).toMatchObject({ text: expect.stringContaining("1 of 2 deliverables are there") });

    context.journal().phases.enter({ id: "phase-3", at: now, by: "ada" });

    expect(prompt()).toEqual({ kind: "tell", text: "Phase phase-3 Rust Target Implementation." });
  });

  it("says nothing where nobody knows the phase", () => {
    using unknown = aContext(checkout);

    expect(phaseBanner.run(aPayload("user-prompt-submit"), unknown)).toBeUndefined();
  });
});
