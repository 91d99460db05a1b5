import { randomBytes } from "node:crypto";
import type { PagerConfig } from "../../config/pager.ts";
import { installationOf } from "../../pipeline/pager/incident-key.ts";
import type { Pager } from "../../pipeline/pager/pager.ts";
import type { Records } from "../../pipeline/records.ts";
import { pagerDuty } from "./pagerduty.ts";
import { webhookPager } from "./webhook.ts";

/** The pager that is configured. */
export function createPager(config: PagerConfig, records: Records, now: () => number): Pager {
  if (config.kind === "webhook") return webhookPager(config, now);
  return pagerDuty(config, () => records.transaction((tx) => installationOf(tx, () => randomBytes(4).toString("hex"))));
}
