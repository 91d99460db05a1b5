import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { type Fate, type Killable, playRows } from "./killable.ts";

const rerunCall = /\/rerun(-failed-jobs)?$/;

interface Row {
  readonly when: string;
  readonly say?: string;
  /** Another job of the run still goes, so that the retry waits for it. */
  readonly isWaiting?: true;
  /** Brings the bot, which waits if it is to wait, to the moment in which it dies. */
  die(world: Killable): Promise<void>;
  /** After the restart. */
  afterwards?(world: Killable): Promise<void>;
}

const at = (call: RegExp, fate: Fate) => (world: Killable) => world.killAt(call, fate);
const posted = /AddComment$/;
const oneJob = '/ci-retry-job "test-rust (m68040)"';

const rows: readonly Row[] = [
  { when: "the role was looked up", die: at(/permission$/, "carried out") },
  { when: "the wish was stored and GitHub was not asked", die: at(rerunCall, "not carried out") },
  { when: "the wish for one job was stored and GitHub was not asked", say: oneJob, die: at(rerunCall, "not carried out") },
  { when: "GitHub ran it again and nobody here knew", die: at(rerunCall, "carried out") },
  { when: "GitHub ran one job again and nobody here knew", say: oneJob, die: at(rerunCall, "carried out") },
  { when: "GitHub had confirmed it", die: at(posted, "not carried out") },
  { when: "the reply was posted and nobody here knew", die: at(posted, "carried out") },
  {
    when: "the reply was posted",
    async die({ query, kill }) {
      await eventually(() => query("SELECT 1 FROM messages WHERE sent_version > 0").length > 0);
      await kill();
    },
  },
  {
    when: "it waited for the run, whose end is delivered again",
    isWaiting: true,
    async die(world) {
      await world.kill();
      await world.github.finishRuns(world.github.pulls.red);
    },
    async afterwards({ github }) {
      const missed = github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed");
      await github.redeliver(missed?.guid ?? "");
    },
  },
  {
    when: "it waited for the run, whose end the sweep finds",
    isWaiting: true,
    async die(world) {
      await world.kill();
      await world.github.finishRuns(world.github.pulls.red);
      // Ten minutes pass.
      world.query("UPDATE jobs SET due_at = 0 WHERE task = 'sweep' AND state = 'live'");
    },
  },
  ...(["carried out", "not carried out"] as const).map(
    (fate): Row => ({
      when: `the run that it waited for had ended and the new attempt was asked for, ${fate}`,
      isWaiting: true,
      async die(world) {
        const dead = world.killAt(rerunCall, fate);
        await world.github.finishRuns(world.github.pulls.red);
        await dead;
      },
    }),
  ),
];

const played = rows.map((row) => ({ when: row.when, play: (world: Killable) => play(world, row) }));

describe("SIGKILL during retry-job, when", () => {
  const outcomeOf = playRows(played);

  it.each(played)("$when: one more attempt, one reply, which tells of it to the end", (row) => outcomeOf(row), 240_000);
});

async function play(world: Killable, { say = "/ci-retry-job --failed", isWaiting, die, afterwards }: Row): Promise<void> {
  const { github } = world;
  const { red } = github.pulls;
  if (isWaiting) await github.setJob(red, "lint", "in_progress");
  await world.start();
  const dead = isWaiting ? undefined : die(world);
  const { id } = await github.comment("ada", red, say);
  if (isWaiting) await world.told(red, id, /CI still runs on #2 .* when it ends\./);
  await (dead ?? die(world));

  await world.restart();
  await afterwards?.(world);
  await world.told(red, id, /Retrying test-rust \(m68040\) on #2 @[0-9a-f]{7}, attempt 2/);
  await sleep(500);
  expect({ replies: (await world.replies(red, id)).length, done: world.countDone(rerunCall) }).toEqual({ replies: 1, done: 1 });

  await github.finishRuns(red);
  await world.told(red, id, /test-rust \(m68040\) passed on attempt 2 · #2/);
  expect({ replies: (await world.replies(red, id)).length, done: world.countDone(rerunCall) }).toEqual({ replies: 1, done: 1 });
}
