import { type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { type AskNeeds, ask } from "../ai/ask.ts";
import { findKept } from "../ai/cached-answer.ts";
import { candidatesOf } from "../ai/estimate.ts";
import type { Prompt } from "../ai/prompt.ts";
import { awaitFirstAnswer } from "../asked.ts";
import type { Job } from "../queue.ts";
import { isTold } from "../told-once.ts";
import { describeDesign } from "./describe.ts";
import type { DesignAnswer } from "./design.ts";
import { designChannel } from "./expected.ts";
import { type ReachedLimit, reachedLimit } from "./reached-limit.ts";
import { tell } from "./tell.ts";
import type { DesignWish } from "./wish.ts";

export type DesignNeeds = AskNeeds & Pick<Services, "prompts" | "designLimits">;

/** Asks for the design, within its limits, and tells what came of it: once, however often the job runs. */
export function createDesignHelp(services: DesignNeeds): (job: Job) => Promise<void> {
  const { records, prompts, now } = services;
  return async ({ payload }) => {
    const wish = payload as unknown as DesignWish;
    const { from, askedAt } = wish;
    const isOver = await records.transaction(async (tx) => {
      if (await isTold(wish.id, tx)) return true;
      if (from.kind === "person") await awaitFirstAnswer({ ...from, askedAt }, tx, now());
      return false;
    });
    if (isOver) return;

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
