import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HookEvent } from "../../src/hooks/events.ts";
import { aCheckout } from "./a-checkout.ts";
import { aCommand, aPayload } from "./captured/payload.ts";
import { fire } from "./fire.ts";

const phases = `
phases:
  - repository: octo/kernel
    phases:
      - { id: phase-1, name: Toolchain, deliverables: [{ path: README.md }, { path: targets }] }
`;

/** A checkout whose phase is known, so that the model is told of it. */
function aCheckoutInPhase() {
  const checkout = aCheckout({ "README.md": "# A checkout\n", "config/nextrust.yml": phases });
  checkout.git("remote", "add", "origin", "https://github.com/octo/kernel.git");
  return checkout;
}

// What Claude Code makes of these is in claude/contract.test.ts.
describe("the process of a hook", () => {
  it("ends with 2 to stop a tool, says why on standard error, and nothing on standard output", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });

    const ended = await fire("pre-tool-use", aCommand("git push --force origin main", { cwd: checkout.path }), { cwd: checkout.path });

    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^destructive-command: git push --force origin main would .+\n$/);
  });

  it("ends with 0 to tell the model something, in one line of JSON that allows nothing", async () => {
    using checkout = aCheckoutInPhase();

    const ended = await fire("user-prompt-submit", aPayload("user-prompt-submit", { cwd: checkout.path }), { cwd: checkout.path });

    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(ended.stdout)).toEqual({
      hookSpecificOutput: { hookEventName: "UserPromptSubmit", additionalContext: expect.stringContaining("Toolchain: 1 of 2") },
    });
    expect(ended.stdout).not.toContain("\n");
  });

  it("stops a tool when a guard cannot do its work, and says how to go without", async () => {
    using checkout = aCheckout({
      "config/nextrust.yml": "hooks: {phaseAlignment: {rules: [{from: phase-3, commands: ['cargo build'], mode: block}]}}\n",
    });
    spoilJournal(checkout.path);

    const ended = await fire("pre-tool-use", aCommand("cargo build", { cwd: checkout.path }), { cwd: checkout.path });

    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toMatch(
      /^phase-alignment: This could not be checked \(.+\), so it is stopped\. .+ hooks\.off in config\/nextrust\.yml\.\n$/,
    );
  });

  it.each<HookEvent>(["post-tool-use", "post-tool-use-failure", "session-start", "stop", "session-end"])(
    "is in nobody's way at %s when a module cannot do its work, and writes it down",
    async (event) => {
      using checkout = aCheckout({ "README.md": "# A checkout\n" });
      spoilJournal(checkout.path);

      const ended = await fire(event, aPayload(event, { cwd: checkout.path }), { cwd: checkout.path });

      expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
      // A session still hears what needs no journal.
      expect(ended.stdout === "").toBe(event !== "session-start");
      expect(logOf(checkout.path)).toContain('"failed":');
    },
  );
});

function spoilJournal(project: string): void {
  mkdirSync(join(project, ".nextrust"));
  writeFileSync(join(project, ".nextrust", "hooks.db"), "This is no database. ".repeat(1_000));
}

function logOf(project: string): string {
  const folder = join(project, ".claude", "hook-logs");
  const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return readFileSync(join(folder, file), "utf8");
}
