import { describe, expect, it } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { run } from "../../src/commands/run.ts";
import type { Pipeline } from "../../src/pipeline/pipelines.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";

const fork: Pipeline = {
  repository: "acme/shop",
  headSha: "ab12cd3",
  headUrl: "https://x.test",
  subject: { kind: "pull_request", number: 7, title: "", url: "", state: "open", author: "eve", branch: "main", isFork: true },
  counts: {},
  jobs: [],
};
const context = {
  actor: { key: "github:1", name: "ada", surface: "github" },
  target: { repository: "acme/shop", pullRequest: 7, isHome: true },
  intent: "comment-1",
  place: { message: "reply:comment-1", ordinal: 0 },
  prefix: "/ci-",
  commands: [],
} as unknown as Context;

describe("run on a pull request from a fork", () => {
  it("starts nothing: the branch of that name here is another one", async () => {
    const { records, close } = await openEmbedded({ file: ":memory:" });
    const list = async () => [{ id: 3, name: "Nightly", path: ".github/workflows/nightly.yml", url: "" }];
    const services = { records, workflows: { list }, pipelines: { ofPullRequest: async () => fork } } as unknown as Parameters<
      typeof run.run
    >[2];

    const ran = run.run({ workflow: "nightly", inputs: new Map() }, context, services);

    await expect(ran).rejects.toMatchObject({
      outcome: "not_applicable",
      reason: "is_fork",
      message: "#7 comes from a fork, and a workflow can be started only on a branch of acme/shop. Name one: @main",
    });
    await close();
  });
});
