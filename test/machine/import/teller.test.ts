import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stateFileOf } from "../../../src/config/config.ts";
import { readEnvironment } from "../../../src/config/environment.ts";
import { stateFileIn, usualDataDir } from "../../../src/config/present.ts";
import { transcriptFolders } from "../../../src/machine/import/find-transcripts.ts";
import { tellerOf } from "../../../src/machine/import/teller.ts";

const now = 1_700_000_000_000;
const account = userInfo().username;
const actions = {
  GITHUB_ACTIONS: "true",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_REF: "refs/pull/12/merge",
  GITHUB_RUN_ID: "42",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
  GITHUB_ACTOR: "ravi",
};
const attempt = { attempt: 2, headSha: "0123456789abcdef0123456789abcdef01234567" };
const inActions = { repository: "acme/shop", pullRequest: 12, runId: 42, ...attempt, actor: "ravi" };

describe("what is said of all requests of an import", () => {
  it.each([
    ["on a laptop whose it is", {}, {}, { actor: account }],
    [
      "on a laptop what is typed",
      { actor: "ada", repository: "acme/shop", pr: 7 },
      {},
      { actor: "ada", repository: "acme/shop", pullRequest: 7 },
    ],
    ["in a workflow all that it knows", {}, actions, inActions],
    ["in a workflow what is typed before that", { pr: 7, actor: "ada" }, actions, { ...inActions, pullRequest: 7, actor: "ada" }],
    [
      "in a workflow on a branch no pull request",
      {},
      { ...actions, GITHUB_REF: "refs/heads/main" },
      { repository: "acme/shop", runId: 42, ...attempt, actor: "ravi" },
    ],
    [
      "of another repository not the workflow's numbers",
      { repository: "acme/other" },
      actions,
      { repository: "acme/other", actor: "ravi" },
    ],
    ["outside of a workflow nothing of its variables", {}, { ...actions, GITHUB_ACTIONS: undefined }, { actor: account }],
  ])("is %s", (_, said, variables, told) => {
    expect(tellerOf({ basis: "metered", ...said }, variables, now)).toEqual({ basis: "metered", now, ...told });
  });
});

describe("where transcripts are looked for", () => {
  it("is what CLAUDE_CONFIG_DIR lists, or else the usual places", () => {
    expect(transcriptFolders({ home: "/home/ada", configured: undefined })).toEqual([
      join("/home/ada", ".claude"),
      join("/home/ada", ".config", "claude"),
    ]);
    expect(transcriptFolders({ home: "/home/ada", configured: "/a, /b/," })).toEqual(["/a", "/b"]);
  });
});

describe("the state file", () => {
  it("is the same for an import, which loads no schema, as for the bot", () => {
    const read = readEnvironment({});

    expect("environment" in read && stateFileOf(read.environment)).toBe(stateFileIn(usualDataDir));
  });
});
