import { ServiceError } from "../../errors.ts";
import type { SlackBlock, SlackMessage } from "../render/block-kit.ts";
import type { ChartRefusals } from "./chart-refusals.ts";
import { codeOf } from "./client.ts";

export interface Content {
  readonly text: string;
  readonly blocks?: SlackBlock[];
}

/** What became of a message: Slack took it, or it does not like the blocks. */
export type Attempt<T> = { readonly sent: T } | { readonly refusal: BlockRefusal };

export const blockRefusals = ["invalid_blocks", "msg_blocks_too_long"] as const;
export type BlockRefusal = (typeof blockRefusals)[number];

/**
 * Sends a message in the best form that Slack takes: with its charts, with tables in their place, or its words alone, because blocks that Slack
 * does not like may not keep the words from the person.
 *
 * @throws ServiceError; what `send` throws
 */
export async function sendInBestForm<T>(
  { text, blocks, withoutCharts }: SlackMessage,
  refusals: ChartRefusals,
  send: (content: Content) => Promise<Attempt<T>>,
): Promise<T> {
  const drawn = withoutCharts === undefined || refusals.areRefused() ? undefined : await send({ text, blocks });
  if (drawn && "sent" in drawn) return drawn.sent;

  const plain = await send({ text, blocks: withoutCharts ?? blocks });
  if ("sent" in plain) {
    // A message that is too long says nothing about charts.
    if (drawn?.refusal === "invalid_blocks") refusals.add(drawn.refusal);
    return plain.sent;
  }
  const words = await send({ text });
  if ("sent" in words) return words.sent;
  throw new ServiceError(`Slack refused (${words.refusal}).`, { service: "Slack", retryable: false });
}

/** A call of Slack's client as an attempt; throws what it throws for other reasons. */
export async function attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { sent: await call() };
  } catch (error) {
    const refusal = blockRefusals.find((code) => code === codeOf(error));
    if (refusal === undefined) throw error;
    return { refusal };
  }
}
