import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildCommand } from "../../../src/hooks/pre-tool-use/build-command.ts";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aCommand } from "../captured/payload.ts";

const checkout = aCheckout();
afterAll(() => checkout[Symbol.dispose]());

const page = readFileSync(join(import.meta.dirname, "../../../docs/hooks.md"), "utf8");
const example = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => parse(text)).find((one) => one.hooks?.buildCommand);

async function said(command: unknown, settings: object, variables = {}) {
  using context = aContext(checkout, { settings, variables });
  return await buildCommand.run(aCommand("", { tool_input: { command } }), context);
}

describe("the rules for LLVM in the docs", () => {
  const good = "cmake -S llvm -B build -G Ninja -DLLVM_TARGETS_TO_BUILD='X86;M68k' -DCMAKE_BUILD_TYPE=Release";

  it.each([
    good,
    "cd build && cmake ../llvm -D LLVM_TARGETS_TO_BUILD=M68k -D CMAKE_BUILD_TYPE:STRING=RelWithDebInfo",
    'cmake -DCMAKE_BUILD_TYPE="Release" "-DLLVM_TARGETS_TO_BUILD=M68k" ../llvm-project/llvm',
    "cmake -DCMAKE_BUILD_TYPE=Debug -DCMAKE_BUILD_TYPE=Release -DLLVM_TARGETS_TO_BUILD=M68k llvm",
    "cmake --build build",
    "cmake -S emulator -B out",
    "ninja -C build -j4",
    "ninja -j 4 check-llvm",
    "echo cmake llvm; ninja --version",
    `git commit -m "cmake llvm && ninja"`,
  ])("let pass: %s", async (command) => {
    expect(await said(command, example.hooks)).toBeUndefined();
  });

  it.each([
    ["cmake -S llvm -B build -DCMAKE_BUILD_TYPE=Release", "-DLLVM_TARGETS_TO_BUILD=*M68k* is missing"],
    ["cd build && cmake ../llvm -D LLVM_TARGETS_TO_BUILD=X86 -DCMAKE_BUILD_TYPE=Release", "*M68k* is missing"],
    ["cmake llvm -DLLVM_TARGETS_TO_BUILD=M68k -DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_BUILD_TYPE=Debug must not be there"],
    ["cmake llvm -D CMAKE_BUILD_TYPE=Debug -D LLVM_TARGETS_TO_BUILD=M68k", "must not be there"],
    ["sudo nice cmake 'llvm'", "-DCMAKE_BUILD_TYPE=* is missing"],
    ["bash -c 'cmake ../llvm'", "is missing"],
  ])("stop: %s", async (command, why) => {
    expect(await said(command, example.hooks)).toMatchObject({ kind: "deny", reason: expect.stringContaining(why) });
  });

  it("warn of a ninja that takes all processors", async () => {
    expect(await said("ninja -C build", example.hooks)).toMatchObject({ kind: "tell", text: expect.stringContaining("-j?* is missing") });
  });

  it("say all that is wrong at once", async () => {
    const answer = await said("cmake llvm && ninja", example.hooks);

    expect(answer).toMatchInlineSnapshot(`
      {
        "kind": "deny",
        "reason": "LLVM: -DLLVM_TARGETS_TO_BUILD=*M68k* is missing, -DCMAKE_BUILD_TYPE=* is missing. Build LLVM as Release, for M68k. A debug build needs more memory than the runners have.
      ninja: -j?* is missing. Give it a limit (-j4); each linker takes gigabytes.",
      }
    `);
  });
});

describe("a rule", () => {
  const rule = { name: "toolchain", program: "cargo", when: ["build"], message: "Source env.sh first." };
  const withRule = (more: object) => ({ buildCommand: { rules: [{ ...rule, ...more }] } });

  it.each([
    ["cargo build", { M68K_SYSROOT: "/opt/m68k" }],
    ["M68K_SYSROOT=/opt/m68k cargo build", {}],
    ["export M68K_SYSROOT=/opt/m68k; cargo build", {}],
    ["cargo test", {}],
  ])("may ask for a variable, which is set by %s %j", async (command, variables) => {
    expect(await said(command, withRule({ env: ["M68K_SYSROOT"] }), variables)).toBeUndefined();
  });

  it.each([
    ["cargo build", {}],
    ["echo XM68K_SYSROOT=1; cargo build", {}],
    ["cargo build", { M68K_SYSROOT: "" }],
  ])("may ask for a variable, which is not set by %s %j", async (command, variables) => {
    expect(await said(command, withRule({ env: ["M68K_SYSROOT"] }), variables)).toEqual({
      kind: "deny",
      reason: "toolchain: the variable M68K_SYSROOT is not set. Source env.sh first.",
    });
  });

  it("may hold in some folders only", async () => {
    const settings = withRule({ folders: ["std", "std/**"], forbids: ["--release"] });

    expect(await said("cargo build --release", settings)).toBeUndefined();
    expect(await said("cd std/core && cargo build --release", settings)).toMatchObject({ kind: "deny" });
    expect(await said("cd $WHERE && cargo build --release", settings)).toBeUndefined();
  });

  it("takes nothing of a command for a pattern", async () => {
    const settings = withRule({ requires: ["-Zbuild-std=core"] });

    expect(await said("cargo build -Zbuild-std=*", settings)).toMatchObject({ kind: "deny" });
  });

  it.each([[""], ["cargo 'build"], [7], [`cargo ${"build ".repeat(9_000)}`]])("endures a hostile command", async (command) => {
    await said(command, withRule({ requires: ["**b**u**i**l**d**"] }));
  });
});

it("asks for nothing unless the settings do", async () => {
  expect(await said("cmake llvm", {})).toBeUndefined();
});
