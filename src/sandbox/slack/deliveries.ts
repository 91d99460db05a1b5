import type { Exchanges } from "./exchanges.ts";
import { type HttpAnswer, postOnce } from "./post-once.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { signSlackBody } from "./signature.ts";
import type { Stage } from "./stage.ts";
import type { PersonName, Workspace } from "./workspace.ts";

/** A request to the app as it goes over the wire; what is left out is done right. */
export interface RawDelivery {
  readonly body: string;
  readonly contentType?: string;
  /** Unix seconds. */
  readonly timestamp?: number | string;
  readonly signature?: string;
  /** Signs with another secret than the app's. */
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What went out and how the app answered; `status` 0 is no answer within Slack's three seconds. */
export interface Delivery extends HttpAnswer {
  /** Exactly what was sent, to be sent again. */
  readonly sent: RawDelivery & { readonly timestamp: number | string; readonly signature: string };
}

/** One thing that a person typed or clicked, for the log. */
export interface Deed {
  readonly kind: "command" | "click" | "message";
  readonly as: PersonName;
  readonly channel: string;
  readonly text: string;
  readonly status: number;
  readonly tookMs: number;
  readonly order: number;
}

export interface Sender {
  readonly workspace: Workspace;
  readonly stage: Stage;
  readonly responseUrls: ResponseUrls;
  readonly exchanges: Exchanges;
  isConnected(): boolean;
  deliver(raw: RawDelivery): Promise<Delivery>;
  record(deed: Deed): void;
}

const slackPatienceMs = 3_000;

/** Signs a delivery and sends it to the app's events URL, with the patience that Slack has. */
export async function deliver(eventsUrl: string, signingSecret: string, raw: RawDelivery): Promise<Delivery> {
  const timestamp = raw.timestamp ?? Math.floor(Date.now() / 1000);
  const signature = raw.signature ?? signSlackBody(raw.secret ?? signingSecret, timestamp, raw.body);
  const headers = {
    "content-type": raw.contentType ?? "application/x-www-form-urlencoded",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": signature,
    ...raw.headers,
  };
  const sent = { ...raw, timestamp, signature };
  const startedAt = performance.now();
  try {
    return { ...(await postOnce(eventsUrl, { body: raw.body, headers, deadlineMs: slackPatienceMs })), sent };
  } catch {
    return { status: 0, contentType: "", body: "", tookMs: performance.now() - startedAt, sent };
  }
}
