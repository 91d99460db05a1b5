import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./actions/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const red = { build: "failure" } as const;
const fromGitHub = { issue: "sigill-cpu-variant", repository, runId: 7, attempt: 1 };
const ours = async (pull: number) => (await stage.github.comments(pull)).filter(({ author }) => author === stage.github.bot.login);

async function openPull(log: string): Promise<number> {
  const pull = await stage.openPull(red);
  await stage.github.setLog(pull, "build", log);
  return pull;
}

describe("/ci known-issue", () => {
  it("lists every issue with how often it came and whether its fix helped", async () => {
    await stage.state.records.transaction(async ({ knownIssues }) => {
      const { issue, runId, attempt } = fromGitHub;
      const fix = { ...fromGitHub, headSha: "a".repeat(40), job: "build", type: "retry", at: 1 } as const;
      await knownIssues.seen(issue, repository, runId, attempt, Date.UTC(2026, 10, 1, 9));
      await knownIssues.begin(fix);
      await knownIssues.end(fix, true, 2);
    });

    const { outcome, shown } = await stage.aside("ravi", `known-issue list ${repository}@`);

    expect(outcome).toBe("done");
    for (const words of ["3 known issues", "atomic-spinlock-m68k", "helped 1 of 1 times", /1, last .*2026/]) expect(shown).toMatch(words);
  });

  it("says which issue fits a job's log now, by which line, and what helps", async () => {
    const pull = await openPull("start\nboot: SIGILL with token=hunter2-hunter2\n");

    const { reason, shown, buttons } = await stage.aside("ravi", `known-issue test build ${repository}#${pull}`);

    expect(reason).toBe("known_issue");
    expect(shown).toMatch(/CI \/ build on #\d+ @[0-9a-f]{7} is known: sigill-cpu-variant/);
    for (const words of ["boot: SIGILL with token=***", "70 %", "target-cpu"]) expect(shown).toContain(words);
    expect(buttons.filter((value) => value.includes("propose"))).toEqual([]);
  });

  it("offers to propose what none fits, writes it on the pull request once, and says where", async () => {
    const pull = await openPull("start\n/work/x/main.c:12:4: error: 'foo' undeclared, token=hunter2-hunter2\n");
    const { reason, buttons } = await stage.aside("ada", `known-issue test build ${repository}#${pull}`);
    const propose = buttons.find((value) => value.startsWith("known-issue propose")) ?? "";

    const first = await stage.aside("ada", propose);
    const body = await stage.commented(pull, "```json");
    const second = await stage.aside("ada", `${propose} `.trimEnd());
    await stage.quiet();

    expect([reason, first.reason, second.reason]).toEqual(["unknown_issue", "proposed", "proposed"]);
    expect(first.shown).toContain(`is proposed as a known issue, in a comment on ${repository}#${pull}.`);
    const [, json = "{}"] = /^```json\n([\s\S]+?)\n```$/m.exec(body) ?? [];
    expect(JSON.parse(json)).toMatchObject({ phase: null, error_pattern: expect.stringContaining("error: 'foo' undeclared, token=.+") });
    expect(body).not.toContain("hunter2");
    expect(await ours(pull)).toHaveLength(1);
  });

  it("answers a comment on the pull request with the entry itself", async () => {
    const pull = await openPull("make: *** no rule to make target 'boot'\nerror: cannot find the linker @grace\n");

    await stage.github.comment("ada", pull, "/ci-known-issue propose build");
    const body = await stage.commented(pull, "```json");

    expect(body).toContain("A known issue is proposed for CI / build");
    expect(await ours(pull)).toHaveLength(1);
  });

  it.each([
    ["ravi", "write", "boot: cannot find the linker\nerror: no linker here\n", "role_too_low", "you need the role write"],
    ["ada", "an unknown failure", "boot: SIGILL\n", "already_known", "is known already: it is sigill-cpu-variant"],
    ["ada", "an error to tell it by", "all is quiet\n", "nothing_to_propose", "I recognise no error in its log"],
  ] as const)("proposes nothing for %s without %s", async (as, _, log, reason, words) => {
    const pull = await openPull(log);

    const answer = await stage.aside(as, `known-issue propose build ${repository}#${pull}`);

    expect(answer).toMatchObject({ reason, shown: expect.stringContaining(words) });
    await stage.quiet();
    expect(await ours(pull)).toEqual([]);
  });

  it("answers a new issue with the entry to commit, or with what is wrong with it", async () => {
    const good = await stage.aside(
      "ravi",
      `known-issue add ${repository}@ id=disk-full pattern="No space left" description="It is full." fix=retry confidence=0.9`,
    );
    const bad = await stage.aside("ravi", `known-issue add ${repository}@ id=sigill-cpu-variant pattern="(a" description=x`);

    expect(good).toMatchObject({ outcome: "done", reason: "entry", shown: expect.stringContaining('"error_pattern": "No space left"') });
    expect(bad).toMatchObject({ outcome: "invalid", reason: "bad_entry" });
    expect(bad.shown).toContain("is the id of another issue already");
    expect(bad.shown).toContain("missing closing )");
  });
});
