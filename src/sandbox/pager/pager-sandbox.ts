import { PagerEvent } from "./events.ts";
import { type PagerAnswer, type PagerFault, startPagerFront } from "./front.ts";
import { type Deed, type Paged, PagedIncidents } from "./incidents.ts";
import { type Agent, postWebhook, toWebhook } from "./webhooks.ts";

/** A PagerDuty of one service, on loopback: it checks what it is sent and signs what it sends. */
export interface PagerSandbox {
  /** Stands for https://events.pagerduty.com. */
  readonly url: string;
  readonly routingKey: string;
  readonly secret: string;
  /** Says where the bot hears of what happens here. */
  connect(webhookUrl: string): void;
  /** Oldest first. */
  incidents(): readonly Paged[];
  /** What it was sent and took, in order: `trigger nextrust-1a2b3c4d/i12`. */
  taken(): readonly string[];
  /** A person does something here; gives the bot's answer to the webhook. */
  act(key: string, deed: Deed, by: string): Promise<number>;
  /** Makes calls go wrong, until the returned function is called. */
  fail(fault: PagerFault): () => void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const routingKey = "sandbox0integration0key000000000";
const secret = "sandbox-pager-secret";
const ourselves: Agent = { type: "service_reference", summary: "CI" };

export async function startPagerSandbox({ latencyMs = 0, now = Date.now } = {}): Promise<PagerSandbox> {
  const incidents = new PagedIncidents();
  const taken: string[] = [];
  const listeners = new Set<() => void>();
  const underWay = new Set<Promise<number>>();
  let faults: { readonly fault: PagerFault; left: number }[] = [];
  let webhookUrl: string | undefined;

  function tell(paged: Paged, type: Deed | "triggered", agent: Agent): Promise<number> {
    for (const listener of listeners) listener();
    if (webhookUrl === undefined) return Promise.resolve(0);
    const sending = postWebhook(webhookUrl, secret, toWebhook(paged, type, agent, now()));
    underWay.add(sending);
    void sending.finally(() => underWay.delete(sending));
    return sending;
  }

  function take(body: unknown): PagerAnswer {
    const read = PagerEvent.safeParse(body);
    const errors = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    if (read.success && read.data.routing_key !== routingKey) errors.push("Invalid routing key");
    if (!read.success || errors.length > 0)
      return { status: 400, body: { status: "invalid event", message: "Event object is invalid", errors } };
    const { event_action: action, dedup_key: key } = read.data;
    taken.push(`${action} ${key}`);
    const came = incidents.take(read.data);
    if (came) void tell(came.paged, came.type, ourselves);
    return { status: 202, body: { status: "success", message: "Event processed", dedup_key: key } };
  }

  function nextFault(): PagerFault | undefined {
    const rule = faults.find(({ left }) => left > 0);
    if (rule) rule.left -= 1;
    return rule?.fault;
  }

  const front = await startPagerFront(take, nextFault, latencyMs);
  return {
    url: front.url,
    routingKey,
    secret,
    connect(url) {
      webhookUrl = url;
    },
    incidents: () => incidents.list(),
    taken: () => taken,
    act: async (key, deed, by) => tell(incidents.act(key, deed, by), deed, { type: "user_reference", summary: by }),
    fail(fault) {
      const rule = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      faults.push(rule);
      return () => {
        faults = faults.filter((one) => one !== rule);
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      webhookUrl = undefined;
      await Promise.all(underWay);
      await front.close();
    },
  };
}
