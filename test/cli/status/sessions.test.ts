import { expect, it } from "vitest";
import { renderTerminal } from "../../../src/bot/render/terminal.ts";
import { sessions } from "../../../src/cli/status/sessions.ts";
import { toCaptured } from "../../../src/pipeline/sessions/captured.ts";
import type { Session } from "../../../src/pipeline/sessions/sessions.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";
import { done } from "../../../src/reply.ts";
import { aCheckout } from "../../hooks/a-checkout.ts";
import { aContext } from "../../hooks/a-context.ts";

const at = Date.parse("2026-11-23T12:00:00Z");
const usage = { id: "r", at, provider: "anthropic", model: "m", service: "claude-code", basis: "metered", tokens: noTokens } as const;
const aSession = (changes: Partial<Session>): Omit<Session, "id"> => ({
  ...{ state: "final", beganAt: at, startedAt: at, seenAt: at, capturedAt: at, version: "1.0.0", origin: {} },
  ...changes,
});

it("shows of the last sessions what was read, what was not and why, and what ccusage says; and how well prompts were estimated", async () => {
  using checkout = aCheckout();
  using context = aContext(checkout);
  const journal = context.journal();
  const sentence = "m: $1.00 here, $2.00 in ccusage (unexplained: nobody knows)";
  journal.sessions.update("open", () => aSession({ state: "open", seenAt: at + 3 }));
  journal.sessions.update("unlike", () =>
    aSession({ seenAt: at + 2, ccusage: { outcome: "different", at, sentence, isExplained: false } }),
  );
  journal.sessions.update("unread", () => aSession({ seenAt: at + 1, captureFailed: { reason: "it is not there", at, times: 2 } }));
  journal.sessions.update("older", () => aSession({ seenAt: at }));
  journal.requests.put("unlike", [toCaptured(usage)]);
  journal.prompts.put({ id: "p", session: "open", at, characters: 4, estimatedTokens: 8, sha256: "" });
  journal.prompts.use("p", { requests: 1, tokens: noTokens, addedTokens: 10 });

  const { content, parts } = await sessions({ ...context, existingJournal: context.journal, close: () => {} });

  expect(renderTerminal(done("shown", ...parts))).toMatchInlineSnapshot(`
    "Session  Began                            What it used                                By ccusage
    open     2026-11-23 12:00 UTC             0 requests                                  at its end
    unlike   2026-11-23 12:00 UTC, has ended  1 request                                   m: $1.00 here, $2.00 in ccusage (unexplained: nobody knows)
    unread   2026-11-23 12:00 UTC, has ended  could not be read 2 times: it is not there

    Estimates of prompts are 80 % right, over 1 prompt.
    "
  `);
  expect(content).toMatchObject({
    newest: [
      { id: "open", requests: 0, ccusage: null },
      { id: "unlike", requests: 1, ccusage: { outcome: "different", isExplained: false, sentence } },
      { id: "unread", captureFailed: "it is not there" },
    ],
    estimates: { prompts: 1, accuracy: 0.8 },
  });
});
