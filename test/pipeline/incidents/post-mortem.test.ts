import { afterEach, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { acknowledge } from "../../../src/pipeline/incidents/act.ts";
import { describePostMortem, postMortemTitle } from "../../../src/pipeline/incidents/describe-post-mortem.ts";
import { recover, resolveByHand } from "../../../src/pipeline/incidents/green.ts";
import type { Incident, Transition } from "../../../src/pipeline/incidents/incident.ts";
import { actOnIncident } from "../../../src/pipeline/incidents/on-incident.ts";
import { open } from "../../../src/pipeline/incidents/red.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import { done } from "../../../src/reply.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { ana, aPerson, aRed, aRun, hourMs, minuteMs, start } from "./builders.ts";
import { type Following, startFollowing } from "./following.ts";

let following: Following;
afterEach(() => following?.close());

const green = { conclusion: "success" } as const;
const nightly = { event: "schedule", workflow: "Nightly", workflowId: 9 };
const onMain = (number: number, changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: number, number, headSha: `${number}`.padStart(40, "a"), defaultBranch: "main", ...changes });
const broken = [{ name: "test", log: "error[E0308]: mismatched types\n" }];
const posts = () => following.messages().filter(({ address }) => address.surface === "github_post");
const wanted = { at: start, followed: { postMortem: true } };

describe("the Discussion about an incident that is over", () => {
  it("is put once, in the repository's category, named for what it was and how long", async () => {
    following = await startFollowing(wanted);

    await following.end(onMain(5), broken);
    await following.until(start + 80 * minuteMs);
    const before = posts();
    await following.end(onMain(6, green));
    await following.endAgain(onMain(6, green));
    await following.until(start + 5 * hourMs);

    expect(before).toEqual([]);
    const title = "i1: CI on main was red for 1 h 20 min (fixed)";
    expect(posts().map(({ address }) => address)).toEqual([{ surface: "github_post", repository: "acme/shop", category: "ci", title }]);
    expect(following.versions().get("post-mortem:1")).toBe(1);
  });

  it("is edited by the green run that comes after somebody had closed it", async () => {
    following = await startFollowing(wanted);
    const bodies: string[] = [];
    const note = () => bodies.push(...posts().map(({ key, answers }) => renderMarkdown(key, undefined, "/ci-", answers)));

    await following.end(onMain(5), broken);
    const { repository } = onMain(5);
    const close = (before: Incident, now: number) => ({ kind: "changed", change: resolveByHand(before, ana, now) }) as const;
    await actOnIncident({ number: 1, repository }, close, async () => done("closed"), following.services);
    note();
    await following.end(onMain(6, green));
    note();
    await following.end(onMain(7, green));
    note();

    const says = (body: string | undefined) => [body?.includes("No run has passed"), body?.includes("Green again")];
    expect(bodies.map(says)).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
    expect(following.versions().get("post-mortem:1")).toBe(2);
  });

  it.each([
    ["the settings do not ask for it", { followed: { postMortem: false } }, {}],
    ["nobody was told", { followed: { postMortem: true } }, nightly],
  ])("is not there where %s", async (_, options, changes) => {
    following = await startFollowing({ at: start, ...options });

    await following.end(onMain(5, changes), broken);
    await following.end(onMain(6, { ...changes, ...green }));
    await following.until(start + hourMs);

    expect(await following.records.transaction(({ incidents }) => incidents.open())).toEqual([]);
    expect(posts()).toEqual([]);
  });
});

describe("what it says", () => {
  const url = "https://github.test/acme/shop/actions/runs/1010";
  const red = aRed(10, {
    run: aRun(10, { url }),
    greenBefore: aRun(9),
    verdict: "yours",
    evidence: [{ text: "It passed at aaa1", url: "https://github.test/runs/9" }],
    firstError: "error: it broke",
    failedTests: ["adds_up"],
    concerned: [
      { name: "Ada of Slack", login: "ada", slackUser: "U0ADA0000", because: "author" },
      { name: "U0BEN0000", slackUser: "U0BEN0000", because: "on_call" },
    ],
  });
  const grace = { key: "pager:grace@acme.test", name: "grace@acme.test" };

  function told(...people: readonly (typeof ana)[]): string {
    let { after, transitions } = open(12, red, start, timings);
    const timeline: Transition[] = [...transitions];
    const step = (change: { readonly after: Incident; readonly transitions: readonly Transition[] }) => {
      ({ after, transitions } = change);
      timeline.push(...transitions);
    };
    for (const [index, person] of people.entries()) {
      const acted = acknowledge(after, person, true, start + (index + 1) * 12 * minuteMs, timings);
      if ("change" in acted) step(acted.change);
    }
    step(recover(after, "fixed", start + 80 * minuteMs, aRun(11)));
    return renderMarkdown("key", undefined, "/ci-", [{ reply: describePostMortem(after, timeline) }]);
  }

  it("is the facts, the first error, the commits, all that happened, and questions for people", () => {
    // The sentences are those of the thread.
    const body = told(ana, aPerson("ben")).replaceAll(/^(\| 2026-[^|]+\|) .*/gm, "$1 … |");

    expect(body).toMatchInlineSnapshot(`
      "✅ **i12, CI on main: fixed after 1 h 20 min**

      - Failed: test
      - Since: 2026-11-02 09:00 UTC
      - Until: 2026-11-02 10:20 UTC
      - How it ended: fixed
      - Red runs: 1
      - Owner at the end: ben
      - Time to acknowledge: 12 min
      - Cause: the change itself
      - Because: [It passed at aaa1](<https://github.test/runs/9>)
      - Failed tests: adds\\_up
      - Whom it may have concerned: ada, somebody

      The first error:

      \`\`\`text
      error: it broke
      \`\`\`

      | Commits | Run | Commit | When |
      | --- | --- | --- | --- |
      | Last green before | [Run #9](<https://github.test/runs/9>) | aaaaaaa | 2026-11-02 09:09 UTC |
      | Red | [Run #10](<https://github.test/acme/shop/actions/runs/1010>) | [aaaaaaa](<https://github.test/acme/shop/commit/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa10>) | 2026-11-02 09:10 UTC |
      | Green again | [Run #11](<https://github.test/runs/11>) | aaaaaaa | 2026-11-02 09:11 UTC |

      ⚪ **What happened when**

      | When | What |
      | --- | --- |
      | 2026-11-02 09:00 UTC | … |
      | 2026-11-02 09:12 UTC | … |
      | 2026-11-02 09:24 UTC | … |
      | 2026-11-02 10:20 UTC | … |

      ⚪ **For people to answer, in a comment below: what is written here is edited when more is known.**

      - What happened: …
      - What helped: …
      - What do we change: …

      <!-- nextrust:reply key -->"
    `);
  });

  it("names people, and neither mentions them nor tells their ids in Slack or their addresses", () => {
    const octocat = { ...aPerson("U0OCTO000"), account: { id: 1, login: "octocat" } };
    const body = told(octocat, aPerson("U0EVE0000"), grace);

    expect(body).toContain("octocat has i12");
    expect(body).toContain("somebody took i12 over from octocat");
    expect(body).toContain("grace took i12 over from somebody");
    expect(body).toContain("Whom it may have concerned: ada, somebody");
    expect(body).not.toMatch(/U0[A-Z]{3}|slack:|acme\.test|@[a-z]/);
  });

  it("says so when nobody acknowledged it", () => {
    expect(told()).toContain("Time to acknowledge: nobody acknowledged it");
  });

  it("keeps either end of a long timeline, and the questions below it", () => {
    const { after } = open(12, red, start, timings);
    const happened = Array.from({ length: 1_000 }, (_, index): Transition => {
      const at = start + index * hourMs;
      return { incident: 12, ordinal: index + 1, kind: "reminded", reason: "still_broken", at };
    });

    const body = renderMarkdown("key", undefined, "/ci-", [{ reply: describePostMortem(after, happened) }]);

    expect(body).toContain("800 more happened between the first 100 and the last");
    expect(body).toContain("What do we change");
    expect(body.length).toBeLessThan(65_536);
  });

  it("has a title that GitHub takes, whatever the branch is called", () => {
    const { after } = open(12, aRed(10, { subject: { ...subject, workflow: "w".repeat(300), branch: "b".repeat(300) } }), start, timings);

    expect(postMortemTitle(recover(after, "flake", start + minuteMs).after)).toMatch(/^i12: w.+ was red for 1 min \(a flake\)$/);
    expect(postMortemTitle(after).length).toBeLessThanOrEqual(256);
  });

  const subject = { kind: "pipeline", repository: "acme/shop", workflowId: 1, workflow: "CI", branch: "main", trigger: "branch" } as const;
});
