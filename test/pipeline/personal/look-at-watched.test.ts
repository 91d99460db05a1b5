import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import type { Role } from "../../../src/pipeline/access.ts";
import { createLookAtWatched, type Happened, toLookAtWatched } from "../../../src/pipeline/personal/look-at-watched.ts";
import type { Watch } from "../../../src/pipeline/personal/watches.ts";
import type { Pipeline } from "../../../src/pipeline/pipelines.ts";
import type { Member } from "../../../src/pipeline/workspace.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const repository = "acme/shop";
const ada = { id: 1, login: "ada" };
const red: Pipeline = {
  repository,
  headSha: "ab12cd34ef",
  headUrl: "https://github.example/commit",
  subject: {
    ...{ kind: "pull_request", number: 12, title: "Sell more", url: "https://github.example/pull/12", state: "open" },
    ...{ author: "ada", branch: "topic", isFork: false },
  },
  counts: { failed: 1 },
  jobs: [{ name: "lint", state: "failed", isRequired: true }],
};

let state: EmbeddedState;
let role: Role;
let kind: Member["kind"];
let bound: readonly string[];
let read: () => Promise<Pipeline>;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  role = "read";
  kind = "member";
  bound = ["Acme/Shop"];
  read = async () => red;
});
afterEach(() => state.close());

/** Somebody watches the pull request, and a look is taken. Gives what they were told, if anything, and whether they are watching still. */
async function look(watch: Partial<Watch>, happened: Happened = { kind: "look", number: 12 }) {
  const { records } = state;
  await records.transaction(({ watches }) =>
    watches.put({ person: "U1", repository, number: 12, headSha: "ab12cd34ef", told: [], ...watch }),
  );
  const told: string[] = [];
  const nobody = () => Promise.reject(new Error("Nobody asks for this."));
  const job = toLookAtWatched("job", repository, happened);
  await createLookAtWatched({
    records: {
      transaction: (work) =>
        records.transaction((tx) =>
          work({ ...tx, outbox: { ...tx.outbox, put: async ({ answers }) => void told.push(JSON.stringify(answers)) } }),
        ),
    },
    pipelines: { ofPullRequest: () => read(), ofRef: nobody, newestPullRequestBy: nobody },
    permissions: { roleOf: async () => role },
    policies: [{ id: "C1", repositories: bound }],
    workspace: { member: async () => ({ name: "ada", kind }), channel: nobody, permalink: nobody },
    now: () => 1_764_000_000_000,
  })({ ...job, attempt: 1, signal: new AbortController().signal });
  const isWatching = await records.transaction(async ({ watches }) => (await watches.find("U1", repository, 12)) !== undefined);
  return { told: told.join(), isWatching };
}

describe("who watches a pull request", () => {
  it.each<[string, Partial<Watch>, () => void]>([
    ["has a role of their own", { account: ada }, () => {}],
    ["has none, and asked in a channel that is bound to it", { account: ada, channel: "C1" }, () => (role = "none")],
    ["is not linked, and asked in a channel that is bound to it", { channel: "C1" }, () => {}],
  ])("is told when they are somebody who %s", async (_, watch, arrange) => {
    arrange();

    expect(await look(watch)).toEqual({ told: expect.stringContaining("is red: lint"), isWatching: true });
  });

  it.each<[string, Partial<Watch>, () => void, string]>([
    ["lost their role", { account: ada }, () => (role = "none"), "you may not read the repository any more"],
    ["asked in a channel that is bound to it no more", { channel: "C1" }, () => (bound = []), "you may not read the repository any more"],
    ["left the workspace", { channel: "C1" }, () => (kind = "deactivated"), "you may not read the repository any more"],
    [
      "watches where the App is installed no more",
      { account: ada },
      () => (read = () => Promise.reject(new UserError("not_applicable", "not_installed", "The App is not installed there."))),
      "I cannot read the repository any more",
    ],
  ])("hears no more, and is told so, when they %s", async (_, watch, arrange, why) => {
    arrange();

    const { told, isWatching } = await look(watch);

    expect(told).toContain(`I tell you nothing more of #12 (acme/shop): ${why}.`);
    expect(told).not.toContain("lint");
    expect(isWatching).toBe(false);
  });
});
