import { ack } from "../../../src/commands/ack.ts";
import type { Command, Context } from "../../../src/commands/command.ts";
import { escalate } from "../../../src/commands/escalate.ts";
import { Arguments } from "../../../src/commands/grammar/arguments.ts";
import { parseSlashText } from "../../../src/commands/grammar/command-line.ts";
import { incidents } from "../../../src/commands/incidents.ts";
import { resolve } from "../../../src/commands/resolve.ts";
import { snooze } from "../../../src/commands/snooze.ts";
import { unack } from "../../../src/commands/unack.ts";
import { ServiceError } from "../../../src/errors.ts";
import type { Incident, Person, Transition } from "../../../src/pipeline/incidents/incident.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Json } from "../../../src/pipeline/json.ts";
import type { Transaction } from "../../../src/pipeline/records.ts";
import type { Reply } from "../../../src/reply.ts";
import type { Services } from "../../../src/services.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { aRed, at, repository, store } from "./an-incident.ts";

const commands = [ack, escalate, incidents, resolve, snooze, unack] as unknown as readonly Command[];

/** People who act on incidents of acme/shop, whose state is in memory. */
export interface People {
  readonly state: EmbeddedState;
  readonly services: Services;
  /** Moves the clock there; `at` at first. */
  setNow(to: number): void;
  /** Opens one; gives its number. */
  breaks(red?: Parameters<typeof aRed>[0]): Promise<number>;
  /** Runs `/ci <text>` as that person; a command that asks first is agreed to, unless it was before. */
  says(by: Person, text: string, more?: Partial<Context>, agreedTo?: Json): Promise<Reply>;
  /** What a command asks, where it asks. */
  asked(by: Person, text: string): Promise<unknown>;
  find(number: number): Promise<Incident | undefined>;
  timeline(number: number): Promise<readonly Transition[]>;
  /** The keys of everything that would be sent. */
  sent(...keys: readonly string[]): Promise<readonly string[]>;
}

const zones: Record<string, string> = { U1: "Europe/Berlin", U2: "America/New_York" };

export async function openPeople(onCall: readonly string[] | undefined = ["U3"]): Promise<People> {
  let now = at;
  let wishes = 0;
  const state = await openEmbedded({ file: ":memory:", now: () => now });
  const { records } = state;
  const services = {
    records,
    followed: [
      {
        repository: "Acme/Shop",
        channel: "C1",
        ...(onCall && { onCall: "primary" }),
        autoFix: { mode: "suggest", retry: true, workflows: [] },
        postMortem: false,
      },
    ],
    policies: [{ id: "C1", repositories: [repository] }],
    links: { of: async () => undefined, slackUserOf: async (id: number) => (id === 1 ? "U1" : undefined) },
    workspace: {
      async member(user: string) {
        if (user === "UAWAY") throw new ServiceError("Slack is away.", { service: "Slack", retryable: true });
        return { name: `name of ${user}`, kind: "member", ...(zones[user] && { zone: zones[user] }) };
      },
    },
    onCall: { schedules: ["primary"], at: async () => ({ schedule: "primary", now: { people: onCall ?? [] }, isEmpty: false }) },
    pager: undefined,
    timings,
    discussions: [],
    now: () => now,
  } as unknown as Services;

  function prepare(by: Person, text: string, more: Partial<Context>) {
    const surface = by.key.startsWith("slack:") ? "slack" : "github";
    const line = parseSlashText(text);
    const command = commands.find(({ name }) => name === line.verb);
    if (!command) throw new Error(`There is no ${line.verb}.`);
    const args = Arguments.parse(line);
    const input = command.parse(args);
    args.finish();
    const intent = `wish ${++wishes}`;
    const conclude = ({ audit }: Transaction, reply: Reply) =>
      audit.append({
        intent: more.intent ?? intent,
        endedAt: now,
        durationMs: 0,
        surface,
        actor: by.key,
        actorName: by.name,
        command: command.name,
        text,
        outcome: reply.outcome,
        reason: reply.reason,
        reply,
      });
    const context = {
      actor: { key: by.key, name: by.name, surface, ...(by.account && { account: by.account }) },
      target: { repository, isHome: true },
      ...(surface === "slack" && by.slackUser !== undefined && { slack: { channel: "C1", user: by.slackUser } }),
      intent,
      prefix: "/ci ",
      conclude,
      ...more,
    } as unknown as Context;
    return { command, input, context };
  }

  return {
    state,
    services,
    setNow(to) {
      now = to;
    },
    breaks: (red) => store(records, aRed(red), services),
    async says(by, text, more = {}, agreedTo = undefined) {
      const { command, input, context } = prepare(by, text, more);
      const agreed = agreedTo === undefined ? (await command.ask?.(input, context, services))?.agreedTo : agreedTo;
      return command.run(input, context, services, agreed);
    },
    async asked(by, text) {
      const { command, input, context } = prepare(by, text, {});
      return command.ask?.(input, context, services);
    },
    find: (number) => records.transaction((tx) => tx.incidents.find(number)),
    timeline: (number) => records.transaction((tx) => tx.incidents.timeline(number)),
    sent: (...keys) =>
      records.transaction(async ({ outbox }) => {
        const found = await Promise.all(keys.map(async (key) => ((await outbox.find(key)) ? [key] : [])));
        return found.flat();
      }),
  };
}

/** The command of somebody on GitHub. */
export const onGitHub = (person: Person): Person => ({
  key: `github:${person.account?.id}`,
  name: person.name,
  ...(person.account && { account: person.account }),
});
