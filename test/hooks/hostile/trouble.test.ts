import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { dispatch } from "../../../src/hooks/dispatch.ts";
import { table } from "../../../src/hooks/index.ts";
import { failureInWords } from "../../../src/hooks/log/failure-in-words.ts";
import { homeOf } from "../../../src/hooks/place/home.ts";
import { settingsOf } from "../../../src/hooks/settings.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { fire } from "../fire.ts";

const log = { ran: () => {}, failed: () => {} };
const make = (command: string, cwd: string) => ({ session_id: "s-1", cwd, tool_name: "Bash", tool_input: { command } });

/** What may have become of the hooks' memory, none of which a session is stopped for. */
const broken: Readonly<Record<string, (file: string) => void>> = {
  "is no database": (file) => writeFileSync(file, "x".repeat(2_000)),
  "is a folder": (file) => mkdirSync(file),
  "was written by a newer version": (file) => new DatabaseSync(file).exec("PRAGMA user_version = 99"),
  "has other tables": (file) => new DatabaseSync(file).exec("PRAGMA user_version = 1"),
};

const breakMemory = (checkout: Checkout, how: string) => {
  mkdirSync(join(checkout.path, ".nextrust"));
  broken[how]?.(join(checkout.path, ".nextrust", "hooks.db"));
};

describe("a hook whose memory is broken", () => {
  it.each(Object.keys(broken))("lets an honest tool pass when it %s", async (how) => {
    using checkout = aCheckout();
    breakMemory(checkout, how);
    using context = aContext(checkout);

    const said = await dispatch("pre-tool-use", make("make test", checkout.path), { table, context, log });

    expect(said).toEqual([]);
  });

  it("still stops what destroys", async () => {
    using checkout = aCheckout();
    breakMemory(checkout, "is no database");
    using context = aContext(checkout);

    const said = await dispatch("pre-tool-use", make("rm -rf /", checkout.path), { table, context, log });

    expect(said).toMatchObject([{ kind: "deny" }]);
  });

  it.each([
    ["warn", []],
    ["block", [{ kind: "deny", reason: expect.stringContaining("hooks.db cannot be used") }]],
  ] as const)("goes by a rule of phases that may %s only as far as it must", async (mode, expected) => {
    using checkout = aCheckout();
    breakMemory(checkout, "is no database");
    using context = aContext(checkout, {
      settings: { phaseAlignment: { rules: [{ commands: ["make deploy"], from: "phase-3", mode }] } },
    });

    const deployed = await dispatch("pre-tool-use", make("make deploy", checkout.path), { table, context, log });
    const tested = await dispatch("pre-tool-use", make("make test", checkout.path), { table, context, log });

    expect(deployed).toEqual(expected);
    expect(tested).toEqual([]);
  });

  it("is not waited for again by the next module", () => {
    using checkout = aCheckout();
    breakMemory(checkout, "is no database");
    using context = aContext(checkout);
    const failureOf = () => {
      try {
        return context.journal();
      } catch (error) {
        return error;
      }
    };

    expect(failureOf()).toBeInstanceOf(Error);
    expect(failureOf()).toBe(failureOf());
  });
});

describe("a hook in a place that is not as it should be", () => {
  it.each([
    ["a folder whose name is too long", `/${"a".repeat(5_000)}`],
    ["what is no path", "/a\0b"],
    ["a folder that is gone", "/nowhere/at/all"],
  ])("reads its settings in %s", async (_, project) => {
    const found = await settingsOf({ project, dataDir: "/dev/null/nextrust", file: undefined });

    expect(found.settings.off).toEqual([]);
  });

  it("takes the root for the home of an account that has none", () => {
    expect(homeOf({ HOME: "/home/ada" })).toBe("/home/ada");
    expect(homeOf({}).startsWith("/")).toBe(true);
  });

  it("says in a sentence what it could not do, without a stack", async () => {
    using checkout = aCheckout();
    const payload = { ...make("make", "/a\0b"), tool_input: { command: "make > a" } };

    const { exitCode, stderr } = await fire("pre-tool-use", payload, { cwd: checkout.path });

    expect(exitCode).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("what the hook log says of an error", () => {
  it("quotes neither the text nor the path that it was of", () => {
    const quoting = () => JSON.parse("the person's secret words");
    const opening = () => new DatabaseSync("/home/ada/secret/\0");

    for (const fail of [quoting, opening])
      expect(() => {
        try {
          fail();
        } catch (error) {
          throw new Error(failureInWords(error));
        }
      }).toThrow(/^(?!.*secret)/);
    expect(failureInWords(new Error("it took too long"))).toContain("it took too long");
  });
});

describe("a settings file of megabytes", () => {
  it("is not read, and a session does not wait for it", async () => {
    using checkout = aCheckout({ "config/nextrust.yml": "- a\n".repeat(200_000) });

    const found = await settingsOf({ project: checkout.path, dataDir: join(checkout.path, ".nextrust"), file: undefined });

    expect(found.problems).toEqual([expect.stringContaining("larger than 512 KB")]);
  });
});
