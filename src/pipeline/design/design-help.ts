import { type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { type Asked, type AskNeeds, ask } from "../ai/ask.ts";
import { findKept, type KeptAnswer } from "../ai/cached-answer.ts";
import { type Candidate, candidatesOf } from "../ai/estimate.ts";
import type { Prompt } from "../ai/prompt.ts";
import { type Job, Postponed } from "../queue.ts";
import { describeDesign } from "./describe.ts";
import type { DesignAnswer } from "./design.ts";
import { designChannel } from "./expected.ts";
import { type ReachedLimit, reachedLimit } from "./reached-limit.ts";
import { isTold, isToldWhere, tell } from "./tell.ts";
import type { DesignWish } from "./wish.ts";

const replyComesWithinMs = 120_000;
const lookAgainMs = 1_000;

export type DesignNeeds = AskNeeds & Pick<Services, "prompts" | "designLimits">;

/** Asks for the design, within its limits, and tells what came of it: once, however often the job runs. */
export function createDesignHelp(services: DesignNeeds): (job: Job) => Promise<void> {
  const { records, prompts, now } = services;
  return async ({ payload }) => {
    const wish = payload as unknown as DesignWish;
    const place = await records.transaction(async (tx) =>
      (await isTold(wish, tx)) ? "told" : (await isToldWhere(wish, tx)) ? "there" : "not there",
    );
    if (place === "told") return;
    // Other commands of the same comment may still be at work, and an answer that is paid for has to have somewhere to go.
    if (place === "not there" && now() - wish.askedAt < replyComesWithinMs) throw new Postponed(lookAgainMs);

    const prompt = prompts.design(wish.input);
    const limit = await limitOf(wish, prompt, services);
    const reply = limit ? replyToLimit(limit) : await answer(wish, prompt, services);
    await tell(wish, reply, services);
  };
}

/** What holds it up; an answer from before is held up by nothing, nor is what was let through before a crash. */
async function limitOf(wish: DesignWish, prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<ReachedLimit | undefined> {
  if (!wish.isForced && (await keptFor(prompt, services))) return undefined;
  return services.records.transaction(async (tx) => {
    const before = await tx.asks.find(wish.id);
    return before ? undefined : reachedLimit(tx, wish.id, services);
  });
}

type Kept = KeptAnswer<DesignAnswer>;

/** What who is asked first answered before. */
async function keptFor(prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<Kept | undefined> {
  const [first] = candidates(services);
  return first && findKept(prompt, first.model, services);
}

function candidates({ channels, priceBook, now }: DesignNeeds): readonly Candidate[] {
  const channel = channels.of(designChannel);
  return channel ? candidatesOf(channel, priceBook, now()) : [];
}

async function answer(wish: DesignWish, prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<Reply> {
  const { from } = wish;
  const told = {
    wish,
    showsMoney: from.kind === "session" || from.showsMoney,
    ...(from.kind === "person" && from.again !== undefined && { again: from.again }),
    secrets: services.secrets,
  };
  return describeDesign((await keptFromBefore(wish, prompt, services)) ?? (await askNow(wish, prompt, services)), told);
}

/** It was answered, and the process died before that was told: its answer is told, and what it cost. */
async function keptFromBefore(
  wish: DesignWish,
  prompt: Prompt<DesignAnswer>,
  services: DesignNeeds,
): Promise<Asked<DesignAnswer> | undefined> {
  const before = await services.records.transaction(({ asks }) => asks.find(wish.id));
  if (before?.end?.outcome !== "answered") return undefined;
  const all = await Promise.all(candidates(services).map(({ model }) => findKept(prompt, model, services)));
  const kept = all.find((one) => one !== undefined && one.at >= before.at);
  if (!kept) return undefined;
  const { value, model, name, service, at: keptAt } = kept;
  const { costPico = 0n } = before.end;
  return {
    kind: "asked",
    results: [{ kind: "answered", value, model, name, service, keptAt }],
    passedOver: [],
    costPico,
    isCostUncertain: false,
  };
}

async function askNow(wish: DesignWish, prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<Asked<DesignAnswer>> {
  const kept = wish.isForced ? await keptFor(prompt, services) : undefined;
  // What came since it was wished for is as new as it can be: after a crash it is not paid for twice.
  const isForced = wish.isForced === true && !(kept && kept.at >= wish.askedAt);
  return ask([prompt], { ...wish.about, id: wish.id, channel: designChannel, ...(isForced && { isForced }) }, services);
}

const replyToLimit = ({ reason, message }: ReachedLimit): Reply => ({
  outcome: "refused",
  reason,
  audience: "thread",
  parts: [text(message, "bad")],
});
