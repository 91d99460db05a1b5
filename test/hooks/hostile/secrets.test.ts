import { describe, expect, it } from "vitest";
import { promptAudit } from "../../../src/hooks/several-events/prompt-audit.ts";
import { statusUpdate } from "../../../src/hooks/several-events/status-update.ts";
import { releaseNotes, releaseNotesInMarkdown } from "../../../src/pipeline/release-notes.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

const secret = "correct horse battery";
const variables = { DEPLOY_TOKEN: secret };

describe("a secret of the environment, of no shape that anybody knows", () => {
  it("is not in what the status log shows", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { variables });

    await statusUpdate.run(aPayload("post-tool-use", { tool_input: { command: `make test KEY='${secret}'` } }), context);

    expect(context.journal().statusLog.latest(1)).toMatchObject([{ text: "passed: make test KEY=***" }]);
  });

  it("is not in the excerpt of a prompt", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { variables, settings: { promptAudit: { keepExcerpt: true } } });

    await promptAudit.run(aPayload("user-prompt-submit", { prompt: `Use ${secret}.` }), context);

    const [{ id = "" } = {}] = context.journal().prompts.waiting(aPayload("user-prompt-submit", {}).session_id ?? "");
    expect(context.journal().prompts.waiting(aPayload("user-prompt-submit", {}).session_id ?? "")).toMatchObject([
      { id, excerpt: "Use ***." },
    ]);
  });
});

describe("the subject of a commit", () => {
  it("makes no markup in release notes, and calls nobody", () => {
    const commits = [{ sha: "a".repeat(40), subject: "fix: <img src=x> ![p](https://example.org/p.png) @acme/all a@b.org", body: "" }];

    const notes = releaseNotesInMarkdown(releaseNotes("v1.0.0", undefined, commits));

    expect(notes).toContain("- \\<img src=x> !\\[p\\](https://example.org/p.png) @\u2060acme/all a@b.org (aaaaaaa)");
  });
});
