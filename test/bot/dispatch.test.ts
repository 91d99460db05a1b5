import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Delivery, toPayload } from "../../src/bot/delivery.ts";
import { createDispatch } from "../../src/bot/dispatch.ts";
import { commands } from "../../src/commands/index.ts";
import { reviewRulesOf } from "../../src/config/ai/reviews.ts";
import { designLimitsOf } from "../../src/config/ai.ts";
import { Settings } from "../../src/config/settings.ts";
import { ServiceError, storage } from "../../src/errors.ts";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import type { Pipeline } from "../../src/pipeline/pipelines.ts";
import { emptyBook } from "../../src/pipeline/usage/price-book.ts";
import { outcomes } from "../../src/reply.ts";
import type { Services } from "../../src/services.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";

const green: Pipeline = {
  repository: "o/r",
  headSha: "ab12cd3".padEnd(40, "0"),
  headUrl: "https://x.test/c",
  subject: { kind: "ref", name: "main" },
  counts: { passed: 1 },
  jobs: [{ name: "build", state: "passed", isRequired: true }],
};

const aMember = { name: "ada", kind: "member" } as const;
const settings = Settings.parse({
  channels: [{ id: "C0000001", repositories: ["o/r"] }],
  links: [{ slack: "U0000001", github: { id: 1, login: "ada" } }],
});

let state: EmbeddedState;
let mood: "well" | "away" | "broken" | "stateless" = "well";
const answer = async <T>(value: T): Promise<T> => {
  if (mood === "stateless") throw new ServiceError("The database was busy for too long.", { service: storage, retryable: true });
  if (mood === "away") throw new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true });
  if (mood === "broken") throw new TypeError("undefined is not a function");
  return value;
};

beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterAll(() => state.close());

function dispatch(delivery: Delivery): Promise<void> {
  const services: Services = {
    pipelines: { ofPullRequest: () => answer(green), ofRef: () => answer(green), newestPullRequestBy: () => answer(undefined) },
    pullRequests: {
      openBy: () => answer([]),
      idOf: () => answer(undefined),
      authorOf: () => answer(undefined),
      ofHead: () => answer(undefined),
      endsOf: () => answer(new Map()),
    },
    permissions: { roleOf: () => answer("read" as const) },
    links: {
      of: async (user) => (user === "U0000001" ? { id: 1, login: "ada" } : undefined),
      slackUserOf: async (id) => (id === 1 ? "U0000001" : undefined),
      pinned: { of: () => undefined, slackUserOf: () => undefined },
    },
    knownIssues: { all: [], mistakesIn: () => [], fits: () => false },
    priceBook: emptyBook,
    money: { zone: "UTC" },
    runnerPrices: [],
    reports: settings.reports,
    internalsOn: [],
    phasePlans: { of: () => undefined },
    evidence: { paths: () => answer(new Map()), newestRun: () => answer(undefined) },
    onCall: { schedules: [], at: (schedule) => answer({ schedule, now: { people: [] }, isEmpty: true }) },
    accounts: undefined,
    invitations: undefined,
    workspace: {
      member: () => (mood === "stateless" ? answer(aMember) : Promise.resolve(aMember)),
      channel: async () => ({ kind: "internal", isOurs: true, isPrivate: false }),
      permalink: async () => "https://x.test",
    },
    repositories: { isPrivate: () => answer(false) },
    runs: {
      ofCommit: () => answer([]),
      find: () => answer(undefined),
      jobs: () => answer([]),
      rerun: () => answer(undefined),
      cancel: () => answer(undefined),
      approve: () => answer(undefined),
    },
    workflows: {
      list: () => answer([]),
      inputs: () => answer(undefined),
      dispatch: () => answer({}),
      startedSince: () => answer([]),
    },
    caches: { list: () => answer([]), delete: () => answer(true) },
    jobLogs: { open: () => answer({ state: "absent" as const }), annotations: () => answer([]) },
    redeliveries: { failedSince: () => answer([]), redeliver: () => answer(undefined) },
    claims: state.claims,
    keys: state.keys,
    records: state.records,
    now: () => Date.now(),
    wait: async () => {},
    runFacts: {} as Services["runFacts"],
    channels: { of: () => undefined },
    prompts: {} as Services["prompts"],
    askAbovePico: 0n,
    reviewRules: (repository) => reviewRulesOf([], repository),
    designLimits: designLimitsOf(settings.ai),
    history: { onBranch: () => answer([]), atMergeBase: () => answer(undefined) },
    blame: { between: () => answer([]), codeOwners: () => answer([]) },
    changes: {
      pull: async () => undefined,
      files: async () => ({ files: [], isCut: false }),
      between: async () => undefined,
      file: async () => undefined,
    },
    branches: { isProtected: () => answer(false) },
    policies: [],
    followed: [],
    timings,
    pager: undefined,
    discussions: [],
    secrets: [],
  };
  const reactions = { acceptOnce: () => () => {}, finish: async () => {} };
  const run = createDispatch({ commands, settings, services, reactions, log: pino({ level: "silent" }), now: () => Date.now() });
  return run({ id: delivery.source, task: "answer", payload: toPayload(delivery), attempt: 1, signal: new AbortController().signal });
}

let count = 0;
const typed = (text: string, user: string): Delivery => {
  count += 1;
  return {
    surface: "slack",
    source: `slack:${count}`,
    receivedAt: 0,
    team: "T1",
    user,
    userName: "ada",
    channel: "C0000001",
    responseUrl: "",
    text,
  };
};
const aComment = (source: string): Delivery => ({
  surface: "github",
  source,
  receivedAt: 0,
  saidAt: 0,
  repository: "o/r",
  isPrivate: false,
  place: { kind: "pull_request", number: 7, subjectId: "PR_7" },
  saidId: `IC_${source}`,
  user: { id: 1, login: "ada" },
  association: "MEMBER",
  text: "/ci-whoami",
});
const find = (key: string) => state.records.transaction(({ outbox }) => outbox.find(key));
const latest = (limit: number) => state.records.transaction(({ audit }) => audit.latest(limit));

const word = fc.oneof(
  fc.constantFrom(
    ...commands.map(({ name }) => name),
    "#1",
    "o/r#2",
    "--",
    "--flag",
    "k=v",
    '"',
    "“",
    "__proto__",
    "constructor",
    "@",
    "\u0000",
    "&lt;",
    "<@U1>",
  ),
  fc.string({ unit: "binary", maxLength: 10 }),
);

describe("dispatch", () => {
  it("gives any text inside the prefix exactly one outcome and one answer, whatever the services do", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 6 }).map((words) => words.join(" ")),
        fc.constantFrom("U0000001", "U0000002"),
        fc.constantFrom("well", "away", "broken"),
        async (text, user, nextMood) => {
          mood = nextMood as typeof mood;
          const delivery = typed(text, user);

          await dispatch(delivery);
          await dispatch(delivery);

          const message = await find(`reply:${delivery.source}`);
          const entries = (await latest(3)).filter(({ intent }) => intent.startsWith(`${delivery.source}:`));
          const [entry] = entries;
          expect(message?.answers).toHaveLength(1);
          expect(outcomes).toContain(entry?.outcome);
          expect(entry?.reason).toMatch(/^[a-z_]+$/);
          // One that failed ran again, as it may; any other outcome is the only one.
          expect(entries).toHaveLength(entry?.outcome === "failed" ? 2 : 1);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("keeps the answers on one pull request in order, and lets no private answer wait for another", async () => {
    mood = "well";
    const [first, second] = [typed("whoami", "U0000001"), typed("whoami", "U0000001")];
    const comments = ["1", "2"].map((id) => aComment(`github:comment:${id}`));
    for (const delivery of [first, second, ...comments]) await dispatch(delivery);

    const lanes = await Promise.all([first, second, ...comments].map(async ({ source }) => (await find(`reply:${source}`))?.lane));
    expect(lanes[0]).not.toBe(lanes[1]);
    expect(lanes.slice(2)).toEqual(["github:o/r#7", "github:o/r#7"]);
  });

  it.each([
    ["in Slack", () => typed("status", "U0000001")],
    ["from somebody whose role must be looked up", () => ({ ...aComment("github:comment:9"), text: "/ci-status" })],
  ])("answers nothing while our own state fails, so that the delivery runs again: %s", async (_, aDelivery) => {
    mood = "stateless";
    const delivery = aDelivery();

    await expect(dispatch(delivery)).rejects.toThrow("The database was busy for too long.");

    expect(await find(`reply:${delivery.source}`)).toBeUndefined();
  });

  it("takes a click's command as it is, and what was typed as Slack changed it", async () => {
    mood = "well";
    const command = 'whoami "build — a &lt; b"';
    const [click, text] = [{ ...typed(command, "U0000001"), isClick: true } as const, typed(command, "U0000001")];
    for (const delivery of [click, text]) await dispatch(delivery);

    expect((await latest(2)).map((entry) => entry.text).reverse()).toEqual([command, 'whoami "build -- a < b"']);
  });

  it("names a bug by a reference that the log has too, and shows nothing of it", async () => {
    mood = "broken";
    const delivery = typed("status", "U0000001");

    await dispatch(delivery);

    const [said] = (await find(`reply:${delivery.source}`))?.answers ?? [];
    expect(JSON.stringify(said)).toMatch(/Something broke inside the bot\. Tell whoever runs it the reference [0-9a-f]{8}\./);
    expect(JSON.stringify(said)).not.toContain("undefined is not a function");
  });
});
