import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { table } from "../../../src/hooks/index.ts";
import { sessionContext } from "../../../src/hooks/session-start/session-context.ts";
import { stopsIn } from "../../../src/hooks/stops.ts";
import { aUsage, listen, now, token } from "../../bot/events/listening.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPlan } from "../a-plan.ts";
import { aPayload } from "../captured/payload.ts";

let checkout: Checkout;

beforeEach(() => {
  checkout = aCheckout();
});

afterEach(() => checkout[Symbol.dispose]());

const at = Date.parse("2026-11-23T12:00:00Z");

describe("session-context", () => {
  it("says where the project is, what hooks will stop, and what happened last", async () => {
    using context = aContext(checkout, { plans: [aPlan], stops: ["rm of what is outside"] });
    checkout.write("ci/Dockerfile", "FROM scratch\n");
    context.journal().statusLog.add([{ id: "a", at, kind: "test", text: "failed (Exit code 101): cargo test" }]);

    const said = await sessionContext.run(aPayload("session-start"), context);

    expect(said).toEqual({
      kind: "tell",
      text: [
        "Phase phase-1 Environment Setup: 1 of 2 deliverables are there, and only GitHub knows of 1 more. Not there yet: docs/abi.md.",
        "Hooks stop these, so do not try: rm of what is outside.",
        "Last: 2026-11-23 12:00 UTC test failed (Exit code 101): cargo test",
      ].join("\n"),
    });
  });

  it("begins with what is wrong with the settings, for the person", async () => {
    using context = aContext(checkout, { problems: ["config/nextrust.yml:3:5: hook is no key that I know."], plans: [aPlan] });

    const said = await sessionContext.run(aPayload("session-start"), context);

    expect(said).toMatchObject({ text: expect.stringMatching(/^Tell the person first: .*config\/nextrust\.yml:3:5/) });
  });

  it("stays short whatever there is to say", async () => {
    const long = "x".repeat(5_000);
    using context = aContext(checkout, { problems: [long], stops: [long] });
    context.journal().phases.enter({ id: long, at, by: "ada" });
    context.journal().statusLog.add(["a", "b", "c"].map((id) => ({ id, at, kind: "note", text: long })));

    const said = await sessionContext.run(aPayload("session-start"), context);

    expect(said?.kind === "tell" && said.text.length).toBeLessThanOrEqual(1_200);
  });

  it("says what fails again and again, at this commit first, and not what failed once or has passed", async () => {
    using context = aContext(checkout);
    const { failures } = context.journal();
    const here = context.head()?.sha ?? "";
    const fail = (command: string, times: number, commit: string, error: string) => {
      for (let time = 0; time < times; time++) failures.add({ key: command, command, commit, error, at: at + time });
    };
    fail("make old", 3, "f".repeat(40), "no rule");
    fail("cargo test", 2, here, "error[E0463]: can't find crate");
    fail("ls nowhere", 1, here, "no such file");
    fail("npm test", 4, here, "passes now");
    failures.pass("npm test", here);

    const said = await sessionContext.run(aPayload("session-start"), context);

    expect(said).toMatchObject({
      text: "Fails again and again: cargo test failed 2 times at this commit (error[E0463]: can't find crate); make old failed 3 times at fffffff (no rule). Do not just repeat it.",
    });
  });

  it("says in one section what all guards stop, the project's own rules with them", async () => {
    const settings = {
      workingDirectory: { mode: "block" },
      fileCreation: { rules: [{ paths: ["**/*.md"], mode: "block", message: "Docs belong into docs/." }] },
      buildCommand: { rules: [{ name: "LLVM", program: "cmake", message: "Build it as Release." }] },
    };
    using context = aContext(checkout, { settings });

    const said = await sessionContext.run(aPayload("session-start"), { ...context, stops: () => stopsIn(table, context) });

    expect(said).toMatchInlineSnapshot(`
      {
        "kind": "tell",
        "text": "Hooks stop these, so do not try: commands that destroy what cannot be had again (folders elsewhere, disks, protected branches, databases); writing files outside of this checkout or into what git and the hooks keep, and against the project's rules **/*.md; commands that change something outside of this checkout; commits whose subject is no Conventional Commit of 10 to 100 characters; builds against the project's rules for cmake (LLVM).",
      }
    `);
  });

  it("says nothing where there is nothing to say", async () => {
    using context = aContext(checkout);

    expect(await sessionContext.run(aPayload("session-start"), context)).toBeUndefined();
  });

  it("says the rest when one part cannot be read", async () => {
    using context = aContext(checkout, { plans: [aPlan] });
    const stops = () => {
      throw new Error("a rule cannot be read");
    };

    const said = await sessionContext.run(aPayload("session-start"), { ...context, stops });

    expect(said).toMatchObject({ text: expect.stringContaining("Phase phase-1") });
    expect(context.notes).toMatchObject([{ why: "a rule cannot be read" }]);
  });

  it("says which budgets are past their warning, by what the ledger knows", async () => {
    await using bot = await listen();
    await bot.tell(aUsage({ session: "s-1", basis: "metered", tokens: { input_tokens: 0, output_tokens: 400_000 } }));
    using context = aContext(checkout, { variables: { NEXTRUST_URL: bot.url, NEXTRUST_API_TOKEN: token }, now: () => now });

    const said = await sessionContext.run(aPayload("session-start"), context);

    expect(said).toMatchObject({ text: expect.stringMatching(/^Most of the budget is spent: session s-1: \$6.00 of/) });
  });
});
