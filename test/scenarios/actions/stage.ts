import { setTimeout as sleep } from "node:timers/promises";
import type { AuditEntry } from "../../../src/pipeline/audit.ts";
import type { Operation } from "../../../src/pipeline/operations/operations.ts";
import { sweepTask } from "../../../src/pipeline/sweep.ts";
import type { JobState } from "../../../src/sandbox/github/actions/job.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { eventually } from "../../eventually.ts";
import { startWorld, type Who, type World, type WorldOptions, wordsIn } from "../world.ts";

/** A world with a second look into the bot's state, and as many pull requests as there are rows. */
export interface Stage extends World {
  readonly world: World;
  /** The bot's own state, opened once more. */
  readonly state: EmbeddedState;
  /** Opens a pull request of ada's whose head has a run of CI with these jobs. */
  openPull(jobs?: Readonly<Record<string, JobState>>): Promise<number>;
  /** Gives the pull request another title, as ada. */
  rename(pull: number, title: string): Promise<void>;
  /** Starts a workflow by hand, as grace, on the pull request's branch. */
  startByHand(file: string, pull: number): Promise<void>;
  /** Cancels the runs of a commit, as grace, by GitHub's own button. */
  cancelByHand(runIds: readonly number[]): Promise<void>;
  /** Lets the waiting runs go, as grace, by GitHub's own button. */
  approveByHand(pull: number): Promise<void>;
  deleteCacheByHand(key: string, ref: string): Promise<void>;
  /** The head's first seven digits. */
  head(pull: number): Promise<string>;
  /** Changes an operation of the bot's that is under way. */
  amend(pull: number, change: Partial<Operation>): Promise<void>;
  /** The same for those whose run it has not found. */
  amendLost(change: Partial<Operation>): Promise<void>;
  /** Tells the bot that something happened to the runs. */
  tellOfRuns(pull: number): Promise<void>;
  /** How the newest operation on the run ended. */
  lastOf(runId: number): Promise<AuditEntry>;
  /** Makes the bot look roles up anew. */
  forgetRoles(): Promise<void>;
  /** Runs what failed again, as grace, by GitHub's own button. */
  rerunByHand(pull: number): Promise<void>;
  /** What the bot has asked GitHub to change since that many calls, comments aside: `POST rerun-failed-jobs`. */
  changes(since: number): string[];
  /** How the command of that text ended. */
  ended(text: string, since?: number): Promise<AuditEntry>;
  /** Types it in #random, where the repository is foreign, so that only the asker is answered; gives how it ended and what was shown. */
  aside(as: Who, text: string): Promise<Answered>;
  /** The newest message in #random that says so. */
  told(words: Words, channel?: "ci" | "random"): Promise<string>;
  /** The bot's newest comment there, when it says so. */
  commented(pull: number, words: Words): Promise<string>;
  /** The calls of GitHub's API that the bot made since that many calls. */
  callsOfBot(since: number): string[];
  /** Makes the bot sweep now. */
  sweep(): Promise<void>;
  until(it: () => boolean): Promise<unknown>;
  /** Resolves when the bot has asked GitHub nothing for a moment. */
  quiet(): Promise<void>;
}

export interface Answered extends Pick<AuditEntry, "outcome" | "reason"> {
  readonly shown: string;
  readonly buttons: readonly string[];
}

export type Words = string | RegExp;
const says = (text: string, words: Words): boolean => (typeof words === "string" ? text.includes(words) : words.test(text));

export const repository = "nextrust/nextrust";

export async function openStage(options: Pick<WorldOptions, "priceBook"> = {}): Promise<Stage> {
  const world = await startWorld({ settings: () => ({ cooldownSeconds: 0 }), ...options });
  const state = await openEmbedded({ file: world.stateFile });
  const { slack, github } = world;
  let pulls = 0;

  async function asPerson<T>(login: "ada" | "grace", method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${github.url}/repos/${repository}${path}`, {
      method,
      headers: { authorization: `token ${github.people[login].token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  const seen = (channel: "ci" | "random") => slack.transcript(channel, "ada");
  const told = (words: Words, channel: "ci" | "random" = "random") =>
    eventually(
      () =>
        seen(channel)
          .map(({ blocks }) => wordsIn(blocks))
          .findLast((text) => says(text, words)),
      15_000,
    ).catch(() => {
      throw new Error(
        `Nobody said ${words}. The last words were:\n${seen(channel)
          .slice(-4)
          .map(({ blocks }) => wordsIn(blocks))
          .join("---\n")}`,
      );
    });
  const ended = (typed: string, since = 0) =>
    eventually(() =>
      state.records.transaction(async ({ audit }) =>
        (await audit.latest(30)).find(({ text, endedAt }) => endedAt >= since && (text === typed || text.startsWith(`${typed} (`))),
      ),
    );

  const callsOfBot = (since: number) =>
    github
      .calls()
      .slice(since)
      .filter(({ actor }) => actor !== "ada" && actor !== "grace")
      .map(({ name }) => name);

  return {
    ...world,
    world,
    get bot() {
      return world.bot;
    },
    state,
    told,
    ended,

    async openPull(jobs = {}) {
      const branch = `row-${++pulls}`;
      const { sha } = await asPerson<{ sha: string }>("ada", "GET", "/commits/main");
      await asPerson("ada", "POST", "/git/refs", { ref: `refs/heads/${branch}`, sha });
      const content = Buffer.from(branch).toString("base64");
      await asPerson("ada", "PUT", `/contents/src/${branch}.rs`, { message: `Add ${branch}`, content, branch });
      const { number } = await asPerson<{ number: number }>("ada", "POST", "/pulls", { title: `Row ${pulls}`, head: branch, base: "main" });
      for (const [name, job] of Object.entries(jobs)) await github.setJob(number, name, job);
      return number;
    },

    rename: (pull, title) => asPerson("ada", "PATCH", `/pulls/${pull}`, { title }),

    async startByHand(file, pull) {
      const { head } = await asPerson<{ head: { ref: string } }>("grace", "GET", `/pulls/${pull}`);
      await asPerson("grace", "POST", `/actions/workflows/${file}/dispatches`, { ref: head.ref, return_run_details: true });
    },

    async rerunByHand(pull) {
      for (const { id } of await github.runs(pull)) await asPerson("grace", "POST", `/actions/runs/${id}/rerun-failed-jobs`, {});
    },

    async cancelByHand(runIds) {
      for (const id of runIds) await asPerson("grace", "POST", `/actions/runs/${id}/cancel`, {});
    },

    async approveByHand(pull) {
      for (const { id } of await github.runs(pull)) await asPerson("grace", "POST", `/actions/runs/${id}/approve`, {});
    },

    async deleteCacheByHand(key, ref) {
      await asPerson("grace", "DELETE", `/actions/caches?key=${key}&ref=${encodeURIComponent(ref)}`);
    },

    head: async (pull) => (await asPerson<{ head: { sha: string } }>("ada", "GET", `/pulls/${pull}`)).head.sha.slice(0, 7),

    async amend(pull, change) {
      for (const { id } of await github.runs(pull)) {
        await state.records.transaction(async ({ operations }) => {
          for (const operation of await operations.openOf(repository, id)) await operations.put({ ...operation, ...change });
        });
      }
    },

    amendLost: (change) =>
      state.records.transaction(async ({ operations }) => {
        for (const operation of await operations.withoutRun()) await operations.put({ ...operation, ...change });
      }),

    async tellOfRuns(pull) {
      const last = github.deliveries().findLast(({ event }) => event === "workflow_run");
      for (const { id } of await github.runs(pull)) {
        const payload = last?.payload as { workflow_run: object };
        await github.deliver("workflow_run", { ...payload, workflow_run: { ...payload.workflow_run, id } });
      }
    },

    lastOf: (runId) =>
      eventually(async () => {
        const entries = await state.records.transaction(({ audit }) => audit.latest(30));
        return entries.find(({ intent, reply: { link } }) => intent.endsWith(":end") && link?.url.includes(`/runs/${runId}`));
      }),

    async forgetRoles() {
      for (const { id } of Object.values(github.people)) await state.keys.set(`role:${repository}:${id}`, null, 0);
    },

    async commented(pull, words) {
      const ours = async () => (await github.comments(pull)).findLast(({ author }) => author === github.bot.login)?.body ?? "";
      return eventually(async () => {
        const body = await ours();
        return says(body, words) && body;
      }, 15_000).catch(async () => {
        throw new Error(`No comment says ${words}, the last one is: ${await ours()}`);
      });
    },

    callsOfBot,
    changes: (since) =>
      callsOfBot(since)
        .filter((name) => /^(?:POST|DELETE|PUT) \/repos/.test(name))
        .map((name) => name.replace(/\/repos\/nextrust\/\w+\/actions\//, "").replaceAll(/\/\d+/g, "")),
    async sweep() {
      const swept = () => world.log().split('"msg":"swept"').length;
      const before = swept();
      await state.records.transaction(({ queue }) => queue.add({ id: `sweep:by-hand:${before}`, task: sweepTask, payload: null }));
      await eventually(() => swept() > before, 15_000);
    },
    until: (it) => eventually(it, 15_000),
    async quiet() {
      for (let before = -1; before !== github.calls().length; await sleep(80)) before = github.calls().length;
    },

    async aside(as, text) {
      const before = slack.transcript("random", as).length;
      const askedAt = Date.now();
      const { shown: ack } = await slack.slash({ as, channel: "random", text });
      const { outcome, reason } = await ended(text, askedAt);
      const mine = () => slack.transcript("random", as).slice(before + (ack ? 1 : 0));
      const answer = await eventually(() => mine()[0], 15_000);
      return { outcome, reason, shown: wordsIn(answer.blocks), buttons: answer.actions.map(({ value = "" }) => value) };
    },

    async close() {
      await state.close();
      await world.close();
    },
  };
}
