import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";
import { table } from "../../src/hooks/index.ts";
import { aCheckout } from "./a-checkout.ts";
import { aPayload } from "./captured/payload.ts";
import { fire } from "./fire.ts";

const events = Object.keys(hookEvents) as HookEvent[];

describe("nextrust hook", () => {
  it.each(events)(
    "takes what Claude Code says of %s, lets it pass, and leaves a line in its log and nothing that git would see",
    async (event) => {
      using checkout = aCheckout({ "README.md": "# A checkout\n" });
      const payload = aPayload(event, { cwd: checkout.path });

      const { exitCode, stderr } = await fire(event, payload, { cwd: checkout.path });

      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(loggedIn(checkout.path)).toMatchObject([{ event, outcome: "passed" }]);
      expect(checkout.git("status", "--porcelain")).toBe("");
    },
  );

  it("stops what it cannot read where there are guards", async () => {
    using checkout = aCheckout();

    const { exitCode, stdout, stderr } = await fire("pre-tool-use", '{"tool_name": "Ba', { cwd: checkout.path });

    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "nextrust cannot read what it was told of this, because it is no JSON, and so stops it.\n",
    });
  });

  it("lets pass elsewhere what it cannot read, and writes it down", async () => {
    using checkout = aCheckout();

    const { exitCode, stdout, stderr } = await fire("stop", "[]", { cwd: checkout.path });

    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(loggedIn(checkout.path)).toMatchObject([{ event: "stop", outcome: "unreadable" }]);
  });

  it("has guards where something can be stopped, and only there", () => {
    const guarded = events.filter((event) => table[event].some(({ isGuard }) => isGuard));

    expect(events.filter((event) => hookEvents[event].isGuarded)).toEqual(guarded);
  });

  it("names the events it knows when asked for another", async () => {
    using checkout = aCheckout();

    const { exitCode, stderr } = await fire("pre-tool", "{}", { cwd: checkout.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("pre-tool-use, session-end");
  });
});

function loggedIn(project: string): unknown[] {
  const folder = join(project, ".claude", "hook-logs");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n")).map((line) => JSON.parse(line));
}
