import { describe, expect, it } from "vitest";
import { askGit } from "../../src/machine/ask-git.ts";
import { aCheckout } from "../hooks/a-checkout.ts";

describe("asking git", () => {
  it("gives what it prints", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });

    expect(await askGit(checkout.path, ["ls-files"], { timeoutMs: 5_000 })).toBe("README.md\n");
  });

  it.each([
    ["a path with a NUL", ["ls-files", "--", "a\0b"]],
    ["what git does not know", ["no-such-subcommand"]],
  ])("knows nothing of %s, and fails for nobody", async (_, args) => {
    using checkout = aCheckout();

    expect(await askGit(checkout.path, args, { timeoutMs: 5_000 })).toBeUndefined();
  });
});
