import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { dieAt, type Killable, playRows, type KillRow as Row, saidOnce } from "./killable.ts";
import { wordsIn } from "./world.ts";

const deleteCall = /^DELETE .*\/caches$/;

/** Gives a command that asks first; gives back the comment that agrees. */
async function agreementTo(world: Killable, body: string): Promise<string> {
  const { red } = world.github.pulls;
  const { id } = await world.github.comment("ada", red, body);
  await world.told(red, id, /\/ci-confirm [A-Z0-9]{6}/);
  return /\/ci-confirm [A-Z0-9]{6}/.exec(String(await world.replies(red, id)))?.[0] ?? "";
}

/** Kills the bot before Slack answers the call that shows it. */
function dieWhenShown({ slack, kill }: Killable, shown: () => readonly unknown[]): Promise<void> {
  return new Promise((resolve) => {
    const stop = slack.onChange(() => {
      if (shown().length === 0) return;
      stop();
      void kill().then(resolve);
    });
  });
}

/** Comments, and kills the bot when what was asked is stored and before the answer is. */
async function dieBeforeAnswer(world: Killable, body: string, stored: string): Promise<number> {
  // The answer is stored within a millisecond; this keeps it from coming before the kill.
  world.query("CREATE TRIGGER no_answer BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'not yet'); END");
  const { id } = await world.github.comment("ada", world.github.pulls.red, body);
  await eventually(() => world.query(stored).length > 0);
  await world.kill();
  world.query("DROP TRIGGER no_answer");
  return id;
}

const redeliverEnd = ({ github }: Killable) =>
  github.redeliver(
    github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed")?.guid ?? "",
  );

const rows: readonly Row[] = [
  ...(["carried out", "not carried out"] as const).map(
    (fate): Row => ({
      when: `cancel was ${fate} and nobody here knew`,
      outcome: "the run is cancelled once",
      async play(world) {
        await world.github.setJob(world.github.pulls.red, "lint", "in_progress");
        await world.start();
        const id = await dieAt(world, "/ci-cancel", /\/cancel$/, fate);
        await world.restart();
        await world.told(world.github.pulls.red, id, /Cancelling CI on #2|CI on #2 .* is cancelled/);
        await redeliverEnd(world);
        await saidOnce(world, id, /CI on #2 @[0-9a-f]{7} is cancelled/);
        expect(world.countDone(/\/cancel$/)).toBe(1);
      },
    }),
  ),
  {
    when: "approve-run was carried out and nobody here knew",
    outcome: "the run is approved once",
    async play(world) {
      const { github } = world;
      await github.addRunToApprove(github.pulls.red);
      await world.start();
      const id = await dieAt(world, await agreementTo(world, "/ci-approve-run"), /\/approve$/, "carried out");
      await world.restart();
      await saidOnce(world, id, /Approved: CI runs on #2/);
      expect(world.countDone(/\/approve$/)).toBe(1);
    },
  },
  {
    when: "the confirmation was stored",
    outcome: "what was asked about goes on once",
    async play(world) {
      const { github } = world;
      await github.addRunToApprove(github.pulls.red);
      await world.start();
      const { id } = await github.comment("ada", github.pulls.red, await agreementTo(world, "/ci-approve-run"));
      await world.kill();
      await world.restart();
      await saidOnce(world, id, /Approved: CI runs on #2/);
      expect(world.countDone(/\/approve$/)).toBe(1);
    },
  },
  {
    when: "freeze was stored and its outcome was not",
    outcome: "the repository is frozen once, and the reply says so",
    async play(world) {
      const { github } = world;
      await github.setRole("ada", "admin");
      await world.start();
      // Both are stored within a millisecond; this keeps the second one from coming before the kill.
      world.query("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'not yet'); END");
      const { id } = await github.comment("ada", github.pulls.red, "/ci-freeze -- release");
      await eventually(() => world.query("SELECT 1 FROM freezes").length > 0);
      await world.kill();
      world.query("DROP TRIGGER no_audit");
      await world.restart();
      await saidOnce(world, id, /ada froze nextrust\/nextrust: release/);
    },
  },
  {
    when: "set-phase was stored and its answer was not",
    outcome: "the phase is set once, and the reply says so",
    async play(world) {
      await world.start();
      const id = await dieBeforeAnswer(world, "/ci-set-phase phase-2 -- pinned", "SELECT 1 FROM phase_changes");
      const changes = () => world.query("SELECT number, to_phase, reason FROM phase_changes").map((row) => ({ ...(row as object) }));
      expect(changes()).toEqual([{ number: 1, to_phase: "phase-2", reason: "pinned" }]);
      await world.restart();
      await saidOnce(world, id, /ada moved nextrust\/nextrust from phase-1 The phase-1 to phase-2 The phase-2: pinned/);
      expect(changes()).toHaveLength(1);
    },
  },
  {
    when: "the outcome of set-phase could not be stored",
    outcome: "the phase is not set either, until both are",
    async play(world) {
      await world.start();
      world.query("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'not yet'); END");
      const { id } = await world.github.comment("ada", world.github.pulls.red, "/ci-set-phase phase-2");
      await eventually(() => world.query("SELECT 1 FROM jobs WHERE task = 'answer' AND attempt > 1").length > 0);
      await world.kill();
      expect(world.query("SELECT 1 FROM phase_changes")).toEqual([]);
      world.query("DROP TRIGGER no_audit");
      await world.restart();
      await saidOnce(world, id, /ada moved nextrust\/nextrust from phase-1 The phase-1 to phase-2 The phase-2\./);
      expect(world.query("SELECT 1 FROM phase_changes")).toHaveLength(1);
    },
  },
  {
    when: "clear-cache was in the middle of 12",
    outcome: "the 12 are gone, nothing else is, and the reply says 12",
    async play(world) {
      const { github } = world;
      const ref = `refs/pull/${github.pulls.red}/merge`;
      for (let number = 0; number < 9; number++) github.addCache({ key: `more-${number}`, ref, sizeInBytes: 1_000_000 });
      const shown = github.caches().filter((cache) => cache.ref === ref);
      const others = github.caches().filter((cache) => cache.ref !== ref);
      expect(shown).toHaveLength(12);
      await github.setRole("ada", "admin");
      await world.start();
      const { id } = await github.comment("ada", github.pulls.red, await agreementTo(world, "/ci-clear-cache"));
      await eventually(() => world.countDone(deleteCall) >= 5);
      const [first] = shown.filter((cache) => !github.caches().includes(cache));
      await world.killAt(deleteCall, "carried out");
      // A run fills it anew, which nobody agreed to delete.
      const anew = github.addCache({ key: first?.key ?? "", ref, sizeInBytes: 5 });
      await world.restart();
      await saidOnce(world, id, /ada deleted 12 of 12 caches \([\d.]+ [MG]B\) in nextrust\/nextrust\.\*\*/);
      expect(github.caches()).toEqual([...others, anew]);
      expect(world.countDone(deleteCall)).toBe(12);
    },
  },
  {
    when: "Slack had posted the reply and nobody here knew",
    outcome: "it is found again and edited to the end",
    async play(world) {
      const { github, slack } = world;
      const shown = () =>
        slack.transcript("ci").filter(({ authorId, visibleTo }) => authorId === slack.botUserId && visibleTo === undefined);
      await world.start();
      const dead = dieWhenShown(world, shown);
      await slack.slash({ as: "ada", channel: "ci", text: "retry-job --failed #2" });
      await dead;
      await world.restart();
      expect(shown().map(({ edited }) => edited)).toEqual([false]);
      await github.finishRuns(github.pulls.red);
      await eventually(() => shown().some(({ blocks }) => /passed on attempt 2/.test(wordsIn(blocks))), 60_000);
      await sleep(500);
      expect(shown().map(({ blocks, edited }) => [wordsIn(blocks).includes("passed on attempt 2"), edited])).toEqual([[true, true]]);
      expect(world.countDone(/\/rerun/)).toBe(1);
    },
  },
  {
    when: "Slack had shown the asker's own reply and nobody here knew",
    outcome: "it is shown at least once, and at most once more",
    async play(world) {
      const { slack } = world;
      const shown = () => slack.transcript("ci", "ravi").filter(({ blocks }) => wordsIn(blocks).includes("Commit:"));
      await world.start();
      const dead = dieWhenShown(world, shown);
      await slack.slash({ as: "ravi", channel: "ci", text: "status #2" });
      await dead;
      await world.restart();
      await eventually(() => world.query("SELECT 1 FROM messages WHERE sent_version > 0").length > 0, 60_000);
      expect(shown().length).toBeGreaterThanOrEqual(1);
      expect(shown().length).toBeLessThanOrEqual(2);
    },
  },
  {
    when: "nobody died, but two bots on one state were both told of one comment",
    outcome: "one runs it",
    latencyMs: 40,
    async play(world) {
      const { github } = world;
      const [first] = [await world.start(), await world.start()];
      const { id, guid } = await github.comment("ada", github.pulls.red, "/ci-retry-job --failed");
      github.connect(`${first.url}/github/webhooks`);
      await github.deliverTwice(guid);
      await world.told(github.pulls.red, id, /attempt 2/);
      await eventually(() => world.query("SELECT 1 FROM jobs WHERE task = 'answer' AND state = 'live'").length === 0, 60_000);
      await saidOnce(world, id, /Retrying test-rust \(m68040\) on #2 .* attempt 2/);
      expect(world.countDone(/\/rerun/)).toBe(1);
      expect(github.calls().filter(({ name }) => /\/rerun/.test(name))).toHaveLength(1);
    },
  },
];

describe("SIGKILL when", () => {
  const played = playRows(rows);

  it.each(rows)("$when: $outcome", (row) => played(row), 240_000);
});
