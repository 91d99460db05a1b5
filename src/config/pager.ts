import { z } from "zod";
import type { Secret } from "../secret.ts";
import type { Environment } from "./environment.ts";
import type { Present } from "./present.ts";
import { isPrivateOnTheWay } from "./words.ts";

const pagerKinds = ["pagerduty", "webhook"] as const;
const pagerDutyUrl = "https://events.pagerduty.com";

const url = z
  .url({ protocol: /^https?$/, error: "is not an http(s) URL" })
  .refine(isPrivateOnTheWay, "has to be https: what passes there is nobody else's")
  .refine((value) => !hasCredentials(value), "holds a password: PAGER_SECRET signs what is sent");

/** `pager` of the settings: whom escalations wake. docs/pager.md explains it. */
export const Pager = z
  .strictObject({
    kind: z.enum(pagerKinds).meta({ description: "`pagerduty`, or `webhook` for anything that takes a signed request (docs/pager.md)" }),
    url: url.optional().meta({
      description: "where pages go; of PagerDuty the address before `/v2/enqueue`",
      unset: `\`${pagerDutyUrl}\`; kind \`webhook\` needs one`,
    }),
  })
  .superRefine(({ kind, url: given }, { addIssue }) => {
    if (kind === "webhook" && given === undefined)
      addIssue({ code: "custom", path: ["url"], message: "is missing: where does the webhook listen?" });
  });
export type Pager = z.infer<typeof Pager>;

/** How we speak to the pager. `secrets` are good for what it sends; of the kind `webhook` the first one signs what we send. */
export type PagerConfig =
  | { readonly kind: "pagerduty"; readonly url: string; readonly routingKey: Secret; readonly secrets: readonly Secret[] }
  | { readonly kind: "webhook"; readonly url: string; readonly secrets: readonly Secret[] };

export function missingForPager(pager: Pager | undefined, { PAGER_ROUTING_KEY: key, PAGER_SECRET: secret }: Present): string[] {
  if (!pager) return [];
  const checks: readonly (readonly [boolean, string])[] = [
    [
      pager.kind === "pagerduty" && !key,
      "PAGER_ROUTING_KEY is missing: the integration key of PagerDuty's Events API v2, because pager is configured.",
    ],
    [
      !secret && pager.kind === "pagerduty",
      "PAGER_SECRET is missing: the secret of PagerDuty's webhook, by which I know what it tells me.",
    ],
    [!secret && pager.kind === "webhook", "PAGER_SECRET is missing: it signs what passes between the pager and me."],
  ];
  return checks.filter(([isMissing]) => isMissing).map(([, sentence]) => sentence);
}

export function toPager(pager: Pager | undefined, env: Environment): { readonly pager?: PagerConfig } {
  const { PAGER_ROUTING_KEY: routingKey, PAGER_SECRET: secrets } = env;
  if (!pager || !secrets) return {};
  if (pager.kind === "webhook") return { pager: { kind: "webhook", url: pager.url as string, secrets } };
  return routingKey ? { pager: { kind: "pagerduty", url: (pager.url ?? pagerDutyUrl).replace(/\/+$/, ""), routingKey, secrets } } : {};
}

function hasCredentials(value: string): boolean {
  const parsed = URL.parse(value);
  return parsed !== null && `${parsed.username}${parsed.password}` !== "";
}
