import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aCheckout } from "../hooks/a-checkout.ts";
import { run } from "./nextrust.ts";

describe("nextrust setup, as it ships", () => {
  it("sets up the checkout around it, is content with it, and takes it out again", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    const folder = join(checkout.path, "src", "deep");
    mkdirSync(folder, { recursive: true });
    const setup = (...options: readonly string[]) => run(["setup", ...options], { folder, variables: { HOME: checkout.path } });

    const written = await setup("--local", "--yes", "--offline");
    const checked = await setup("--check", "--offline");
    const removed = await setup("--remove", "--yes");

    expect([written, checked, removed].map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: "" }));
    expect(written.stdout).toContain("– Claude Code (");
    expect(checked.stdout).toContain("gh secret set OPENAI_API_KEY");
    expect(checkout.git("status", "--porcelain")).toBe("");
  });
});
