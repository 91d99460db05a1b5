import { describe, expect, it } from "vitest";
import { commandsIn } from "../../../src/hooks/shell/commands.ts";
import { fitsPattern } from "../../../src/hooks/shell/fits-pattern.ts";

const commandOf = async (text: string) => {
  const { commands } = await commandsIn(text, { folder: "/srv", variables: {} });
  return commands.at(-1) as (typeof commands)[number];
};

describe("the pattern of a command", () => {
  it.each([
    ["cargo build*", "cargo build"],
    ["cargo build*", "cargo build --release --manifest-path a/b/Cargo.toml"],
    ["cargo build", "RUSTFLAGS=-g cargo +nightly --locked build"],
    ["make test*", "make -j8 test-all"],
    ["make", "/usr/bin/make"],
    ["cmake --build", "cmake -S . --build out"],
    ["npm run *", "npm run anything"],
    ["ninja *", "ninja"],
  ])("%s fits %s", async (pattern, text) => {
    expect(fitsPattern(pattern, await commandOf(text))).toBe(true);
  });

  it.each([
    ["cargo build*", "cargo test"],
    ["cargo build*", "echo cargo build"],
    ["cargo build", "cargo"],
    ["make test*", "make"],
    ["make", "cmake"],
    ["cmake --build", "cmake -S ."],
  ])("%s does not fit %s", async (pattern, text) => {
    expect(fitsPattern(pattern, await commandOf(text))).toBe(false);
  });
});
