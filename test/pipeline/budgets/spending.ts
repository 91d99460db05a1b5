import { UserError } from "../../../src/errors.ts";
import { createEvaluateBudgets } from "../../../src/pipeline/budgets/evaluate.ts";
import { createExpire, settle } from "../../../src/pipeline/budgets/expire.ts";
import { recordUsage } from "../../../src/pipeline/budgets/record-usage.ts";
import type { Granted, Wish } from "../../../src/pipeline/budgets/reservation.ts";
import { reserve } from "../../../src/pipeline/budgets/reserve.ts";
import { createTellPull } from "../../../src/pipeline/budgets/tell-pull.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { OutgoingMessage } from "../../../src/pipeline/outbox.ts";
import type { Transaction } from "../../../src/pipeline/records.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { emptyBook, type PriceBook, type PricedModel } from "../../../src/pipeline/usage/price-book.ts";
import type { Usage } from "../../../src/pipeline/usage/usage.ts";
import { cellWords } from "../../../src/reply.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";

/** Of all workers of this process. */
let looks = 0;

export const usd = (amount: string): bigint => parseUsd(amount) ?? 0n;

/** One token out costs a dollar, so that amounts are easy to read. */
const dollars: PricedModel = {
  name: "dollar",
  provider: "anthropic",
  aliases: [],
  prices: [{ from: 0, source: "https://example.org", uncachedIn: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n, out: usd("1") }],
  limits: {},
};

export const aBook = (changes: Partial<PriceBook> = {}): PriceBook => ({
  ...emptyBook,
  isAlerting: true,
  models: [dollars],
  thresholds: {
    session: { warningPico: usd("8"), criticalPico: usd("10") },
    pr: { warningPico: usd("16"), criticalPico: usd("20") },
    day: { warningPico: usd("80"), criticalPico: usd("100") },
  },
  ...changes,
});

export const withLimits = (limits: PricedModel["limits"]): Partial<PriceBook> => ({ models: [{ ...dollars, limits }] });

export interface Spending {
  now: number;
  book: PriceBook;
  /** Asked for by name: whether only some see the repository. */
  isPrivate: boolean;
  readonly internalsOn: string[];
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Spends so many dollars, and looks at the budgets. */
  spend(amount: number, about?: Partial<Usage>): Promise<void>;
  record(amount: number, about?: Partial<Usage>): Promise<void>;
  look(): Promise<void>;
  ask(wish?: Partial<Wish>): Promise<Granted>;
  settle(id: string): Promise<boolean>;
  expire(id: string): Promise<void>;
  /** What the channel reads, a message in a line, in the order in which they were begun; with how often each was sent or edited. */
  told(): readonly string[];
  edits(): readonly number[];
  /** What stands on pull requests. */
  onPulls(): readonly string[];
  close(): Promise<void>;
}

export async function startSpending(at: string, book = aBook(), file = ":memory:"): Promise<Spending> {
  const messages = new Map<string, { message: OutgoingMessage; edits: number }>();
  const pulls: { repository: string; pullRequest: number }[] = [];
  let count = 0;
  const state = await openEmbedded({ file });
  const services = {
    records: {
      transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
        state.records.transaction((tx) =>
          work({
            ...tx,
            outbox: { ...tx.outbox, put: async (message) => keep(message) },
            queue: {
              async add(job) {
                if (job.task === "tell-pull-of-budget") pulls.push(job.payload as (typeof pulls)[number]);
                return tx.queue.add(job);
              },
            },
          }),
        ),
    },
    get priceBook() {
      return spending.book;
    },
    money: { zone: "Europe/Berlin", channel: "C0MONEY" },
    timings,
    now: () => spending.now,
    pullRequests: { idOf: async () => "PR_1" },
    repositories: {
      async isPrivate(repository: string) {
        if (repository === "else/where") throw new UserError("refused", "not_installed", "The App is not there.");
        return spending.isPrivate;
      },
    },
    internalsOn: [] as string[],
  };
  function keep(message: OutgoingMessage) {
    const before = messages.get(message.key);
    if (JSON.stringify(before?.message) === JSON.stringify(message)) return;
    messages.set(message.key, { message, edits: (before?.edits ?? 0) + 1 });
  }
  const look = async () => {
    await createEvaluateBudgets(services)({
      id: `look:${++looks}`,
      task: "",
      payload: {},
      attempt: 1,
      signal: new AbortController().signal,
    });
    const tell = createTellPull(services as never);
    for (const payload of pulls.splice(0)) await tell({ id: "", task: "", payload, attempt: 1, signal: new AbortController().signal });
  };
  const inOrder = (surface: string) => [...messages.values()].filter(({ message }) => message.address.surface === surface);
  const spending: Spending = {
    now: Date.parse(at),
    book,
    isPrivate: true,
    internalsOn: services.internalsOn,
    tx: (work) => services.records.transaction(work),
    async record(amount, about = {}) {
      const usage: Usage = {
        id: `request:${++count}`,
        at: spending.now,
        provider: "anthropic",
        model: "dollar",
        service: "openai-api",
        basis: "metered",
        tokens: { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: amount, reasoning: 0 },
        ...about,
      };
      await services.records.transaction((tx) => recordUsage(tx, [usage], services));
    },
    async spend(amount, about) {
      await spending.record(amount, about);
      await look();
    },
    look,
    ask: (wish) =>
      services.records.transaction((tx) =>
        reserve(
          tx,
          { id: `wish:${++count}`, service: "openai-api", model: "dollar", estimatePico: usd("1"), leaseMs: 60_000, ...wish },
          services,
        ),
      ),
    settle: (id) => services.records.transaction((tx) => settle(tx, id, services)),
    expire: (id) => createExpire(services)({ id: "", task: "", payload: { id }, attempt: 1, signal: new AbortController().signal }),
    told: () => inOrder("slack_post").map(({ message }) => wordsOf(message)),
    edits: () => inOrder("slack_post").map(({ edits }) => edits),
    onPulls: () => inOrder("github").map(({ message }) => wordsOf(message)),
    close: () => state.close(),
  };
  return spending;
}

function wordsOf({ answers }: OutgoingMessage): string {
  return answers
    .flatMap(({ reply }) => reply.parts)
    .flatMap((part) =>
      part.kind === "text" ? [part.text] : part.kind === "table" ? part.rows.map(({ cells }) => cells.map(cellWords).join(" | ")) : [],
    )
    .join(" / ");
}
