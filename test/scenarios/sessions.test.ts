import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let repository: string;
let pull: number;
beforeAll(async () => {
  world = await startWorld();
  repository = world.github.repository;
  [pull = 0] = await world.github.openPulls("ada", 1, { jobs: { lint: "success" } });
});
afterAll(() => world.close());

async function headSha(): Promise<string> {
  const opened = await eventually(async () =>
    world.github
      .deliveries()
      .map(({ payload }) => payload.pull_request as { number: number; head: { sha: string } } | undefined)
      .find((each) => each?.number === pull),
  );
  return opened?.head.sha ?? "";
}

describe("a session of Claude Code whose hooks tell the bot", () => {
  it("is seen in the status of its commit and in the audit, but not by everybody on a public repository", async () => {
    const about = { repository, headSha: await headSha(), session: "s1", actor: "ada-on-laptop", at: Date.now() };
    const told = await fetch(`${world.bot.url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.apiToken}` },
      body: JSON.stringify({
        events: [
          { type: "session", id: "s1", state: "started", version: "0.1.0", ...about },
          { type: "failure", id: "f1", command: "cargo test", failures: 3, error: "it failed", ...about },
          { type: "request", id: "q1", channel: "o3", subject: "design", reason: "cargo test failed 3 times", details: "", ...about },
        ],
      }),
    });
    expect((await told.json()) as object).toMatchObject({ counts: { recorded: 3 } });

    const shown = await world.ask("ada", `status #${pull}`);

    expect(shown).toContain("cargo test failed 3 times; o3 was asked for design help (not answered so far)");
    expect(await world.ask("grace", "audit")).toContain("ada-on-laptop");
    expect(await world.comment("ada", pull, "/ci-status")).not.toContain("cargo test");
  });
});
