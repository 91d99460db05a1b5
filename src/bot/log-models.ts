import type { Logger } from "pino";
import { lookAtModels } from "../pipeline/ai/look-at-models.ts";
import type { Retirements } from "../pipeline/ai/retirements.ts";
import type { Services } from "../services.ts";

/** Tells the log whether the models that are configured can be asked. Nobody waits for it, and no start fails for it. */
export async function logModels(
  services: Pick<Services, "channels" | "priceBook" | "now">,
  retirements: Retirements,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  try {
    const { channels, notices } = await lookAtModels(services, retirements, stop);
    if (stop.aborted) return;
    for (const { problem, ...about } of notices) log.warn({ ...about, problem }, "something is to be known of a model");
    if (channels.length > 0 && notices.length === 0) log.info({ channels }, "all models can be asked");
  } catch (error) {
    log.error({ err: error }, "looking at the models failed");
  }
}
