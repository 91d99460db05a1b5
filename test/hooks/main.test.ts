import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";
import { aCheckout } from "./a-checkout.ts";
import { aPayload } from "./captured/payload.ts";
import { fire } from "./fire.ts";

const events = Object.keys(hookEvents) as HookEvent[];

describe("nextrust hook", () => {
  it.each(events)("takes what Claude Code says of %s, and lets it pass", async (event) => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    const payload = aPayload(event, { cwd: checkout.path });

    const { exitCode, stderr } = await fire(event, payload, { cwd: checkout.path });

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it.each(["pre-tool-use", "user-prompt-submit"])("stops at %s what it cannot read, as it is a guard", async (event) => {
    using checkout = aCheckout();

    const { exitCode, stdout, stderr } = await fire(event, '{"tool_name": "Ba', { cwd: checkout.path });

    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "nextrust cannot read what it was told of this, because it is no JSON, and so stops it.\n",
    });
  });

  it.each(["post-tool-use", "post-tool-use-failure", "session-start", "stop", "session-end"])(
    "lets %s pass that it cannot read, and writes it down",
    async (event) => {
      using checkout = aCheckout();

      const { exitCode, stdout, stderr } = await fire(event, "[]", { cwd: checkout.path });

      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
      expect(loggedIn(checkout.path)).toMatchObject([{ event, outcome: "unreadable" }]);
    },
  );

  it("names the events it knows when asked for another", async () => {
    using checkout = aCheckout();

    const { exitCode, stderr } = await fire("pre-tool", "{}", { cwd: checkout.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("pre-tool-use, session-end");
  });

  it("leaves nothing behind that git would see", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });

    await fire("session-start", aPayload("session-start", { cwd: checkout.path }), { cwd: checkout.path });
    await fire("pre-tool-use", aPayload("pre-tool-use", { cwd: checkout.path }), { cwd: checkout.path });

    expect(checkout.git("status", "--porcelain")).toBe("");
    expect(loggedIn(checkout.path)).toHaveLength(2);
  });
});

function loggedIn(project: string): unknown[] {
  const folder = join(project, ".claude", "hook-logs");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n")).map((line) => JSON.parse(line));
}
