import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { workingDirectory } from "../../../src/hooks/pre-tool-use/working-directory.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aCommand } from "../captured/payload.ts";

const checkout = aCheckout({ "src/main.rs": "fn main() {}\n" });
symlinkSync("/no-such-folder", join(checkout.path, "out"));
afterAll(() => checkout[Symbol.dispose]());

async function said(command: unknown, given: NonNullable<Parameters<typeof aContext>[1]> = {}) {
  using context = aContext(checkout, given);
  return await workingDirectory.run(aCommand("", { tool_input: { command } }), context);
}

describe("a command that changes something elsewhere", () => {
  it.each([
    ["cd /no-such-folder && make", "make runs in /no-such-folder"],
    ["cd ..; cd ../../no-such-folder; npm install", "npm runs in"],
    ["cd && touch a", "touch runs in"],
    ["(cd /no-such-folder && rm -rf build)", "rm runs in"],
    ["pushd /no-such-folder; cargo build; popd", "cargo runs in"],
    ["bash -c 'cd /no-such-folder && ./configure'", "configure runs in"],
    ["cd /no-such-folder && find . -name a -delete", "find runs in"],
    ["cd /no-such-folder && sed -i s/a/b/ a", "sed runs in"],
    ["cd /no-such-folder && sh build.sh", "sh runs in"],
    ["git -C /no-such-folder commit -m x", "git runs in /no-such-folder"],
    ["cd /no-such-folder && git branch -D main", "git runs in"],
    ["cd out && make", "make runs in"],
    ["echo x >> ~/.bashrc", ".bashrc is written"],
    ["echo x | sudo tee /etc/hosts", "/etc/hosts is written"],
    ["cp a out/b", "is written"],
  ])("is told of: %s", async (command, what) => {
    const answer = await said(command);

    expect(answer).toMatchObject({ kind: "tell", text: expect.stringContaining(what) });
    expect(answer).toMatchObject({ text: expect.stringContaining(`outside of this checkout (${checkout.path})`) });
  });

  it("is stopped where the settings say so", async () => {
    const settings = { workingDirectory: { mode: "block" } };

    expect(await said("cd /no-such-folder && make", { settings })).toMatchObject({ kind: "deny" });
    expect(await said("cd src && make", { settings })).toBeUndefined();
  });
});

describe("a command", () => {
  it.each([
    "make",
    "cd src && cargo build",
    `cd ${checkout.path}/src && make`,
    "cd /tmp && make",
    "cd $(mktemp -d) && cmake /srv/llvm",
    "mkdir -p build && cd build && cmake .. && cd .. && touch done",
    "cd /no-such-folder && ls -la && cat a | grep b | sort | head",
    "cd /no-such-folder && git log --oneline && git -C /etc status",
    "cd /no-such-folder && git branch -a && git remote -v && git config --get user.name",
    "cd /no-such-folder; pwd; cd -; make",
    "cd /no-such-folder && find . -name '*.c' -exec grep -l main {} +",
    "cd /no-such-folder && sed -n 1,20p a && node --version",
    "cat /etc/hosts > hosts.txt 2>/dev/null",
    `cd "$SOMEWHERE" && make`,
    "echo 'cd /no-such-folder && make'",
    "git commit -m 'cd /no-such-folder; make'",
    "make 2>&1",
    "if",
    "",
  ])("passes that stays here, or only reads: %s", async (command) => {
    expect(await said(command)).toBeUndefined();
  });

  it("passes that is no text", async () => {
    expect(await said({ evil: true })).toBeUndefined();
  });

  it("may go where the settings say", async () => {
    const settings = { workingDirectory: { roots: ["/no-such-folder/llvm", "~/shared"] } };

    expect(await said("cd /no-such-folder/llvm/build && ninja", { settings })).toBeUndefined();
    expect(await said("cd /home/ada/shared && make", { settings })).toBeUndefined();
    expect(await said("cd /no-such-folder/llvm-2 && ninja", { settings })).toMatchObject({ kind: "tell" });
  });
});

it("says how to get back to where the shell has gone elsewhere", async () => {
  const answer = await said("make", { cwd: "/no-such-folder" });

  expect(answer).toEqual({
    kind: "tell",
    text: `make runs in /no-such-folder, outside of this checkout (${checkout.path}). Go back with cd '${checkout.path}'. Where this is meant, a person can name the folder in hooks.workingDirectory.roots of config/nextrust.yml.`,
  });
});
