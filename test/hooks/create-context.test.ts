import { describe, expect, it } from "vitest";
import { aCheckout } from "./a-checkout.ts";
import { aContext } from "./a-context.ts";

describe("the context of modules", () => {
  it("reads a text for a shell once, whoever asks", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout);
    const ofAnother = { ...context };

    const [one, again, other] = await Promise.all(["make", "make", "ninja"].map((text) => ofAnother.commandsIn(text)));

    expect(again).toBe(one);
    expect(other?.commands[0]?.program).toBe("ninja");
  });
});
