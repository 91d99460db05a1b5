import { setTimeout as sleep } from "node:timers/promises";
import type { Due, Incident } from "../../src/pipeline/incidents/incident.ts";
import { toTick } from "../../src/pipeline/incidents/keep.ts";
import { type Timings, timings as usualTimings } from "../../src/pipeline/incidents/timings.ts";
import { sweepTask } from "../../src/pipeline/sweep.ts";
import type { JobState } from "../../src/sandbox/github/actions/job.ts";
import type { Arrival } from "../../src/sandbox/github/branches-control.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { SeenMessage } from "../../src/sandbox/slack/seen-message.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { aTriage } from "../pipeline/orchestrator/a-triage.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

const repository = "nextrust/nextrust";

type Jobs = Readonly<Record<string, JobState>>;

/** A world whose failures are followed, with branches that fail as they are told to; grace is on call. */
export interface FollowedWorld extends World {
  /** What takes how long from now on. */
  readonly timings: { -readonly [Key in keyof Timings]: Timings[Key] };
  /** Makes a protected branch. */
  aBranch(): Promise<string>;
  /** Somebody commits there, and CI comes to this; each branch fails of an error of its own unless said. */
  commit(branch: string, jobs: Jobs, as?: string, error?: string): Promise<Arrival>;
  guidOfLastRun(): string;
  /** The last delivery of a run that ended, as another one. */
  deliverRun(change: Readonly<Record<string, unknown>>): Promise<void>;
  incident(number: number): Promise<Incident>;
  untilIt(number: number, is: (incident: Incident) => boolean, withinMs?: number): Promise<Incident>;
  /** Waits for the first one. */
  incidentOn(branch: string): Promise<Incident>;
  incidentsOn(branch: string): Promise<readonly Incident[]>;
  open(is: (incident: Incident) => boolean): Promise<readonly Incident[]>;
  /** Kinds and reasons, in order. */
  timeline(number: number): Promise<readonly string[]>;
  /** The messages at the top of incidents' threads in #ci. */
  roots(): readonly SeenMessage[];
  rootsOn(branch: string): readonly SeenMessage[];
  root(branch: string): Promise<SeenMessage>;
  thread(root: SeenMessage | undefined): readonly SeenMessage[];
  headline(message: SeenMessage): string;
  /** Waits until #ci says so, to that person. */
  says(words: string, as?: Who): Promise<SeenMessage>;
  saidTo(person: Who, words: string): readonly SeenMessage[];
  saysInPrivate(person: Who, words: string): Promise<unknown>;
  /** How many messages of threads that say so were shown in the channel besides. */
  broadcasts(words: string): number;
  click(as: Who, message: SeenMessage, label: string): Promise<void>;
  /** What the pager was told of the incident, in order. */
  pagesOf(incident: number | Pick<Incident, "number">): readonly string[];
  /** Makes the bot ask anew who is on call. */
  forgetOnCall(): Promise<void>;
  /** Makes a timer of an incident due some time ago; a sweep finds it, or its own job. */
  hasten(number: number, timer: keyof Due, by?: "sweep"): Promise<void>;
  /** The jobs that were given up. */
  deadLetters(): Promise<readonly string[]>;
  /** Resolves when nothing was said or asked for a moment. */
  quiet(): Promise<void>;
}

/** Nothing here takes a second, unless the machine is busy. */
const patienceMs = 20_000;

const autoFix = { mode: "suggest" as const, retry: true, workflows: [] };
const flavours = ["almond", "banana", "cherry", "damson", "elder", "fig", "grape", "hazel", "iris", "juniper", "kiwi", "lemon", "mango"];

export async function openFollowedWorld(more: (sandbox: Sandbox) => object = () => ({})): Promise<FollowedWorld> {
  const timings = { ...usualTimings };
  const world = await startWorld({
    timings,
    settings: (sandbox) => {
      const { ci } = sandbox.slack.channels;
      const { ravi } = sandbox.slack.people;
      sandbox.slack.setGroup("S0CORE", ["grace"]);
      return {
        cooldownSeconds: 0,
        onCall: [{ name: "core", fallback: ravi.id, group: "S0CORE" }],
        incidents: [{ repository, channel: ci.id, onCall: "core", autoFix, triage: aTriage(), postMortem: false }],
        ...more(sandbox),
      };
    },
  });
  const state = await openEmbedded({ file: world.stateFile });
  const { github, slack, pager } = world;
  let branches = 0;

  const seen = (as: Who = "ada") => slack.transcript("ci", as);
  const incident = (number: number) =>
    state.records.transaction(async ({ incidents }) => {
      const found = await incidents.find(number);
      if (!found) throw new Error(`There is no incident ${number}.`);
      return found;
    });
  const all = () => state.records.transaction(({ incidents }) => incidents.openedSince(repository, 0));
  const incidentsOn = async (branch: string) =>
    (await all()).filter(({ subject }) => subject.kind === "pipeline" && subject.trigger === "branch" && subject.branch === branch);
  const headline = ({ blocks }: SeenMessage) => wordsIn(blocks).split("\n")[0] ?? "";
  const roots = () => seen().filter((message) => message.threadTs === undefined && /\bi\d+ /.test(headline(message)) && !message.visibleTo);
  const rootsOn = (branch: string) => roots().filter((message) => headline(message).includes(`CI on ${branch}`));
  const saidTo = (person: Who, words: string) => slack.transcript("dm", person).filter(({ blocks }) => wordsIn(blocks).includes(words));

  return {
    ...world,
    get bot() {
      return world.bot;
    },
    timings,
    async aBranch() {
      const branch = `release/${++branches}`;
      const headers = { authorization: `token ${github.people.grace.token}`, "content-type": "application/json" };
      const main = (await (await fetch(`${github.url}/repos/${repository}/commits/main`, { headers })).json()) as { sha: string };
      const body = JSON.stringify({ ref: `refs/heads/${branch}`, sha: main.sha });
      await fetch(`${github.url}/repos/${repository}/git/refs`, { method: "POST", headers, body });
      await github.protectBranch(branch);
      return branch;
    },
    commit(branch, jobs, as = "ada", error = `there is no ${flavours[branches % flavours.length]}-${"x".repeat(branches)}`) {
      const logs = Object.fromEntries(Object.keys(jobs).map((job) => [job, `##[group]build\nerror: ${error}\n`]));
      return github.commit(as, { message: `Change ${branch}`, branch }, { jobs, logs });
    },
    guidOfLastRun: () => lastRun().guid,
    async deliverRun(change) {
      const payload = lastRun().payload as { workflow_run: object };
      const base = { event: "push", run_attempt: 1 };
      await github.deliver("workflow_run", { ...payload, workflow_run: { ...payload.workflow_run, ...base, ...change } });
    },
    incident,
    untilIt: (number, is, withinMs = patienceMs) =>
      eventually(async () => {
        const found = await incident(number);
        return is(found) && found;
      }, withinMs),
    incidentOn: (branch) => eventually(async () => (await incidentsOn(branch))[0], patienceMs),
    incidentsOn,
    open: async (is) => (await all()).filter((one) => one.state !== "resolved" && is(one)),
    timeline: async (number) =>
      (await state.records.transaction(({ incidents }) => incidents.timeline(number))).map(({ kind, reason }) => `${kind} ${reason}`),
    roots,
    rootsOn,
    root: (branch) => eventually(() => rootsOn(branch)[0], patienceMs),
    thread: (root) => seen().filter(({ threadTs, ts }) => root !== undefined && threadTs === root.ts && ts !== root.ts),
    headline,
    says: (words, as = "ada") =>
      eventually(() => seen(as).findLast(({ blocks }) => wordsIn(blocks).includes(words)), patienceMs).catch(() => {
        throw new Error(
          `Nobody said ${words}. The last words were:\n${seen(as)
            .slice(-4)
            .map(({ blocks }) => wordsIn(blocks))
            .join("---\n")}`,
        );
      }),
    saidTo,
    saysInPrivate: (person, words) =>
      eventually(() => saidTo(person, words)[0], patienceMs).catch(() => {
        throw new Error(
          `Nobody told ${person} ${words}, but:\n${saidTo(person, "")
            .slice(-3)
            .map(({ blocks }) => wordsIn(blocks))
            .join("---\n")}`,
        );
      }),
    broadcasts: (words) =>
      slack
        .calls()
        .filter(
          ({ method, args, ok }) =>
            ok && method === "chat.postMessage" && `${args.reply_broadcast}` === "true" && JSON.stringify(args).includes(words),
        ).length,
    async click(as, message, label) {
      const action = message.actions.find((one) => one.label === label);
      if (!action) throw new Error(`There is no ${label} among ${message.actions.map((one) => one.label)}.`);
      await slack.click({ as, messageId: message.id, actionId: action.actionId });
    },
    pagesOf(which) {
      const number = typeof which === "number" ? which : which.number;
      return pager.taken().flatMap((one) => (one.endsWith(`/i${number}`) ? [one.split(" ")[0] ?? ""] : []));
    },
    forgetOnCall: () => state.records.transaction(({ notes }) => notes.put("on-call:group:S0CORE", null)),
    hasten: (number, timer, by) =>
      state.records.transaction(async ({ incidents, queue }) => {
        const before = await incidents.find(number);
        if (!before) return;
        await incidents.put({ ...before, due: { ...before.due, [timer]: Date.now() - 2 * 60_000 }, version: before.version + 1 });
        await queue.add(by === "sweep" ? { id: `sweep:by-hand:${number}`, task: sweepTask, payload: null } : toTick(number, Date.now()));
      }),
    deadLetters: async () => (await state.deadLetters.list(10)).map(({ id }) => id),
    async quiet() {
      const count = () => github.calls().length + slack.calls().length + pager.taken().length;
      for (let before = -1; before !== count(); await sleep(80)) before = count();
    },
    async close() {
      await state.close();
      await world.close();
    },
  };

  function lastRun() {
    const last = github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed");
    if (!last) throw new Error("No run has ended yet.");
    return last;
  }
}
