import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postPhases } from "../../src/commands/phase-post.ts";
import type { PhasePlan } from "../../src/pipeline/phases/phases.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";

const plan: PhasePlan = { repository: "Acme/Shop", phases: [{ id: "phase-1", name: "One", deliverables: [] }] };
const aChange = {
  repository: "acme/shop",
  kind: "reset",
  from: "phase-1",
  to: "phase-1",
  actor: "github:1",
  actorName: "ada",
  at: 0,
} as const;

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

/** What is posted after that many changes. */
async function postAfter(changes: number, discussions: readonly { readonly repository: string; readonly category: string }[]) {
  return state.records.transaction(async (tx) => {
    for (let number = 1; number <= changes; number++) await tx.phases.add({ ...aChange, number });
    await postPhases(plan, tx, { discussions });
    return tx.outbox.find("phases:acme/shop");
  });
}

describe("what is posted of a repository's phases", () => {
  it("is nothing where no category is named for it", async () => {
    expect(await postAfter(1, [{ repository: "acme/other", category: "ci" }])).toBeUndefined();
  });

  it("goes into its category, whatever case its name is written in", async () => {
    const post = await postAfter(1, [{ repository: "ACME/shop", category: "ci" }]);

    expect(post?.address).toEqual({ surface: "github_post", repository: "Acme/Shop", category: "ci", title: "CI phases of Acme/Shop" });
  });

  it("shows the newest 50 changes, and says how many came before", async () => {
    const post = await postAfter(53, [{ repository: "Acme/Shop", category: "ci" }]);

    const table = post?.answers[0]?.reply.parts.find((part) => part.kind === "table");
    expect(table?.rows).toHaveLength(50);
    expect(table?.more).toBe("and 3 earlier changes");
  });
});
