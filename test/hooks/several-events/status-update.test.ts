import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { statusUpdate, statusUpdateOfFailure } from "../../../src/hooks/several-events/status-update.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

let checkout: Checkout;
let context: ReturnType<typeof aContext>;

beforeEach(() => {
  checkout = aCheckout({ "README.md": "# A checkout\n" });
  context = aContext(checkout);
});

afterEach(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const passed = (command: string, changes: object = {}) =>
  statusUpdate.run(aPayload("post-tool-use", { tool_input: { command }, ...changes }), context);
const failed = (command: string, error: string) =>
  statusUpdateOfFailure.run(aPayload("post-tool-use-failure", { tool_input: { command }, error }), context);
const noted = () => context.journal().statusLog.latest(10);
const texts = () => noted().map(({ kind, text }) => `${kind}: ${text}`);

describe("status-update", () => {
  it.each([
    ["cargo build --release", "build: passed: cargo build --release"],
    ["cd rust && cargo test", "test: passed: cargo test"],
    ['git commit -m "feat: begin"', "commit: passed: git commit -m feat: begin"],
    ["git -C rust push origin main", "push: passed: git -C rust push origin main"],
    ["make && make check", "test: passed: make; make check"],
  ])("notes %s", async (command, note) => {
    await passed(command);

    expect(texts()).toEqual([note]);
  });

  it.each(["ls -la", "git status", "echo cargo build", "cat Makefile"])("does not note %s", async (command) => {
    await passed(command);

    expect(noted()).toEqual([]);
  });

  it("says no more than the shell does of how it ended", async () => {
    await passed("cargo test | tail -5", { tool_use_id: "1" });
    await passed("cargo test; true", { tool_use_id: "2" });
    await passed("cargo test &", { tool_use_id: "3" });
    await passed("cargo build", { tool_use_id: "4", tool_input: { command: "cargo build", run_in_background: true } });

    const ran = "test: ran: cargo test";
    expect(texts().toReversed()).toEqual([ran, ran, ran, "build: began: cargo build"]);
  });

  it("says how a command failed", async () => {
    await failed("cargo build", "Exit code 101\nerror[E0463]: can't find crate");

    expect(texts()).toEqual(["build: failed (Exit code 101): cargo build"]);
  });

  it("blames no command for what may be the failure of another", async () => {
    await failed("cargo build; grep nothing log", "Exit code 1");

    expect(texts()).toEqual(["build: it, or what came with it, failed (Exit code 1): cargo build"]);
  });

  it("keeps whose it was, once, without secrets", async () => {
    const payload = { tool_use_id: "toolu_1" };
    await passed("cargo build --token ghp_abcdefghijklmnopqrstuvwxyz0123456789", payload);
    await passed("cargo build --token ghp_abcdefghijklmnopqrstuvwxyz0123456789", payload);

    expect(noted()).toMatchObject([
      { id: "toolu_1", text: "passed: cargo build --token ***", session: "s-1", branch: "main", sha: checkout.git("rev-parse", "HEAD") },
    ]);
  });

  it("goes by the commands that the settings name", async () => {
    using own = aContext(checkout, { settings: { successArtefacts: { commands: [{ program: "x.py", when: ["build"], kind: "build" }] } } });

    await statusUpdate.run(aPayload("post-tool-use", { tool_input: { command: "./x.py build; ls" } }), own);

    expect(own.journal().statusLog.latest(1)).toMatchObject([{ text: "ran: x.py build" }]);
  });
});
