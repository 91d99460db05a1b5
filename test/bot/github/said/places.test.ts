import { createRequire } from "node:module";
import type { WebhookDefinition } from "@octokit/webhooks-examples";
import { describe, expect, it } from "vitest";
import { toDiscussionBody, toDiscussionComment } from "../../../../src/bot/github/said/discussion.ts";
import { heard, type Said } from "../../../../src/bot/github/said/heard.ts";
import { toPullRequestBody } from "../../../../src/bot/github/said/pull-request.ts";
import { toReviewBody, toReviewComment } from "../../../../src/bot/github/said/review.ts";
import { Settings } from "../../../../src/config/settings.ts";

const known = { guid: "guid", receivedAt: 5, settings: Settings.parse({}), isUs: () => false };
const definitions: readonly WebhookDefinition[] = createRequire(import.meta.url)("@octokit/webhooks-examples");
const author = { id: 7, login: "ada", type: "User" };
const eve = { id: 8, login: "eve", type: "User" };

interface Kind {
  readonly event: string;
  /** Where in the payload the words are. */
  readonly part: string;
  readonly begins: string;
  readonly translate: (payload: unknown) => Said;
  readonly more?: object;
}

/** A delivery of GitHub's own, made to be Ada's. */
function aPayload({ event, part, begins, more = {} }: Kind, changes: object = {}, words: object = {}) {
  const [example] = definitions.find(({ name }) => name === event)?.examples ?? [];
  const payload = structuredClone(example) as unknown as Record<string, object>;
  const said = { ...payload[part], user: author, id: 42, node_id: "N_42", body: "/ci-status", ...more, ...words };
  return { ...payload, action: begins, changes: {}, sender: author, [part]: said, ...changes };
}

const kinds: [string, Kind, object][] = [
  [
    "what begins a Discussion",
    { event: "discussion", part: "discussion", begins: "created", translate: toDiscussionBody },
    { source: "github:discussion:42", place: { kind: "discussion", subjectId: "N_42", thread: { kind: "discussion" } } },
  ],
  [
    "a comment in a Discussion",
    { event: "discussion_comment", part: "comment", begins: "created", translate: toDiscussionComment, more: { parent_id: null } },
    { source: "github:discussion-comment:42", place: { kind: "discussion", thread: { kind: "discussion", commentId: "N_42" } } },
  ],
  [
    "a reply in a Discussion",
    { event: "discussion_comment", part: "comment", begins: "created", translate: toDiscussionComment, more: { parent_id: 41 } },
    { source: "github:discussion-comment:42", place: { thread: { kind: "discussion", commentId: "N_42", isReply: true } } },
  ],
  [
    "what an author says at opening",
    { event: "pull_request", part: "pull_request", begins: "opened", translate: toPullRequestBody },
    { source: "github:pull:42", place: { kind: "pull_request", subjectId: "N_42" } },
  ],
  [
    "what a review says",
    { event: "pull_request_review", part: "review", begins: "submitted", translate: toReviewBody },
    { source: "github:review:42", saidId: "N_42", place: { kind: "pull_request" } },
  ],
  [
    "a comment on a line",
    { event: "pull_request_review_comment", part: "comment", begins: "created", translate: toReviewComment },
    { source: "github:review-comment:42", place: { kind: "pull_request", thread: { kind: "review", commentId: 42 } } },
  ],
  [
    "a reply to a comment on a line",
    { event: "pull_request_review_comment", part: "comment", begins: "created", translate: toReviewComment, more: { in_reply_to_id: 40 } },
    { source: "github:review-comment:42", place: { thread: { kind: "review", commentId: 40 } } },
  ],
];

describe.each(kinds)("%s", (_, kind, expected) => {
  const hear = (changes?: object, words?: object) => heard(kind.translate(aPayload(kind, changes, words)), known);

  it("is heard with its place and its own name", () => {
    expect(hear()).toMatchObject({ ...expected, text: "/ci-status", user: { id: 7 }, saidAt: expect.any(Number), receivedAt: 5 });
    expect(Number.isNaN(hear()?.saidAt)).toBe(false);
  });

  it.each<[string, object, object]>([
    ["an edit by its author", { action: "edited", changes: { body: { from: "before" } } }, {}],
    ["an edit of something else than its words", { action: "edited", sender: eve, changes: { title: { from: "x" } } }, {}],
    ["its deletion", { action: "deleted" }, {}],
    ["a bot's", { sender: { ...author, type: "Bot" } }, {}],
    ["somebody else's doing", { sender: eve }, {}],
    ["without a body", {}, { body: null }],
    ["by an account that is gone", {}, { user: null }],
  ])("is nothing to us: %s", (_reason, changes, words) => {
    expect(hear(changes, words)).toBeUndefined();
  });

  it("is watched when somebody else changes it", () => {
    const changes = { action: "edited", sender: eve, changes: { body: { from: null } } };

    expect(hear(changes)).toMatchObject({ edit: { textBefore: "", editor: { id: 8, login: "eve" } } });
  });
});
