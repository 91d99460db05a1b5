import { z } from "zod";
import { slackId, zone } from "./words.ts";

/** `budgets` of the settings: where they are told of. How much they are stands in config/model-pricing.json. docs/budgets.md explains it. */
export const Budgets = z
  .strictObject({
    channel: slackId("CG", "channel")
      .optional()
      .meta({ description: "id of the channel that is told when a budget is crossed", unset: "nobody is told in Slack" }),
    zone: zone.default("UTC").meta({ description: "IANA time zone in which hours, days, weeks and months of money begin and end" }),
  })
  .prefault({});
export type Budgets = z.infer<typeof Budgets>;
