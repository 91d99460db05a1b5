import { describe, expect, it } from "vitest";
import { packagedIssues } from "../../../src/config/read-known-issues.ts";
import { entryInJson } from "../../../src/pipeline/known-issues/entry.ts";
import { proposeKnownIssue, toProposal } from "../../../src/pipeline/known-issues/propose.ts";
import { excerptOf } from "../../../src/pipeline/logs/excerpt.ts";
import { aLog } from "../logs/log.ts";

const issues = packagedIssues();
const at = Date.UTC(2026, 10, 1);

async function propose(log: string, taken: readonly string[] = []) {
  const all = [...issues.all, ...taken.map((id) => ({ ...issues.all[0], id }) as (typeof issues.all)[number])];
  const excerpt = await excerptOf(aLog(log), { secrets: [], lookFor: { issues: issues.all, job: "build" } });
  return toProposal({ excerpt, about: "CI / build on #12 @ab12cd3", jobUrl: "https://github.com/o/r/runs/1", at }, { ...issues, all });
}

describe("a proposed known issue", () => {
  it("is an entry for the first error, dated, with the job's page", async () => {
    const { entry, line } = await propose("start\nld: 12 errors: cannot find -lboot in /opt/m68k/lib\nlinker error: exit 1\n");

    expect(issues.fits(entry.error_pattern, line)).toBe(true);
    expect(entry).toMatchObject({
      phase: null,
      cpu_variants: [],
      context_patterns: [],
      description: "Say what it is, and what helps. First seen as CI / build on #12 @ab12cd3.",
      metadata: { first_seen: "2026-11-01", occurrences: 0, references: ["https://github.com/o/r/runs/1"] },
    });
    expect(issues.mistakesIn(JSON.parse(entryInJson(entry)))).toEqual([]);
  });

  it("is called by the line's words, as nothing else is", async () => {
    const log = "error: cannot find 12 linkers in deadbeef1\n";

    expect((await propose(log)).entry.id).toBe("error-cannot-find-linkers-in");
    expect((await propose(log, ["error-cannot-find-linkers-in", "error-cannot-find-linkers-in-2"])).entry.id).toBe(
      "error-cannot-find-linkers-in-3",
    );
  });

  it("is refused for what is known", async () => {
    await expect(propose("boot: SIGILL\n")).rejects.toMatchObject({ reason: "already_known" });
  });

  it.each(["fine\n", "error: 12\n"])("is refused where the log %j says too little", async (log) => {
    await expect(propose(log)).rejects.toMatchObject({ reason: "nothing_to_propose" });
  });

  it("is offered by a button, pinned to the commit", () => {
    const head = { surface: "slack", repository: "o/r", pullRequest: 12, headSha: "ab12cd3".padEnd(40, "0") } as const;

    expect(proposeKnownIssue("build (m68030)", head)).toEqual({
      label: "Propose known issue",
      command: 'known-issue propose "build (m68030)" o/r#12 sha=ab12cd3',
    });
  });
});

describe("an entry in JSON", () => {
  it("hides nothing: what is not seen stands there by its number", async () => {
    const { entry } = await propose("error: cannot find the linker\n");
    const hostile = { ...entry, description: "a\u202eb\u200bc\u{e0041}\n/ci-cancel ü" };

    const json = entryInJson(hostile);

    expect(JSON.parse(json)).toEqual(hostile);
    expect(json).toContain(String.raw`"a\u202eb\u200bc\udb40\udc41\n/ci-cancel ü"`);
  });
});
