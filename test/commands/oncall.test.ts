import { describe, expect, it } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { oncall } from "../../src/commands/oncall.ts";
import type { Duty } from "../../src/pipeline/on-call/on-call.ts";
import { cellWords } from "../../src/reply.ts";

const until = Date.parse("2026-03-30T07:00:00Z");
const duties: Record<string, Duty> = {
  primary: { schedule: "primary", now: { people: ["UANA"], until }, next: { people: ["UBO", "UANA"] }, isEmpty: false },
  gap: { schedule: "gap", now: { people: ["UANA"], until }, next: { people: ["UBO"], isEmpty: true }, isEmpty: false },
  empty: { schedule: "empty", now: { people: ["UBO"] }, isEmpty: true, unknown: ["Ana Souza", "<!channel>"] },
  unread: { schedule: "unread", now: { people: ["UBO"] }, isEmpty: true, isUnread: true },
  old: { schedule: "old", now: { people: ["UANA", "UBO"] }, isEmpty: false, staleSince: until },
};

async function ask(name?: string, { repository = "acme/other", schedules = Object.keys(duties) } = {}): Promise<string[]> {
  const context = { target: { repository, isHome: true } } as Context;
  const names: Record<string, string> = { UANA: "ana", UBO: "bo" };
  const services = {
    onCall: { schedules, at: async (schedule: string) => duties[schedule] },
    followed: [{ repository: "acme/Shop", onCall: "primary" }],
    workspace: { member: async (id: string) => ({ name: names[id] }) },
    now: () => 0,
  } as unknown as Parameters<typeof oncall.run>[2];
  const { parts } = await oncall.run({ name, target: undefined }, context, services);
  return parts.flatMap((part) => {
    if (part.kind === "text") return [`${part.text}${part.mood === undefined ? "" : ` (${part.mood})`}`];
    return part.kind === "facts" ? part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`) : [];
  });
}

describe("oncall", () => {
  it.each([
    ["primary", ["primary: ana is on call (good)", "Until: 2026-03-30 07:00 UTC", "Then: bo, ana"]],
    ["gap", ["gap: ana is on call (good)", "Until: 2026-03-30 07:00 UTC", "Then: nobody: bo stands in"]],
    ["unread", ["unread: it cannot be read, so nobody knows who is on call: bo stands in (bad)"]],
    [
      "old",
      ["old: ana, bo are on call (good)", "Read last: 2026-03-30 07:00 UTC", "Its source is away, so this is what it said last. (idle)"],
    ],
    [
      "EMPTY",
      ["empty: nobody is on call: bo stands in (bad)", "It names somebody whom the settings do not know: Ana Souza, <!channel>. (idle)"],
    ],
  ])("says of %s how it stands", async (name, lines) => {
    expect(await ask(name)).toEqual(lines);
  });

  it("speaks of the repository's own schedule, else of all", async () => {
    expect((await ask(undefined, { repository: "ACME/shop" })).filter((line) => / on call /.test(line))).toHaveLength(1);
    expect((await ask()).filter((line) => / on call/.test(line))).toHaveLength(5);
  });

  it("offers the nearest names for one that is not there", async () => {
    await expect(ask("primry")).rejects.toMatchObject({
      reason: "unknown_schedule",
      message: "There is no on-call schedule “primry”. Did you mean primary?",
    });
    await expect(ask("zzz")).rejects.toThrow("There is primary, gap, empty, unread, old.");
  });

  it("is offered only where a schedule is configured, and says elsewhere how to add one", async () => {
    const withSchedules = (schedules: readonly string[]) => ({ onCall: { schedules } }) as unknown as Parameters<typeof oncall.run>[2];

    expect(oncall.isOffered?.(undefined, withSchedules([]))).toBe(false);
    expect(oncall.isOffered?.(undefined, withSchedules(["primary"]))).toBe(true);
    await expect(ask(undefined, { schedules: [] })).rejects.toMatchObject({ reason: "no_schedule" });
  });
});
