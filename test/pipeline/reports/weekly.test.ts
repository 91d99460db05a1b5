import { afterEach, describe, expect, it } from "vitest";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { ServiceError, UserError } from "../../../src/errors.ts";
import type { OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import { cellWords, type Part } from "../../../src/reply.ts";
import { type Reporting, type ReportingOptions, startReporting } from "./reporting.ts";

let reporting: Reporting;
afterEach(() => reporting?.close());

/** On a Friday. */
const start = async (options: Partial<ReportingOptions> = {}) => {
  reporting = await startReporting({ at: "2026-11-20T12:00:00Z", ...options });
};
const inSlack = "weekly-report:C1:2026-11-16";
const inDiscussion = "weekly-report:discussion:2026-11-16";
const keys = () => reporting.messages().map(({ key }) => key);
const messageOf = (key: string): OutgoingMessage | undefined => reporting.messages().find((one) => one.key === key);
const linesOf = (part: Part): readonly string[] => {
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`);
  return part.kind === "text" ? [part.text] : [];
};
const lines = (key = inSlack) => (messageOf(key)?.answers[0]?.reply.parts ?? []).flatMap(linesOf);

describe("the weekly report", () => {
  it("is told on Monday at nine, of the week that is over beside the one before", async () => {
    await start();
    await reporting.spend("2026-11-12T10:00:00Z", "30");
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");
    // Monday, half past midnight, in Berlin.
    await reporting.spend("2026-11-22T23:30:00Z", "1000");

    await reporting.until("2026-11-23T07:59:00Z");
    const early = keys();
    await reporting.until("2026-11-23T08:00:00Z");

    // That week's is told as well, late.
    expect(early).toEqual(["weekly-report:C1:2026-11-09"]);
    expect(keys()).toEqual([...early, inSlack]);
    expect(messageOf(inSlack)?.address).toEqual({ surface: "slack_post", to: { channel: "C1" } });
    expect(lines()[0]).toBe("AI usage 16–22 November 2026: $41.20, $11.20 more (+37.3 %) than before");
  });

  it("is one message a week, whatever sweeps and works twice", async () => {
    await start({ isTwice: true });
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");
    await reporting.spend("2026-11-25T10:00:00Z", "10");

    await reporting.until("2026-12-02T12:00:00Z");

    expect(keys()).toEqual([inSlack, "weekly-report:C1:2026-11-23"]);
    expect([...keys()].map(reporting.versions)).toEqual([1, 1]);
  });

  it("says nothing of a week without usage, and nothing at all where nobody asked for it", async () => {
    await start();
    await reporting.spend("2026-11-04T10:00:00Z", "5");
    await reporting.until("2026-11-24T12:00:00Z");
    expect(keys()).not.toContain(inSlack);
    await reporting.close();

    await start({ reports: { channel: undefined } });
    await reporting.spend("2026-11-18T10:00:00Z", "5");
    await reporting.until("2026-11-24T12:00:00Z");
    expect(keys()).toEqual([]);
  });

  it("is amended, once a day and for two weeks, by usage that comes late, and says so", async () => {
    await start();
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");
    await reporting.until("2026-11-23T12:00:00Z");

    await reporting.spend("2026-11-19T10:00:00Z", "0.80");
    await reporting.spend("2026-11-23T10:00:00Z", "7");
    await reporting.until("2026-11-24T07:00:00Z");
    const before = reporting.versions(inSlack);
    await reporting.until("2026-11-24T12:00:00Z");
    const after = lines();
    await reporting.until("2026-12-08T12:00:00Z");
    await reporting.spend("2026-11-19T11:00:00Z", "100");
    await reporting.until("2026-12-10T12:00:00Z");

    expect(before).toBe(1);
    expect(after.slice(0, 2)).toEqual(["AI usage 16–22 November 2026: $42.00", "Amended: usage came late; at first it was $41.20."]);
    expect(reporting.versions(inSlack)).toBe(2);
  });

  it("comes late from a bot that was away, but no week late", async () => {
    await start();
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");
    reporting.now = Date.parse("2026-11-26T15:00:00Z");
    await reporting.until("2026-11-26T15:00:00Z");
    expect(keys()).toEqual([inSlack]);
    await reporting.close();

    await start({ at: "2026-12-01T15:00:00Z" });
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");
    await reporting.until("2026-12-02T15:00:00Z");
    expect(keys()).toEqual([]);
  });

  it("waits for the end of the channel's quiet hours", async () => {
    await start({ quietHours: [{ from: "18:00", to: "10:30", zone: "Europe/Berlin" }] });
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");

    await reporting.until("2026-11-23T09:29:00Z");
    const during = keys();
    await reporting.until("2026-11-23T09:30:00Z");

    expect(during).toEqual([]);
    expect(keys()).toEqual([inSlack]);
  });

  it("asks GitHub once how pull requests ended, and counts what they cost before as well", async () => {
    await start();
    await reporting.spend("2026-11-02T10:00:00Z", "4", { pullRequest: 1 });
    await reporting.spend("2026-11-18T10:00:00Z", "6", { pullRequest: 1 });
    await reporting.spend("2026-11-18T10:00:00Z", "3", { pullRequest: 2 });
    await reporting.spend("2026-11-18T10:00:00Z", "2", { pullRequest: 3 });
    await reporting.spend("2026-11-18T10:00:00Z", "1", { pullRequest: 4 });
    const at = Date.parse("2026-11-19T10:00:00Z");
    reporting.github.ends.set(1, { how: "merged", at });
    reporting.github.ends.set(2, { how: "closed", at });
    reporting.github.ends.set(3, { how: "merged", at: Date.parse("2026-11-23T00:00:00Z") });
    reporting.github.ends.set(4, { how: "open" });

    await reporting.until("2026-11-25T12:00:00Z");

    expect(reporting.asked).toEqual(["acme/shop#1,2,3,4"]);
    expect(lines()).toEqual(
      expect.arrayContaining(["Per merged pull request: $10.00 ($10.00 in all, 1 merged)", "Pull requests closed unmerged: $3.00 on 1"]),
    );
  });

  it("says what runners cost in the week", async () => {
    await start();
    await reporting.spend("2026-11-18T10:00:00Z", "6");
    const job = {
      repository: "acme/shop",
      runId: 1,
      attempt: 1,
      name: "test",
      workflow: "CI",
      headSha: "a".repeat(40),
      conclusion: "success",
    };
    const priced = { basis: "priced", label: "ubuntu-24.04", billedMs: 60_000 } as const;
    for (const [jobId, day] of ["2026-11-18", "2026-11-23"].entries()) {
      const endedAt = Date.parse(`${day}T10:00:00Z`);
      await reporting.records.transaction(({ runnerMinutes }) =>
        runnerMinutes.record({
          ...job,
          ...priced,
          jobId,
          startedAt: endedAt - 60_000,
          endedAt,
          costPico: BigInt(jobId + 1) * 3n * 10n ** 12n,
        }),
      );
    }

    await reporting.until("2026-11-23T12:00:00Z");

    expect(lines()).toContain("Runner minutes, besides: $3.00");
  });

  it("is tried again while GitHub is away, then told without its words, and completed the day after", async () => {
    await start();
    await reporting.spend("2026-11-18T10:00:00Z", "6", { pullRequest: 1 });
    reporting.github.fails = new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true });

    await reporting.until("2026-11-23T10:00:00Z");
    const tried = [...keys()];
    await reporting.until("2026-11-23T12:00:00Z");
    const incomplete = lines();
    delete reporting.github.fails;
    reporting.github.ends.set(1, { how: "merged", at: Date.parse("2026-11-19T10:00:00Z") });
    await reporting.until("2026-11-24T12:00:00Z");

    expect(tried).toEqual([]);
    expect(incomplete).toContain("Per merged pull request: unknown: GitHub did not say how they ended");
    expect(lines()).toContain("Per merged pull request: $6.00 ($6.00 in all, 1 merged)");
  });

  it("does not wait for a repository that we may not see", async () => {
    await start();
    await reporting.spend("2026-11-18T10:00:00Z", "6", { pullRequest: 1 });
    reporting.github.fails = new UserError("refused", "not_installed", "The GitHub App is not installed on acme/shop.");

    await reporting.until("2026-11-23T08:00:00Z");

    expect(lines()).toContain("Per merged pull request: unknown: GitHub did not say how they ended");
  });

  it.each([
    ["a private repository", true, [], [inDiscussion, inSlack]],
    ["a public repository", false, [], [inSlack]],
    ["a public repository that the settings name", false, ["ACME/shop"], [inDiscussion, inSlack]],
  ])("is a Discussion, too: of %s", async (_, isPrivate, internalsOn, expected) => {
    await start({ reports: { discussions: "Acme/Shop" }, internalsOn });
    reporting.github.isPrivate = isPrivate;
    await reporting.spend("2026-11-18T10:00:00Z", "41.20");

    await reporting.until("2026-11-23T08:00:00Z");

    expect(keys()).toEqual(expected);
    if (expected.length === 1)
      expect(lines()).toContain("It is no Discussion of acme/shop, which everybody can read; allow.internalsOn would let it be.");
    else
      expect(messageOf(inDiscussion)?.address).toEqual({
        ...{ surface: "github_post", repository: "acme/shop", category: "reports" },
        title: "AI usage, 16–22 November 2026",
      });
  });

  it("is drawn in Slack and on GitHub, and names from others are inert there", async () => {
    await start({ reports: { discussions: "acme/shop" } });
    for (const [index, day] of ["17", "18", "19"].entries())
      await reporting.spend(`2026-11-${day}T10:00:00Z`, `${index + 1}`, { model: `m${index}`, actor: "@everyone", phase: "/ci-freeze" });
    await reporting.spend("2026-11-10T10:00:00Z", "1", { actor: "ada" });

    await reporting.until("2026-11-23T08:00:00Z");

    const slack = renderBlockKit(messageOf(inSlack)?.answers ?? []);
    const markdown = renderMarkdown(inDiscussion, undefined, "ci", messageOf(inDiscussion)?.answers ?? []);
    expect(slack.blocks.map(({ type }) => type)).toContain("data_visualization");
    expect(slack.text).toContain("$6.00, $5.00 more");
    expect(markdown).toContain("```mermaid");
    expect(markdown).not.toMatch(/@everyone|^\s*\/ci-freeze/m);
  });
});
