import { describe, expect, it } from "vitest";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { failCommand } from "../failures/run-modules.ts";

const entry = (changes: object) => ({
  id: "disk-full",
  category: "runner",
  error_pattern: "No space left on device",
  description: "The runner's disk is full.",
  ...changes,
});
const file = (...entries: object[]) => JSON.stringify({ schema_version: "1.0", known_issues: entries });
const full = "Exit code 1\ncc: error: No space left on device\n";

describe("known issues", () => {
  it("are recognised by the team's file: what it is, and what helps", async () => {
    const fix = { type: "manual", script: "Remove target/ and build again.", confidence: 0.9 };
    using checkout = aCheckout({ "config/known-issues.json": file(entry({ auto_fix: fix })) });
    using context = aContext(checkout, { now: () => 1_764_000_000_000 });

    await failCommand("make", full, context);
    const said = await failCommand("make -j4", full, context);

    expect(said).toEqual([
      "This is the known issue disk-full: The runner's disk is full. What helps (90 % sure): Remove target/ and build again.",
    ]);
    expect(context.journal().issues.all()).toEqual([{ issue: "disk-full", seen: 2, lastAt: 1_764_000_000_000 }]);
    expect(context.journal().failures.newest(9)).toMatchObject([{ knownIssue: "disk-full" }, { knownIssue: "disk-full" }]);
  });

  it("are those that come with nextrust where the team has none of its own", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout);
    const error = "Exit code 1\nld: x.o: undefined reference to `__sync_val_compare_and_swap_4'\n";

    const [said] = await failCommand("make TARGET=m68k", error, context);

    expect(said).toMatch(/^This is the known issue atomic-spinlock-m68k: /);
    expect(said?.length).toBeLessThanOrEqual(600);
  });

  it("stand beside the settings file that is named", async () => {
    using checkout = aCheckout({ "etc/known-issues.json": file(entry({})) });
    using context = aContext(checkout, { variables: { NEXTRUST_CONFIG: "etc/nextrust.yml" } });

    expect(await failCommand("make", full, context)).toEqual([
      "This is the known issue disk-full: The runner's disk is full. Nobody has written down yet what helps.",
    ]);
  });

  it("of some variants are of commands that name one", async () => {
    using checkout = aCheckout({ "config/known-issues.json": file(entry({ cpu_variants: ["m68040"] })) });
    using context = aContext(checkout);

    const said = [await failCommand("make m6804", full, context), await failCommand("make test-m68040", full, context)];

    expect(said.map(({ length }) => length)).toEqual([0, 1]);
  });

  it("of another phase are none", async () => {
    using checkout = aCheckout({ "config/known-issues.json": file(entry({ phase: "phase-2" })) });
    const phases = ["phase-1", "phase-2"].map((id) => ({ id, name: id, deliverables: [] }));
    const plans = [{ repository: "acme/shop", phases: phases as [(typeof phases)[0]] }];
    using context = aContext(checkout, { plans });

    const before = await failCommand("make", full, context);
    context.journal().phases.enter({ id: "phase-2", at: 1, by: "ada" });
    const after = await failCommand("make", full, context);

    expect([before.length, after.length]).toEqual([0, 1]);
  });

  it("are left alone, with a line in the log, where the file is wrong", async () => {
    using checkout = aCheckout({ "config/known-issues.json": '{ "schema_version": "2.0" }' });
    using context = aContext(checkout);

    expect(await failCommand("make", full, context)).toEqual([]);
    expect(context.notes).toMatchObject([{ message: "The known issues cannot be read." }]);
  });

  it("are told to the bot with the failure that they explain", async () => {
    using checkout = aCheckout({ "config/known-issues.json": file(entry({})) });
    using context = aContext(checkout);

    for (let time = 0; time < 4; time++) await failCommand("make", full, context);

    const events = context
      .journal()
      .spool.next(9)
      .map(({ event }) => event);
    expect(events).toMatchObject([{ type: "failure", failures: 4, knownIssue: "disk-full" }]);
  });
});
