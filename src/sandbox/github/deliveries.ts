import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** One sending of a delivery: the receiver's status, or why there was none. */
export interface Attempt {
  readonly at: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly error?: string;
}

export interface Delivery {
  readonly guid: string;
  readonly hookId: number;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The exact bytes that were signed. */
  readonly body: string;
  readonly at: number;
  /** Empty until it was answered, and for ever when no receiver was connected. */
  readonly attempts: readonly Attempt[];
}

interface Logged extends Delivery {
  readonly attempts: Attempt[];
}

type Match = (delivery: Delivery) => boolean;

interface Hook {
  readonly appId: string;
  readonly secret: string;
}

const appHookId = 1;
const organisationHookId = 2;
// GitHub hangs up then.
const answerWithinMs = 10_000;

/** The webhook deliveries, sent as GitHub sends them; it is no error of the sandbox when a receiver fails. */
export class Deliveries {
  readonly #hook: Hook;
  readonly #onChange: () => void;
  readonly #log: Logged[] = [];
  readonly #sending = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #target: string | undefined;

  constructor(hook: Hook, onChange: () => void) {
    this.#hook = hook;
    this.#onChange = onChange;
  }

  connect(url: string): void {
    this.#target = url;
  }

  all(): readonly Delivery[] {
    return this.#log;
  }

  /** Logs a delivery and sends it, when a receiver is connected; resolves when that answered or failed. */
  send(event: string, payload: Readonly<Record<string, unknown>>, hookId = appHookId): Promise<Delivery> {
    const body = JSON.stringify(payload);
    const delivery: Logged = { guid: randomUUID(), hookId, event, payload, body, at: Date.now(), attempts: [] };
    this.#log.push(delivery);
    return this.#attempt(delivery);
  }

  /** Sends it again under the same GUID, as GitHub's button does. */
  redeliver(guid: string): Promise<Delivery> {
    return this.#attempt(this.#get(guid));
  }

  /** Sends it again under a new GUID, as a second hook on the organisation does. */
  sendFromSecondHook(guid: string): Promise<Delivery> {
    const { event, payload } = this.#get(guid);
    return this.send(event, payload, organisationHookId);
  }

  /** The first delivery since `from` that matches, once it was answered. */
  async answered(from: number, matches: Match): Promise<Delivery> {
    for (const until = Date.now() + 2 * answerWithinMs; Date.now() < until && !this.#closing.signal.aborted; ) {
      const found = this.#log.slice(from).find(matches);
      if (found && (this.#target === undefined || found.attempts.length > 0)) return found;
      await sleep(2);
    }
    throw new Error("The delivery that was awaited did not come.");
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #get(guid: string): Logged {
    const delivery = this.#log.find((candidate) => candidate.guid === guid);
    if (!delivery) throw new Error(`There was no delivery ${guid}.`);
    return delivery;
  }

  async #attempt(delivery: Logged): Promise<Delivery> {
    if (this.#target !== undefined) {
      const sending = this.#post(this.#target, delivery);
      this.#sending.add(sending);
      delivery.attempts.push(await sending);
      this.#sending.delete(sending);
    }
    this.#onChange();
    return delivery;
  }

  async #post(url: string, delivery: Delivery): Promise<Attempt> {
    const at = Date.now();
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answerWithinMs)]);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: this.#headers(delivery),
        body: delivery.body,
        redirect: "manual",
        signal,
      });
      await response.arrayBuffer();
      return { at, durationMs: Date.now() - at, status: response.status };
    } catch (error) {
      return { at, durationMs: Date.now() - at, error: String((error as Error).cause ?? error) };
    }
  }

  #headers({ event, guid, hookId, body }: Delivery): Record<string, string> {
    const signed = (algorithm: string) => createHmac(algorithm, this.#hook.secret).update(body).digest("hex");
    return {
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/5a0d5b1",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-github-hook-id": String(hookId),
      "x-github-hook-installation-target-id": this.#hook.appId,
      "x-github-hook-installation-target-type": hookId === appHookId ? "integration" : "organization",
      "x-hub-signature": `sha1=${signed("sha1")}`,
      "x-hub-signature-256": `sha256=${signed("sha256")}`,
    };
  }
}
