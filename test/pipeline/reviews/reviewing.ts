import { reviewPrompt } from "../../../src/ai/prompts/review.ts";
import { reviewRulesOf } from "../../../src/config/ai/reviews.ts";
import type { AuditEntry } from "../../../src/pipeline/audit.ts";
import type { ChangedFiles, PullChange } from "../../../src/pipeline/changes.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Json } from "../../../src/pipeline/json.ts";
import type { StoredMessage } from "../../../src/pipeline/outbox.ts";
import { checkKey } from "../../../src/pipeline/own-checks.ts";
import type { Records, Transaction } from "../../../src/pipeline/records.ts";
import { checkOf, summaryKey } from "../../../src/pipeline/reviews/put-review.ts";
import { createReview } from "../../../src/pipeline/reviews/review-pull.ts";
import { type ReviewWish, reviewTask } from "../../../src/pipeline/reviews/wish.ts";
import type { Reply } from "../../../src/reply.ts";
import type { Services } from "../../../src/services.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aBook, scriptedChannel } from "../design/scripted-channel.ts";
import { aFile, aSaid, pay } from "./a-change.ts";

const { place, asker } = anOperation();
const at = Date.parse("2026-11-23T12:00:00Z");
export const of = { repository: "acme/shop", pullRequest: 12, channel: "o3" } as const;

const asked = { intent: "comment-1", command: "force-review", text: "force-review o3", repository: "acme/shop", pullRequest: 12 };

/** What somebody forced. */
export const aWish = (changes: Partial<ReviewWish> = {}): ReviewWish => ({
  id: "comment-1",
  repository: "acme/shop",
  number: 12,
  headSha: "a".repeat(40),
  channel: "o3",
  how: "forced",
  asked: { ...asked, place, asker, askedAt: at },
  at,
  ...changes,
});

/** What began by itself. */
export function byItself(how: "opened" | "push", headSha = "a".repeat(40)): ReviewWish {
  const { asked: _, ...wish } = aWish({ id: `auto:${how}:${headSha}`, how, headSha });
  return wish;
}

/** Reviews on a real embedded state, with a pull request and a model that are scripted. */
export async function startReviewing() {
  const state = await openEmbedded({ file: ":memory:", now: () => at });
  const channel = scriptedChannel();
  channel.play({ says: { summary: "It pays.", findings: [aSaid({ line: 3 })] } });
  const files = [aFile("src/pay.ts", "", pay.before)];
  const changed: ChangedFiles = { files, isCut: false };
  const records: Records = {
    async transaction(work) {
      if (reviewing.dieAt !== undefined && --reviewing.dieAt < 0) throw new Error("The process is dead.");
      return state.records.transaction(work);
    },
  };
  const services = {
    changes: {
      pull: async () => {
        if (reviewing.gitHubFails) throw reviewing.gitHubFails;
        return reviewing.pull;
      },
      files: async () => changed,
      between: async () => reviewing.newer,
      file: async () => undefined,
    },
    channels: channel,
    prompts: { review: reviewPrompt } as Services["prompts"],
    reviewRules: (name: string) => reviewRulesOf([], name),
    phasePlans: { of: () => undefined },
    priceBook: aBook(),
    keys: state.keys,
    records,
    money: { zone: "UTC" },
    timings,
    secrets: [],
    repositories: { isPrivate: async () => true },
    internalsOn: [],
    now: () => at,
  };
  const tx = <T>(work: (tx: Transaction) => Promise<T>) => state.records.transaction(work);
  const find = (key: string): Promise<StoredMessage | undefined> => tx(({ outbox }) => outbox.find(key));
  const reviewing = {
    channel,
    services,
    /** From that transaction on all fail: the process is dead. */
    dieAt: undefined as number | undefined,
    gitHubFails: undefined as Error | undefined,
    newer: undefined as ChangedFiles | undefined,
    pull: {
      ...{ repository: "acme/shop", number: 12, subjectId: "PR_1", url: "https://github.com/acme/shop/pull/12", title: "Pay", body: "" },
      ...{ author: { id: 1, login: "ada", isBot: false }, labels: [], state: "open", isDraft: false, isFork: false },
      ...{ headSha: "a".repeat(40), baseSha: "b".repeat(40), baseBranch: "main" },
    } as PullChange,
    tx,
    find,
    run: (wish: ReviewWish = aWish(), attempt = 1) => {
      const job = { id: wish.id, task: reviewTask, payload: wish as unknown as Json, attempt, signal: new AbortController().signal };
      return createReview(services)(job);
    },
    /** Puts the first answer, which says that it is under way. */
    answer: () =>
      tx(({ outbox }) => {
        const parts = [{ kind: "text", text: "Reviewing." }] as const;
        const reply: Reply = { outcome: "queued", reason: "reviewing", audience: "thread", parts };
        const address = { surface: "github", repository: "acme/shop", subjectId: "PR_1" } as const;
        return outbox.put({ key: place.message, lane: place.message, address, answers: [{ reply }] });
      }),
    reply: async () => (await find(place.message))?.answers[0]?.reply,
    summary: () => find(summaryKey(of)),
    inline: (wish = aWish()) => find(`review:inline:${wish.id}`),
    check: async (headSha = "a".repeat(40)) => (await find(checkKey(checkOf(of, headSha))))?.answers[0]?.reply,
    audit: (): Promise<readonly AuditEntry[]> => tx(({ audit }) => audit.latest(50)),
    close: () => state.close(),
  };
  return reviewing;
}
export type Reviewing = Awaited<ReturnType<typeof startReviewing>>;
