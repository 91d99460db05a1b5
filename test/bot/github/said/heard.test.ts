import { createRequire } from "node:module";
import type { WebhookDefinition } from "@octokit/webhooks-examples";
import { describe, expect, it } from "vitest";
import { heard } from "../../../../src/bot/github/said/heard.ts";
import { toIssueComment } from "../../../../src/bot/github/said/issue-comment.ts";
import { replyMarker } from "../../../../src/bot/render/marker.ts";
import { Settings } from "../../../../src/config/settings.ts";

const settings = Settings.parse({ allow: { githubBots: [99] } });
const definitions: readonly WebhookDefinition[] = createRequire(import.meta.url)("@octokit/webhooks-examples");
const example = definitions.find(({ name }) => name === "issue_comment")?.examples[0];

const us = { id: 3, login: "release-person", type: "User" };
const isUs = (login: string) => login === us.login;
const author = { id: 7, login: "ada", type: "User" };

/** A real `issue_comment` with what matters changed. */
function aPayload({ action = "created", body = "/ci-status", sender = author, user = author as typeof author | null, changes = {} } = {}) {
  const { issue, comment, ...rest } = structuredClone(example) as unknown as { issue: object; comment: object };
  return { ...rest, action, sender, changes, issue: { ...issue, pull_request: { url: "x" } }, comment: { ...comment, body, user } };
}

const translate = (payload: unknown, guid = "guid") => heard(toIssueComment(payload), { guid, receivedAt: 5, settings, isUs });

describe("a comment's delivery", () => {
  it("keeps what is used and nothing else", () => {
    expect(translate(aPayload())).toMatchInlineSnapshot(`
      {
        "association": "OWNER",
        "isPrivate": false,
        "place": {
          "kind": "pull_request",
          "number": 1,
          "subjectId": "MDU6SXNzdWU0NDQ1MDAwNDE=",
        },
        "receivedAt": 5,
        "repository": "Codertocat/Hello-World",
        "saidAt": 1557933621000,
        "saidId": "MDEyOklzc3VlQ29tbWVudDQ5MjcwMDQwMA==",
        "source": "github:comment:492700400",
        "surface": "github",
        "text": "/ci-status",
        "user": {
          "id": 7,
          "login": "ada",
        },
      }
    `);
  });

  it("has the same source under every GUID", () => {
    expect(translate(aPayload(), "other")?.source).toBe(translate(aPayload())?.source);
  });

  it.each([
    ["another action", { action: "deleted" }],
    ["an edit by its author", { action: "edited", changes: { body: { from: "before" } } }],
    ["a bot", { sender: { id: 5, login: "dependabot[bot]", type: "Bot" }, user: { id: 5, login: "dependabot[bot]", type: "Bot" } }],
    ["our own comment, where we speak by a person's token", { body: `/ci-status\n${replyMarker("k")}`, sender: us, user: us }],
    ["a comment without our prefix", { body: "LGTM" }],
    ["a deleted author", { user: null }],
    ["a comment created on behalf of somebody else", { sender: { id: 8, login: "eve", type: "User" } }],
    ["an edit of the title only, by somebody else", { action: "edited", sender: { id: 8, login: "eve", type: "User" }, changes: {} }],
  ])("is nothing to us: %s", (_, changes) => {
    expect(translate(aPayload(changes as never))).toBeUndefined();
  });

  it("is heard although somebody copied our marker into it, or speaks by the account whose token we use", () => {
    expect(translate(aPayload({ body: `/ci-status\n${replyMarker("k")}` }))).toBeDefined();
    expect(translate(aPayload({ sender: us, user: us }))).toBeDefined();
  });

  it("is heard from a bot that the settings name", () => {
    const bot = { id: 99, login: "friend[bot]", type: "Bot" };

    expect(translate(aPayload({ sender: bot, user: bot }))?.user).toEqual({ id: 99, login: "friend[bot]" });
  });

  it("keeps what an editor put into another's comment apart from the comment", () => {
    const delivery = translate(
      aPayload({ action: "edited", sender: { id: 8, login: "eve", type: "User" }, changes: { body: { from: "LGTM" } } }),
    );

    expect(delivery).toMatchObject({ edit: { textBefore: "LGTM", editor: { id: 8, login: "eve" } } });
    expect(delivery?.source).not.toBe(translate(aPayload())?.source);
  });
});
