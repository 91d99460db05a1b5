import { describe, expect, it } from "vitest";
import { prompts } from "../../../src/cli/status/prompts.ts";
import { aCheckout } from "../../hooks/a-checkout.ts";
import { aContext } from "../../hooks/a-context.ts";

const tokens = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };

describe("what the status says of prompts", () => {
  it("tells how many there were, and how near their estimates came", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout);
    const journal = context.journal();
    for (const [id, estimatedTokens] of Object.entries({ "p-1": 80, "p-2": 50, "p-3": 10 }))
      journal.prompts.put({ id, session: "s-1", at: 0, characters: 1, estimatedTokens, sha256: "" });
    for (const id of ["p-1", "p-2"]) journal.prompts.use(id, { addedTokens: 100, requests: 1, tokens });

    const { content, parts } = await prompts({ ...context, existingJournal: () => journal });

    expect(content).toEqual({ recorded: 3, measured: 2, accuracy: 0.65 });
    expect(parts).toMatchObject([{ text: "3 prompts are recorded; the accuracy of their estimated tokens is 0.65, over 2 (1 is exact)." }]);
  });

  it("claims no accuracy before one is known, and says nothing where there was no prompt", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout);
    const journal = context.journal();

    const none = await prompts({ ...context, existingJournal: () => undefined });
    journal.prompts.put({ id: "p-1", session: "s-1", at: 0, characters: 1, estimatedTokens: 5, sha256: "" });
    const first = await prompts({ ...context, existingJournal: () => journal });

    expect(none).toEqual({ content: { recorded: 0, measured: 0, accuracy: null }, parts: [] });
    expect(first.parts).toMatchObject([{ text: "1 prompt is recorded; the accuracy of their estimated tokens is not known yet." }]);
  });
});
