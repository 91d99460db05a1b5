import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { acknowledge, unacknowledge } from "../../../src/pipeline/incidents/act.ts";
import { keep } from "../../../src/pipeline/incidents/keep.ts";
import { toDequeued } from "../../../src/pipeline/incidents/pulls/on-dequeued.ts";
import { partsOfPull } from "../../../src/pipeline/incidents/pulls/parts-of-pull.ts";
import { heardRun, newPull, type PullRun, toPullRun } from "../../../src/pipeline/incidents/pulls/pull-failures.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import { cellWords, type Part, type Reply } from "../../../src/reply.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { ana, hourMs, minuteMs, start } from "./builders.ts";
import { type Following, type FollowingOptions, inChannel, startFollowing } from "./following.ts";

let following: Following;
afterEach(() => following.close());

const begin = async (options: Partial<FollowingOptions> = {}) => {
  following = await startFollowing({ at: start, authors: { 12: "UADA" }, ...options });
};

const sha = (letter: string) => letter.repeat(40);
const green = { conclusion: "success" } as const;
const ofPull = (changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: 100, number: 100, event: "pull_request", branch: "topic", pullRequest: 12, headSha: sha("a"), ...changes });
const inQueue = (changes: Partial<FinishedRun> = {}) =>
  ofPull({ runId: 200, number: 200, event: "merge_group", branch: "main", headSha: sha("e"), ...changes });
const onMain = (number: number, changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: number, number, headSha: `${number}`.padStart(40, "f"), ...changes });
const broken = (log = "error: cannot find function `price_of` in the crate `shop`\n", name = "test") => [{ name, log }];
const unreachable = "error: could not fetch crate serde, registry answered 503\n";

const wordsOf = (part: Part): string => {
  if (part.kind === "text" || part.kind === "excerpt") return part.text;
  if (part.kind === "facts") return part.facts.map(({ label, value }) => `${label}: ${cellWords(value)}`).join("; ");
  return part.kind === "table" ? part.rows.map(({ cells }) => cells.map(cellWords).join(" ")).join("\n") : "";
};
const said = (reply: Reply | undefined): string => (reply?.parts ?? []).map(wordsOf).join("\n");
const commentsOf = (number: number) => following.messages().filter(({ lane }) => lane === `sticky:acme/shop#${number}`);
const comment = (number = 12) => said(commentsOf(number)[0]?.answers[0]?.reply);
const headline = (number = 12) => comment(number).split("\n")[0];
const toldTo = (person: string) =>
  following.messages().flatMap(({ lane, answers }) => (lane === `person:${person}` ? [said(answers[0]?.reply)] : []));
const dequeue = (delivery: string, reason?: string) =>
  following.add(
    toDequeued(
      delivery,
      {
        repository: "acme/shop",
        isPrivate: false,
        number: 12,
        headSha: sha("a"),
        url: "https://github.example/acme/shop/pull/12",
        ...(reason && { reason }),
      },
      following.now,
    ),
  );

const act = (what: typeof acknowledge | typeof unacknowledge, incident = 1) =>
  following.records.transaction(async (tx) => {
    const before = await tx.incidents.find(incident);
    if (!before) throw new Error("no such incident");
    const now = following.now;
    const acted = what === acknowledge ? acknowledge(before, ana, false, now, timings) : unacknowledge(before, ana, now, timings);
    if (acted.kind === "changed") await keep(tx, before, acted.change, following.services);
  });

describe("a pull request that fails", () => {
  it("gets one comment, its author one private message, and the channel nothing", async () => {
    await begin();

    await following.end(ofPull(), broken());
    await following.endAgain(ofPull());
    await following.until(start + hourMs);

    expect(commentsOf(12)).toHaveLength(1);
    expect(commentsOf(12)[0]?.address).toMatchObject({ surface: "github", subjectId: "PR_12" });
    expect([...following.versions().values()]).toEqual([1, 1]);
    expect(comment()).toMatchInlineSnapshot(`
      "CI at aaaaaaa failed
      I cannot tell whose it is
      I know of no earlier run of test on main
      Run: #100
      test
      error: cannot find function \`price_of\` in the crate \`shop\`"
    `);
    expect(commentsOf(12)[0]?.answers[0]?.reply.actions?.map(({ command }) => command)).toEqual([
      "retry-job --failed sha=aaaaaaa",
      "known-issue propose test sha=aaaaaaa",
      "status",
    ]);
    expect(toldTo("UADA")).toMatchInlineSnapshot(`
      [
        "I cannot tell whose it is · CI of #12 @aaaaaaa (acme/shop) failed: test
      error: cannot find function \`price_of\` in the crate \`shop\`",
      ]
    `);
    expect(inChannel(following.messages())).toEqual([]);
  });

  it("names each of its jobs that failed, and counts none twice", async () => {
    await begin();

    await following.end(
      ofPull(),
      ["a", "b", "c", "d", "e", "f", "g"].flatMap((name) => broken(undefined, name)),
    );

    const parts = commentsOf(12)[0]?.answers[0]?.reply.parts ?? [];
    const table = parts.find((part) => part.kind === "table" && part.columns[0] === "Failed job");
    expect(table).toMatchObject({ rows: { length: 7 } });
    expect(table).not.toHaveProperty("more");
  });

  it("that never failed gets none", async () => {
    await begin();

    await following.end(ofPull(green));

    expect(following.messages()).toEqual([]);
  });

  it("again in its second attempt is edited alone, and once more when it passes", async () => {
    await begin();

    await following.end(ofPull(), broken());
    await following.end(ofPull({ attempt: 2 }), broken("error: something else\n"));
    const second = comment();
    const inPrivate = toldTo("UADA");
    await following.end(ofPull({ attempt: 3, ...green }));

    expect(second).toContain("something else");
    expect(comment()).toBe("All green again at aaaaaaa");
    expect(commentsOf(12)).toHaveLength(1);
    expect(inPrivate).toEqual([expect.stringContaining("price_of")]);
    expect(toldTo("UADA")).toEqual(inPrivate);
  });

  it("at a new head is told anew, and says what failed before where that has not ended", async () => {
    await begin();
    const lint = { workflow: "Lint", workflowId: 4 };

    await following.end(ofPull(), broken());
    await following.end(ofPull({ runId: 102, headSha: sha("b"), ...lint, ...green }));
    const between = comment();
    await following.end(ofPull({ runId: 101, headSha: sha("b") }), broken());

    expect(between).toBe("Nothing has failed at bbbbbbb so far. Before, CI did.");
    expect(headline()).toBe("CI at bbbbbbb failed");
    expect(toldTo("UADA")).toHaveLength(2);
  });

  it("of two workflows shows both, and tells its author once", async () => {
    await begin();

    await following.end(ofPull(), broken());
    await following.end(ofPull({ runId: 101, workflow: "Lint", workflowId: 4 }), broken("error: unused import\n", "lint"));

    expect(comment()).toMatch(/^CI at aaaaaaa failed(?:.|\n)*\nLint at aaaaaaa failed/);
    expect(toldTo("UADA")).toHaveLength(1);
  });

  it("and was over before that was heard is told to nobody", async () => {
    await begin();

    await following.end(ofPull({ attempt: 2, ...green }));
    await following.end(ofPull(), broken());

    expect(following.messages()).toEqual([]);
  });

  it("of an author who is not linked is told on the pull request alone", async () => {
    await begin({ authors: {} });

    await following.end(ofPull(), broken());

    expect(following.messages()).toEqual(commentsOf(12));
    expect(commentsOf(12)).toHaveLength(1);
  });

  it("tells nobody in private who may not read the repository any more", async () => {
    await begin({ isShutOut: true });

    await following.end(ofPull({ isPrivate: true }), broken());

    expect(toldTo("UADA")).toEqual([]);
  });

  it("is not told twice to an author who watches it", async () => {
    await begin();
    await following.records.transaction(({ watches }) =>
      watches.put({ person: "UADA", repository: "acme/shop", number: 12, headSha: sha("a"), told: [] }),
    );

    await following.end(ofPull(), broken());

    expect(commentsOf(12)).toHaveLength(1);
    expect(toldTo("UADA")).toEqual([]);
  });

  it("waits for the end of the author's mute", async () => {
    await begin();
    await following.records.transaction(({ mutes }) => mutes.set("UADA", start + hourMs));

    await following.end(ofPull(), broken());

    expect(commentsOf(12)).toHaveLength(1);
    expect(toldTo("UADA")).toEqual([]);
    expect(await following.records.transaction(({ held }) => held.count("user:UADA"))).toBe(1);
  });

  it("at an earlier head, heard late, is remembered until that workflow has ended at the new one", async () => {
    await begin();
    const lint = { workflow: "Lint", workflowId: 4 };

    await following.end(ofPull({ runId: 110, headSha: sha("b") }), broken());
    await following.end(ofPull({ runId: 101, ...lint }), broken());
    await following.end(ofPull({ runId: 110, headSha: sha("b"), attempt: 2, ...green }));

    expect(comment()).toBe("Nothing has failed at bbbbbbb so far. Before, Lint did.");
    expect(toldTo("UADA")).toHaveLength(1);
  });

  it("from a fork is found by its head", async () => {
    await begin({ forks: { [sha("a")]: 12 } });
    const { pullRequest: _, ...fork } = ofPull({ headRepository: "eve/shop" });

    await following.end(fork, broken());
    await following.end({ ...fork, attempt: 2, ...green });

    expect(comment()).toBe("All green again at aaaaaaa");
    expect(toldTo("UADA")).toHaveLength(1);
  });
});

describe("a failure that is part of something greater", () => {
  it("is not the author's where main is broken, which they see being taken, given back and over", async () => {
    await begin();
    await following.end(onMain(5), broken());

    await following.end(ofPull(), broken());
    expect(headline()).toBe("Not you: CI at aaaaaaa is part of i1 (CI on main is red), which nobody has taken yet");
    expect(comment()).toContain("Owner: nobody yet; Since: 2026-11-02 09:00 UTC");
    expect(toldTo("UADA")[0]).toMatch(/^Not you: CI of #12 @aaaaaaa \(acme\/shop\) is part of i1/);
    expect(commentsOf(12)[0]?.answers[0]?.reply.actions?.map(({ command }) => command)).toEqual(["status"]);

    await act(acknowledge);
    await following.until(following.now);
    expect(headline()).toBe("Not you: CI at aaaaaaa is part of i1 (CI on main is red), which ana has");
    await act(unacknowledge);
    await following.until(following.now);
    expect(headline()).toContain("which nobody has taken yet");

    await following.end(onMain(6, green));
    await following.until(following.now + minuteMs);
    expect(headline()).toBe("Not you: CI at aaaaaaa is part of i1 (CI on main was red), which is over: fixed");
    expect(commentsOf(12)[0]?.answers[0]?.reply.actions?.[0]?.command).toBe("retry-job --failed sha=aaaaaaa");
    expect(toldTo("UADA")).toHaveLength(1);
  });

  it("leaves the author what failed in another way", async () => {
    await begin();
    await following.end(onMain(5), broken());

    await following.end(ofPull(), [...broken(), ...broken("error: my own fault\n", "lint")]);

    expect(headline()).toBe("CI at aaaaaaa failed");
    expect(comment()).toContain("Not you: test is part of i1 (CI on main is red)");
    expect(toldTo("UADA")[0]).not.toMatch(/^Not you/);
  });

  it("clears nobody by what the merge queue alone has", async () => {
    await begin();
    await following.end(inQueue(), broken());

    await following.end(ofPull({ runId: 300 }), broken());

    expect(comment()).not.toContain("Not you");
  });

  it("is told by status, without asking anybody", async () => {
    await begin();
    await following.end(onMain(5), broken());
    await following.end(ofPull(), broken());
    const subject = {
      kind: "pull_request",
      number: 12,
      title: "",
      url: "",
      state: "open",
      author: "ada",
      branch: "topic",
      isFork: false,
    } as const;
    const pipeline = { repository: "Acme/Shop", headSha: sha("a"), headUrl: "", subject, counts: {}, jobs: [] };
    const parts = (headSha: string) => following.records.transaction((tx) => partsOfPull(tx, { ...pipeline, headSha }));

    expect([...(await parts(sha("a")))]).toEqual([[1, true]]);
    expect([...(await parts(sha("b")))]).toEqual([]);
  });
});

describe("60 pull requests in one outage", () => {
  it("get a comment and a message each at most, which all become not you, show who took it, and that it is over", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    await begin({ authors: Object.fromEntries(numbers.map((number) => [number, `U${number}`])) });

    for (const pullRequest of numbers) {
      await following.until(start + pullRequest * 20_000);
      await following.end(
        ofPull({ pullRequest, runId: 1_000 + pullRequest, headSha: sha("a").replace(/.{4}$/, `${1_000 + pullRequest}`) }),
        broken(unreachable, "build"),
      );
    }
    await following.until(following.now + minuteMs);

    for (const number of numbers) {
      expect(commentsOf(number)).toHaveLength(1);
      expect(toldTo(`U${number}`)).toHaveLength(1);
      expect(headline(number)).toMatch(/^Not you: .* is part of i1 \(outage\), which nobody has taken yet$/);
    }
    expect(toldTo("U1")[0]).not.toMatch(/^Not you/);
    expect(toldTo("U60")[0]).toMatch(/^Not you/);
    const channel = inChannel(following.messages()).length;

    await act(acknowledge);
    await following.until(following.now);
    for (const number of numbers) expect(headline(number)).toMatch(/which ana has$/);

    await following.end(onMain(2_000, green));
    await following.until(following.now + minuteMs);
    for (const number of numbers) expect(headline(number)).toMatch(/which is over: fixed$/);
    const keys = following.messages().filter(({ lane }) => lane.startsWith("sticky:"));
    expect(keys).toHaveLength(60);
    expect(Math.max(...keys.map(({ key }) => following.versions().get(key) ?? 0))).toBeLessThanOrEqual(4);
    expect(inChannel(following.messages())).toHaveLength(channel);
  });
});

describe("a pull request in the merge queue", () => {
  it("shows what failed there, and tells its author why it was let go, once", async () => {
    await begin();

    await following.end(inQueue(), broken());
    await dequeue("d1", "CI_FAILURE");
    await dequeue("d1", "CI_FAILURE");
    await following.until(start + minuteMs);

    expect(commentsOf(12)).toHaveLength(1);
    expect(comment()).toMatch(/^Taken out of the merge queue: ci failure\nCI in the merge queue at eeeeeee failed/);
    expect(comment()).toContain("Incident: i1, which nobody has taken yet");
    expect(toldTo("UADA")).toHaveLength(1);
    expect(toldTo("UADA")[0]).toMatch(/^#12 @aaaaaaa \(acme\/shop\)\. Taken out of the merge queue: ci failure\n.*failed: test/);
  });

  it("is told the same when the failure is heard after that it was let go", async () => {
    await begin();

    await dequeue("d1", "CI_FAILURE");
    await following.end(inQueue(), broken());
    await following.until(start + minuteMs);

    expect(toldTo("UADA")).toHaveLength(1);
    expect(toldTo("UADA")[0]).toContain("failed: test");
  });

  it("says no more of it when it is back in the queue", async () => {
    await begin();
    await dequeue("d1", "MERGE_CONFLICT");
    await following.until(start + minuteMs);
    expect(comment()).toMatch(/^Taken out of the merge queue: merge conflict/);

    await dequeue("d2");

    expect(comment()).not.toContain("Taken out");
  });
});

describe("the runs of a pull request, in any order and doubled", () => {
  it("leave it standing the same", () => {
    const one = fc.record({
      runId: fc.integer({ min: 1, max: 6 }),
      attempt: fc.integer({ min: 1, max: 3 }),
      workflowId: fc.integer({ min: 1, max: 2 }),
      isQueued: fc.boolean(),
    });
    // A run has one workflow, head and place, and an attempt one end.
    const toRun = ({ runId, attempt, workflowId, isQueued }: { runId: number; attempt: number; workflowId: number; isQueued: boolean }) =>
      toPullRun(
        (isQueued ? inQueue : ofPull)({
          ...{ runId: runId * 4 + workflowId + (isQueued ? 2 : 0), attempt, workflowId, workflow: `W${workflowId}` },
          headSha: sha(`${isQueued ? "e" : "a"}`).slice(1) + Math.floor(runId / 2),
        }),
        (runId + attempt) % 2 === 0,
      );
    const heardAll = (runs: readonly PullRun[]) => runs.reduce(heardRun, newPull("acme/shop", 12));

    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 10 }), fc.infiniteStream(fc.nat()), (all, random) => {
        const runs = all.map(toRun);
        const [seed] = random.take(1);
        const shuffled = [...runs, ...runs].toSorted(
          (a, b) => ((a.runId * 31 + a.attempt * 17 + (seed ?? 0)) % 13) - ((b.runId * 31 + b.attempt * 17 + (seed ?? 0)) % 13),
        );

        expect(heardAll(shuffled.toReversed())).toEqual(heardAll(runs));
      }),
    );
  });

  it("end in the same comment, or none where nothing is red and nothing was told", async () => {
    const runs = [
      ofPull(),
      ofPull({ attempt: 2, ...green }),
      ofPull({ runId: 101, workflow: "Lint", workflowId: 4 }),
      ofPull({ runId: 110, headSha: sha("b") }),
      ofPull({ runId: 111, headSha: sha("b"), workflow: "Lint", workflowId: 4, ...green }),
      ofPull({ runId: 110, headSha: sha("b"), attempt: 2 }),
      inQueue({ runId: 90 }),
    ];
    await begin();

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: runs.length }), fc.array(fc.nat(), { maxLength: 12 }), async (count, picks) => {
        const some = runs.slice(0, count);
        const tell = async (order: readonly FinishedRun[]) => {
          await following.close();
          await begin();
          for (const run of order) await following.end(run, run.conclusion === "failure" ? broken() : []);
          return comment();
        };
        const inOrder = await tell(some);
        const shuffled = await tell([...picks.map((pick) => some[pick % count] as FinishedRun), ...some.toReversed()]);

        const isRed = inOrder.includes(" failed\n");
        if (isRed || shuffled !== "") expect(shuffled).toBe(inOrder);
      }),
      { numRuns: 8 },
    );
  });
});
