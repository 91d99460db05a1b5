import { describe, expect, it } from "vitest";
import { onCheckRun } from "../../../src/bot/github/jobs/on-check-run.ts";
import type { Known } from "../../../src/bot/github/known.ts";
import { Settings } from "../../../src/config/settings.ts";

const known: Known = {
  guid: "00000000-0000-0000-0000-000000000001",
  receivedAt: 1_000,
  settings: Settings.parse({ allow: { githubBots: [77] } }),
  isUs: (login) => login === "nextrust-ci",
};

const check = {
  id: 5,
  node_id: "CR_5",
  head_sha: "a".repeat(40),
  external_id: "check:key",
  completed_at: "2026-11-22T10:00:00Z",
  app: { slug: "nextrust-ci" },
  pull_requests: [
    { number: 99, base: { repo: { id: 2 } } },
    { number: 12, base: { repo: { id: 1 } } },
  ],
};
const payload = {
  action: "requested_action",
  requested_action: { identifier: "a0-12345678" },
  sender: { id: 583_231, login: "ada", type: "User" },
  repository: { id: 1, full_name: "nextrust/nextrust", private: false },
  check_run: check,
};
const read = (change: object = {}) => onCheckRun({ ...payload, ...change }, known);
const sourceOf = (change: object = {}) => (read(change)?.payload as { source: string } | undefined)?.source;

describe("a press of a check run's button", () => {
  it("is of its person, on its commit and the pull request of this repository, and no fork's", () => {
    expect(read()).toMatchObject({
      task: "answer",
      payload: {
        user: { id: 583_231, login: "ada" },
        place: { kind: "check", subjectId: "CR_5", headSha: "a".repeat(40), number: 12 },
        press: { message: "check:key", button: "a0-12345678" },
      },
    });
  });

  it("is one under two GUIDs, and another by another person, of another button, or after the check run has changed", () => {
    const again = onCheckRun(payload, { ...known, guid: "00000000-0000-0000-0000-000000000002", receivedAt: 2_000 });
    const sources = [
      sourceOf(),
      sourceOf({ sender: { ...payload.sender, id: 1 } }),
      sourceOf({ requested_action: { identifier: "a1-12345678" } }),
      sourceOf({ check_run: { ...check, completed_at: "2026-11-22T10:00:01Z" } }),
      sourceOf({ action: "rerequested", requested_action: undefined }),
    ];

    expect(again?.payload).toMatchObject({ source: sources[0] });
    expect(new Set(sources).size).toBe(5);
  });

  it("is of a known bot's too", () => {
    expect(read({ sender: { id: 77, login: "helper[bot]", type: "Bot" } })).toBeDefined();
  });

  it.each([
    ["another action", { action: "completed" }],
    ["another App's check run", { check_run: { ...check, app: { slug: "github-actions" } } }],
    ["no App's", { check_run: { ...check, app: null } }],
    ["what has no message", { check_run: { ...check, external_id: null } }],
    ["another bot", { sender: { id: 78, login: "other[bot]", type: "Bot" } }],
  ])("is nothing for us of %s", (_, change) => {
    expect(read(change)).toBeUndefined();
  });
});
