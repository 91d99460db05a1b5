import { pino } from "pino";
import { events as githubEvents } from "../../../src/bot/github/events.ts";
import { createGitHubSender } from "../../../src/bot/github/sender.ts";
import { createSendHandler } from "../../../src/bot/send.ts";
import { createChartRefusals } from "../../../src/bot/slack/chart-refusals.ts";
import { events as slackEvents } from "../../../src/bot/slack/events.ts";
import { createSlackPostSender } from "../../../src/bot/slack/post-sender.ts";
import { createSlackSender } from "../../../src/bot/slack/sender.ts";
import { Settings } from "../../../src/config/settings.ts";
import type { GitHubAccount, Role } from "../../../src/pipeline/access.ts";
import { mirrorTask } from "../../../src/pipeline/mirror/changes.ts";
import { createEcho, echoTask } from "../../../src/pipeline/mirror/echo.ts";
import { createMaySend } from "../../../src/pipeline/mirror/may-send.ts";
import { createMirror } from "../../../src/pipeline/mirror/mirror.ts";
import { sendTask } from "../../../src/pipeline/outbox.ts";
import { addAll, type Handlers, type Job, type NewJob } from "../../../src/pipeline/queue.ts";
import type { Channel, Member } from "../../../src/pipeline/workspace.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { fakeGitHub, repository, us } from "./fake-github.ts";
import { botUser, channel, fakeSlack, person } from "./fake-slack.ts";

const log = pino({ level: "silent" });
const fallbackChannel = "C0000009";
const longestPauseMs = 6_000;
const soonMs = 5_000;

export interface MirrorWorldOptions {
  /** Called where a process could die: it throws when it does. */
  readonly crash?: () => void;
  /** Decides how a delivery comes: how many things happen before it is there, and how often it comes. */
  readonly journey?: () => { readonly late: number; readonly times: number };
}

/** The mirror with its real state, edges and senders, between a pull request and a channel that are made up. */
export async function startMirrorWorld({ crash = () => {}, journey = () => ({ late: 0, times: 1 }) }: MirrorWorldOptions = {}) {
  // A clock of its own, which goes on by being looked at and by being put forward: no test waits, however busy the machine is.
  let clock = 1_800_000_000_000;
  const now = () => clock++;
  const state = await openEmbedded({ file: ":memory:", now, random: () => 0.002, timing: { leaseMs: 3_000_000, pollMs: 1 } });
  const settings = Settings.parse({
    channels: [{ id: channel, repositories: [repository] }],
    mirror: [{ repository, channel }],
    allow: { slackUsers: ["U0GUESTOK"] },
  });
  const facts = {
    member: { name: "ada", kind: "member" } as Member,
    channel: { kind: "internal", isPrivate: false, name: "ci" } as Channel,
    isPrivate: false,
    account: { id: 7, login: "ada" } as GitHubAccount | undefined,
    role: "read" as Role | Error,
  };
  let onTheWay: { readonly after: number; readonly arrive: () => Promise<void> }[] = [];
  let storing = Promise.resolve();
  let deliveries = 0;

  /** Stores what an edge makes of a delivery; a repetition has the same name. */
  function deliver(toJobs: (id: string) => readonly NewJob[]): void {
    const { late, times } = journey();
    const id = String(deliveries++);
    const arrive = () => state.records.transaction(({ queue }) => addAll(toJobs(id), queue));
    for (let time = 1; time <= times; time++) onTheWay.push({ after: late * time, arrive });
    storing = storing.then(() => store());
  }

  /** Stores what arrives by now; what is late comes when more has happened, else at the end. */
  async function store(isEnd = false): Promise<void> {
    const arriving = isEnd ? onTheWay : onTheWay.filter(({ after }) => after <= 0);
    onTheWay = isEnd ? [] : onTheWay.filter(({ after }) => after > 0).map(({ after, arrive }) => ({ after: after - 1, arrive }));
    for (const { arrive } of arriving.toSorted((one, other) => one.after - other.after)) await arrive();
  }
  const isMirror = ({ task }: NewJob) => task === mirrorTask;
  const github = fakeGitHub(
    now,
    (event, payload) =>
      deliver((guid) =>
        (githubEvents[event] ?? [])
          .flatMap((toJob) => toJob(payload, { guid, receivedAt: now(), settings, isUs: (login) => login === us.login }) ?? [])
          .filter(isMirror),
      ),
    crash,
  );
  const slack = fakeSlack(
    now,
    (event) =>
      deliver((eventId) =>
        (slackEvents.message ?? [])
          .flatMap((toJob) => toJob(event, { eventId, team: "T1", botUser, receivedAt: now(), settings }) ?? [])
          .filter(isMirror),
      ),
    crash,
  );

  const services = {
    records: state.records,
    workspace: {
      member: async () => facts.member,
      channel: async () => facts.channel,
      permalink: async (where: string, ts: string) => `https://acme.slack.com/archives/${where}/p${ts.replace(".", "")}`,
    },
    repositories: { isPrivate: async () => facts.isPrivate },
    links: {
      of: async () => facts.account,
      slackUserOf: async () => person,
      pinned: { of: () => undefined, slackUserOf: () => undefined },
    },
    permissions: {
      async roleOf() {
        if (facts.role instanceof Error) throw facts.role;
        return facts.role;
      },
    },
    now,
  };
  const mirror = createMirror({ pairs: settings.mirror, allow: settings.allow, fallbackChannel, services });
  const charts = createChartRefusals(log, now);
  const send = createSendHandler({
    records: state.records,
    maySend: createMaySend(services, []),
    senders: {
      slack: createSlackSender(slack.client, state.claims, charts, "ci", now),
      slack_post: createSlackPostSender(
        slack.client,
        state.claims,
        charts,
        { records: state.records, fallbackChannel: undefined, log, now },
        "ci",
        1,
      ),
      github: createGitHubSender(github.github, "ci"),
      github_post: () => Promise.reject(new Error("Nothing is posted.")),
      github_check: () => Promise.reject(new Error("Nothing is checked.")),
      github_review: () => Promise.reject(new Error("Nothing is reviewed.")),
    },
    onSent: async () => {},
  });
  let runs = 0;
  const dying = (handle: (job: Job) => Promise<void>) => async (job: Job) => {
    runs += 1;
    crash();
    await handle(job);
    crash();
  };
  const handlers: Handlers = {
    [mirrorTask]: dying(mirror),
    [echoTask]: dying(createEcho(services, [])),
    [sendTask]: dying(send),
  };
  state.worker.start(handlers);

  return {
    github,
    slack,
    facts,
    state,
    now,
    root: () => [...slack.messages.values()].find(({ user, threadTs }) => user === botUser && threadTs === undefined),
    /** Resolves when nothing is on its way, and nothing was done for longer than anything is put off. */
    async settle(): Promise<void> {
      for (let before = -1; before !== runs; ) {
        await storing;
        await store(true);
        await state.worker.drain(soonMs);
        before = runs;
        clock += longestPauseMs;
        await state.worker.drain(soonMs);
      }
    },
    /** Lets what was delivered be handled, and time go by. */
    async pass(ms: number): Promise<void> {
      await storing;
      await state.worker.drain(soonMs);
      clock += ms;
    },
    async close(): Promise<void> {
      await state.worker.stop(1_000);
      await state.close();
    },
  };
}
