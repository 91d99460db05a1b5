import { z } from "zod";
import type { FailedDelivery, Redeliveries } from "../../pipeline/redeliveries.ts";
import type { GitHub } from "./client.ts";
import { rethrow } from "./errors.ts";
import { eventsWithWords } from "./events.ts";

const pageSize = 100;
const mostPages = 20;

const Listed = z.array(
  z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), event: z.string(), status_code: z.number() }),
);

/** Runs are read again by the sweep anyway; what people said comes only this way. A 4xx of ours would be the same again. */
const isWorthIt = ({ event, status_code: code }: z.infer<typeof Listed>[number]): boolean =>
  eventsWithWords.has(event) && !(code >= 400 && code < 500);

export function githubRedeliveries({ asApp }: GitHub): Redeliveries {
  return {
    async failedSince(since) {
      if (!asApp) return undefined;
      const failed: FailedDelivery[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        // `status` is not in Octokit's types, but in GitHub's route.
        const asked = { per_page: pageSize, status: "failure", ...(cursor !== undefined && { cursor }) };
        const { data, headers } = await asApp.apps.listWebhookDeliveries(asked).catch(rethrow);
        const listed = Listed.parse(data).map((delivery) => ({ ...delivery, at: Date.parse(delivery.delivered_at) }));
        failed.push(
          ...listed.filter((delivery) => delivery.at >= since && isWorthIt(delivery)).map(({ id, guid, at }) => ({ id, guid, at })),
        );
        cursor = /[?&]cursor=([^&>]+)[^>]*>; rel="next"/.exec(headers.link ?? "")?.[1];
        if (cursor === undefined || listed.length === 0 || listed.some(({ at }) => at < since)) break;
      }
      return failed;
    },

    async redeliver(id) {
      await asApp?.apps.redeliverWebhookDelivery({ delivery_id: id }).catch(rethrow);
    },
  };
}
