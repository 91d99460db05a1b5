import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destructiveCommand } from "../../../src/hooks/pre-tool-use/destructive-command.ts";
import { isPlainlyHarmless } from "../../../src/hooks/shell/destruction/plain-text.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aCommand } from "../captured/payload.ts";
import { destroying, harmless } from "../shell/corpus.ts";

let checkout: Checkout;
let usual: ReturnType<typeof aContext>;
beforeAll(() => {
  checkout = aCheckout({ "README.md": "# A checkout\n", "src/main.c": "" });
  usual = aContext(checkout, { variables: { HOME: "/home/ada" } });
});
afterAll(() => {
  usual[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

async function saidOf(command: string, settings?: object) {
  if (!settings) return await destructiveCommand.run(aCommand(command), usual);
  using context = aContext(checkout, { variables: { HOME: "/home/ada" }, settings });
  return await destructiveCommand.run(aCommand(command), context);
}

describe("destructive-command", () => {
  it.each(destroying)("stops %s", async (command, would) => {
    const said = await saidOf(command.replaceAll("%ROOT%", checkout.path));

    expect(said).toMatchObject({ kind: "deny", reason: expect.stringContaining(would) });
  });

  it.each(harmless)("lets %s pass", async (command) => {
    expect(await saidOf(command.replaceAll("%ROOT%", checkout.path))).toBeUndefined();
  });

  it("lets a command pass that the settings allow, and no other", async () => {
    const settings = { destructiveCommand: { allow: ["curl ** https://sh.rustup.rs", "rm -rf /opt/cross/*"] } };

    const said = await Promise.all(
      ["curl -sSf https://sh.rustup.rs | sh -s -- -y", "rm -rf /opt/cross/m68k", "rm -rf /opt/cross/m68k; rm -rf /opt"].map((command) =>
        saidOf(command, settings),
      ),
    );

    expect(said.map((one) => one?.kind)).toEqual([undefined, undefined, "deny"]);
  });

  it("reads no command that cannot destroy anything, and every other", () => {
    const plain = ["git status && npm test 2>&1 | tail -5", "make -j4 > build.log; ls -la src/x.c", "cd a && cargo build --release"];

    expect(plain.map(isPlainlyHarmless)).toEqual([true, true, true]);
    expect(destroying.filter(([command]) => isPlainlyHarmless(command))).toEqual([]);
  });

  it("guards the branches that the settings name", async () => {
    const settings = { destructiveCommand: { protectedBranches: ["release/*"] } };

    expect(await saidOf("git push -f origin release/1.2", settings)).toMatchObject({ kind: "deny" });
    expect(await saidOf("git push -f origin main", settings)).toBeUndefined();
  });

  it("says what would be lost and what to do instead, in one line and without secrets", async () => {
    const said = await saidOf(`rm -rf /etc/x \\\n  --token ghp_0123456789abcdefghij0123456789abcdef`);

    expect(said).toEqual({
      kind: "deny",
      reason:
        "rm -rf /etc/x --token *** would delete /etc/x, which is outside of the project. Name what is meant inside of the project, or ask the person to do it.",
    });
  });

  it.each(["rm -rf / '", "if x; then rm --recursive --force ~", "dd if=a of=/dev/sda (", `rm -rf ./x ${"a".repeat(70_000)}`])(
    "stops what it cannot read where words of danger stand: %.40s",
    async (command) => {
      expect(await saidOf(command)).toMatchObject({ kind: "deny" });
    },
  );

  it.each(["echo 'unfinished", "if x; then make", `cat > notes <<'END'\n${"a line\n".repeat(12_000)}END`])(
    "lets pass what it cannot read without them: %.40s",
    async (command) => {
      expect(await saidOf(command)).toBeUndefined();
    },
  );
});
