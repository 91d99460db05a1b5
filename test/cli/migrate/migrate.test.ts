import { createHash } from "node:crypto";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { carryOut } from "../../../src/cli/migrate/carry-out.ts";
import { renderReport } from "../../../src/cli/migrate/report.ts";
import { stepsIn } from "../../../src/cli/migrate/steps-in.ts";
import { readAudit } from "../../../src/state/embedded/read-audit.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { aCheckout, type Checkout } from "../../hooks/a-checkout.ts";
import { now, olderPipeline } from "./an-older-pipeline.ts";

const firstCommit = "0123456789abcdef0123456789abcdef01234567";

describe("nextrust migrate", () => {
  it("shows first what it would do, and writes nothing", async () => {
    using checkout = anOlderCheckout();

    const report = await migrated(checkout, false);

    expect(report).toMatchInlineSnapshot(`
      "What                  From                                          Found  New  Into
      usage                 docs/ci-status/metrics, docs/ci-status/usage  2      2    the ledger: nextrust usage-report
      prompts               docs/ci-status/metrics                        1      1    the journal of the hooks: nextrust status
      phases                docs/ci-status/pipeline-log.json              3      3    the status log: nextrust get-phase
      activities            docs/ci-status/pipeline-log.json              1      1    the status log: nextrust status
      known issues          docs/ci-status/known-issues.json              1      1    config/known-issues.json
      backoff of commits    .claude/backoff                               1      1    the journal of the hooks: nextrust status
      failures              .claude/failure-tracking/failures.json        2      1    the journal of the hooks: nextrust status
      commands in comments  docs/ci-status/command-log.json               2      2    the audit: nextrust audit

      docs/ci-status/metrics, docs/ci-status/usage: 1 session was never captured: what they cost is not known.

      docs/ci-status/metrics: prompt-audit-202511.jsonl:2: it holds no estimated_tokens.

      docs/ci-status/pipeline-log.json: activities, entry 2: its time cannot be read.

      docs/ci-status/known-issues.json: entry 2: id is not a lower-case word such as sigill-cpu-variant, of at most 60 letters, digits and hyphens.

      .claude/failure-tracking/failures.json: 1 is older than 30 days, which is when failures are forgotten.

      Nothing is written yet. To do it: nextrust migrate --apply. The files stay as they are.
      "
    `);
    expect(existsSync(join(checkout.path, ".nextrust"))).toBe(false);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("brings everything over, and leaves the files as they were", async () => {
    using checkout = anOlderCheckout();
    const before = fingerprints(checkout);

    await migrated(checkout, true);

    const journal = openJournal(join(checkout.path, ".nextrust", "hooks.db"));
    expect(journal.phases.current()).toMatchObject({ id: "phase-3" });
    expect(journal.phases.history(10).map(({ id }) => id)).toEqual(["phase-3", "phase-2", "phase-1"]);
    expect(journal.statusLog.latest(10)).toMatchObject([{ text: "LLVM is built", at: Date.parse("2025-11-18T16:00:00Z") }]);
    expect(journal.prompts.newest(10)).toMatchObject([{ session: "a1", characters: 9, estimatedTokens: 4, used: { addedTokens: 5 } }]);
    expect(journal.failures.newest(10)).toMatchObject([
      { command: "cargo build", failures: 4, errors: expect.arrayContaining(["linker failed"]) },
    ]);
    expect(journal.backoff.newest(10)).toMatchObject([{ commit: firstCommit, times: 3 }]);
    journal.close();
    expect(readFileSync(join(checkout.path, "config/known-issues.json"), "utf8")).toContain('"id": "llvm-out-of-memory"');
    expect(fingerprints(checkout)).toEqual(before);
  });

  it("puts commands below those that the bot has heard itself, for no account", async () => {
    using checkout = anOlderCheckout();

    await migrated(checkout, true);

    const audit = await readAudit(join(checkout.path, ".nextrust", "nextrust.db"));
    const { rows } = await audit.search({}, { limit: 10 });
    audit.close();
    expect(rows).toMatchObject([
      { id: -1, actor: "reference:bo", command: "clear-cache", outcome: "refused", pullRequest: 12, repository: "acme/shop" },
      { id: -2, actor: "reference:ada", command: "retry-job", text: "retry-job test-rust", outcome: "done" },
    ]);
  });

  it("may be done again: what is here stays, and only what is new comes", async () => {
    using checkout = anOlderCheckout();
    await migrated(checkout, true);
    const log = JSON.parse(olderPipeline["docs/ci-status/command-log.json"] ?? "");
    log.commands.push({ timestamp: "2025-11-19T10:00:00Z", user: "ada", command: "/ci-status", status: "success" });
    checkout.write("docs/ci-status/command-log.json", JSON.stringify(log));
    // A clone, or git, writes files anew.
    utimesSync(join(checkout.path, "docs/ci-status/pipeline-log.json"), now / 1000, now / 1000);

    const { steps, close } = await stepsIn(checkout.path, {}, true, now);
    const fresh = steps.filter((step) => step.fresh > 0).map(({ what, fresh }) => ({ what, fresh }));
    await carryOut(steps);
    close();

    expect(fresh).toEqual([{ what: "commands in comments", fresh: 1 }]);
    expect(await migrated(checkout, false)).toContain("What can be brought over is here already.");
  });

  it("says of each file that it cannot read what is wrong, and brings over the others", async () => {
    using checkout = anOlderCheckout();
    checkout.write("docs/ci-status/pipeline-log.json", "{");
    checkout.write("docs/ci-status/command-log.json", '"text"');
    checkout.write(".claude/failure-tracking/failures.json", "[1, null, {}]");
    checkout.write(".claude/backoff/notes", "3");

    const report = await migrated(checkout, true);

    expect(report).toContain("docs/ci-status/pipeline-log.json: it is no JSON.");
    expect(report).toContain("docs/ci-status/command-log.json: it holds no list of commands.");
    expect(report).toContain(".claude/failure-tracking/failures.json: entry 1: it is no object.");
    expect(report).toContain(".claude/backoff: notes: its name is no commit.");
    expect(report).toMatch(/usage .* 2 +2/);
  });

  it("takes the time of the current phase, and what activities say, from the longer form", async () => {
    using checkout = anOlderCheckout();
    checkout.write(
      "docs/ci-status/pipeline-log.json",
      JSON.stringify({
        current_phase: { id: "phase-2", name: "LLVM Backend Modifications", status: "in_progress", started_at: "2025-10-10T08:00:00Z" },
        phase_history: [],
        activities: [{ timestamp: "2025-10-11T08:00:00Z", type: "build", details: { message: "passed: cargo build" } }],
      }),
    );

    await migrated(checkout, true);

    const journal = openJournal(join(checkout.path, ".nextrust", "hooks.db"));
    expect(journal.phases.current()).toMatchObject({ id: "phase-2", at: Date.parse("2025-10-10T08:00:00Z") });
    expect(journal.statusLog.latest(10)).toMatchObject([{ text: "passed: cargo build" }]);
    journal.close();
  });

  it("does not say that all is here where nothing could be read", async () => {
    using checkout = aCheckout({ "docs/ci-status/metrics/prompt-audit-202511.jsonl": "\nno JSON\n" });

    const report = await migrated(checkout, false);

    expect(report).toContain("docs/ci-status/metrics: prompt-audit-202511.jsonl:2: it is no JSON object.");
    expect(report).toContain("Nothing in these files can be brought over.");
  });

  it("has nothing to do where there was no older pipeline", async () => {
    using checkout = aCheckout();

    expect(await migrated(checkout, false)).toMatch(/^There is nothing to bring over here/);
  });
});

function anOlderCheckout(): Checkout {
  const checkout = aCheckout(olderPipeline);
  checkout.git("remote", "add", "origin", "https://github.com/acme/shop.git");
  return checkout;
}

async function migrated(checkout: Checkout, isApplied: boolean): Promise<string> {
  const { steps, close } = await stepsIn(checkout.path, {}, isApplied, now);
  const carried = isApplied ? await carryOut(steps) : steps.map((step) => ({ step }));
  close();
  return renderReport(carried, isApplied);
}

const fingerprints = ({ path }: Checkout) =>
  Object.keys(olderPipeline).map((file) =>
    createHash("sha256")
      .update(readFileSync(join(path, file)))
      .digest("hex"),
  );
