import type { PagerConfig } from "../../config/pager.ts";
import { incidentName } from "../../pipeline/incidents/incident.ts";
import { toIncidentKey } from "../../pipeline/pager/incident-key.ts";
import type { Page } from "../../pipeline/pager/page.ts";
import type { Pager } from "../../pipeline/pager/pager.ts";
import { clip, printable } from "../render/printable.ts";
import { postPage } from "./post-page.ts";

/** PagerDuty takes 1024 characters, and this is fewer however it counts them. */
const longestSummary = 500;

/**
 * PagerDuty by its Events API v2 (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/).
 *
 * @param installation what the keys of our incidents begin with
 */
export function pagerDuty(
  { url, routingKey }: Pick<Extract<PagerConfig, { kind: "pagerduty" }>, "url" | "routingKey">,
  installation: () => Promise<string>,
): Pager {
  return {
    async tell(page) {
      const event = {
        routing_key: routingKey.reveal(),
        event_action: page.action,
        dedup_key: toIncidentKey(await installation(), page.incident),
        ...(page.action === "trigger" && toAlert(page)),
      };
      const fix = "is PAGER_ROUTING_KEY the integration key of an Events API v2 integration, and pager.url right";
      await postPage({ url: `${url}/v2/enqueue`, body: JSON.stringify(event), fix: `${fix}? See docs/pager.md` });
    },
  };
}

function toAlert({ incident, summary, severity, repository, url }: Page): object {
  const name = incidentName({ number: incident });
  return {
    payload: {
      summary: clip(printable(summary).replaceAll(/\s+/g, " ").trim(), longestSummary),
      source: repository,
      severity,
      component: repository,
      class: "ci",
      custom_details: { incident: name },
    },
    links: [{ href: url, text: `The failure (${name})` }],
    client: "NeXTRust CI",
    client_url: url,
  };
}
