import { type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { type AskNeeds, ask } from "../ai/ask.ts";
import { findKept } from "../ai/cached-answer.ts";
import { candidatesOf } from "../ai/estimate.ts";
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

/** What holds it up; an answer from before is held up by nothing, nor is one wish by itself after a crash. */
async function limitOf(wish: DesignWish, prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<ReachedLimit | undefined> {
  if (!wish.isForced && (await isKept(prompt, services))) return undefined;
  return services.records.transaction((tx) => reachedLimit(tx, wish.id, services));
}

async function isKept(prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<boolean> {
  const channel = services.channels.of(designChannel);
  const [first] = channel ? candidatesOf(channel, services.priceBook, services.now()) : [];
  return first !== undefined && (await findKept(prompt, first.model, services)) !== undefined;
}

async function answer(wish: DesignWish, prompt: Prompt<DesignAnswer>, services: DesignNeeds): Promise<Reply> {
  const { id, about, from, isForced } = wish;
  const asked = await ask([prompt], { ...about, id, channel: designChannel, ...(isForced && { isForced }) }, services);
  return describeDesign(asked, {
    showsMoney: from.kind === "session" || from.showsMoney,
    ...(from.kind === "person" && from.again !== undefined && { again: from.again }),
    secrets: services.secrets,
  });
}

const replyToLimit = ({ reason, message }: ReachedLimit): Reply => ({
  outcome: "refused",
  reason,
  audience: "thread",
  parts: [text(message, "bad")],
});
