import { createHmac } from "node:crypto";
import type { PagerConfig } from "../../config/pager.ts";
import { incidentName } from "../../pipeline/incidents/incident.ts";
import type { Pager } from "../../pipeline/pager/pager.ts";
import { postPage } from "./post-page.ts";

export const timestampHeader = "x-nextrust-timestamp";
export const signatureHeader = "x-nextrust-signature";

/** Anything that takes a signed request. */
export function webhookPager({ url, secrets }: Pick<PagerConfig, "url" | "secrets">, now: () => number): Pager {
  return {
    async tell({ incident, ordinal, action, summary, severity, repository, url: failure, by }) {
      const name = incidentName({ number: incident });
      const page = { id: `${name}/${ordinal}/${action}`, incident: name, action, summary, severity, repository, url: failure, by };
      const body = JSON.stringify(page);
      const timestamp = String(Math.floor(now() / 1000));
      const headers = { [timestampHeader]: timestamp, [signatureHeader]: sign(secrets[0]?.reveal() ?? "", timestamp, body) };
      await postPage({ url, body, headers, fix: "is pager.url right, and does it know PAGER_SECRET? See docs/pager.md" });
    },
  };
}

const sign = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
