import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Complete } from "./completed-answers.ts";
import { DeliveryLog } from "./delivery-log.ts";
import { type Disturbance, Disturbances } from "./disturbances.ts";
import { appHookId, deliveryHeaders, type Hook, type Outcome, organisationHookId, postDelivery } from "./post-delivery.ts";

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
  /** Whether somebody else than the sandbox wrote the payload, so that it need not be one of GitHub's. */
  readonly isMadeUp: boolean;
  /** Empty until it was answered, and for ever when no receiver was connected. */
  readonly attempts: readonly Attempt[];
}

interface Logged extends Delivery {
  readonly attempts: Attempt[];
}

type Payload = Delivery["payload"];
type Match = (delivery: Delivery) => boolean;

// GitHub hangs up then.
const answerWithinMs = 10_000;

/** The webhook deliveries, sent as GitHub sends them; it is no error of the sandbox when a receiver fails. */
export class Deliveries {
  /** What the App may read of it. */
  readonly log = new DeliveryLog();
  readonly #hook: Hook;
  readonly #complete: Complete;
  readonly #onChange: () => void;
  readonly #all: Logged[] = [];
  readonly #sending = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  readonly #disturbances = new Disturbances();
  #target: string | undefined;

  constructor(hook: Hook, complete: Complete, onChange: () => void) {
    this.#hook = hook;
    this.#complete = complete;
    this.#onChange = onChange;
  }

  connect(url: string): void {
    this.#target = url;
  }

  disturb(wanted: Disturbance): void {
    this.#disturbances.set(wanted);
  }

  all(): readonly Delivery[] {
    return this.#all;
  }

  /** Logs a delivery and sends it, when a receiver is connected; resolves when that answered or failed. */
  async send(event: string, given: Payload, isMadeUp = false): Promise<Delivery> {
    const payload = isMadeUp ? given : this.#complete(given);
    const sending = this.#sendFrom(appHookId, event, payload, isMadeUp);
    if (this.#disturbances.duplicates) await this.#sendFrom(organisationHookId, event, payload, isMadeUp);
    return sending;
  }

  /** Sends it again under the same GUID, as GitHub's button does. */
  redeliver(guid: string): Promise<Delivery> {
    return this.#track(this.#attempt(this.#get(guid), true));
  }

  /** Sends it again under a new GUID, as a second hook on the organisation does. */
  sendFromSecondHook(guid: string): Promise<Delivery> {
    const { event, payload, isMadeUp } = this.#get(guid);
    return this.#sendFrom(organisationHookId, event, payload, isMadeUp);
  }

  /** The first delivery since `from` that matches, once it was answered. */
  async answered(from: number, matches: Match): Promise<Delivery> {
    for (const until = Date.now() + 2 * answerWithinMs; Date.now() < until && !this.#closing.signal.aborted; ) {
      const found = this.#all.slice(from).find(matches);
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
    this.#disturbances.set({});
    await this.settled();
  }

  #get(guid: string): Logged {
    const delivery = this.#all.find((candidate) => candidate.guid === guid);
    if (!delivery) throw new Error(`There was no delivery ${guid}.`);
    return delivery;
  }

  #sendFrom(hookId: number, event: string, payload: Payload, isMadeUp: boolean): Promise<Delivery> {
    const body = JSON.stringify(payload);
    const delivery: Logged = { guid: randomUUID(), hookId, event, payload, body, at: Date.now(), isMadeUp, attempts: [] };
    this.#all.push(delivery);
    return this.#track(this.#inTurn(delivery));
  }

  async #inTurn(delivery: Logged): Promise<Delivery> {
    const done = await this.#disturbances.turn();
    await this.#attempt(delivery, false);
    done();
    return delivery;
  }

  async #attempt(delivery: Logged, isRedelivery: boolean): Promise<Delivery> {
    const id = this.log.nextId();
    const url = this.#target;
    const headers = deliveryHeaders(delivery, this.#hook);
    const outcome = await this.#post(url, headers, delivery.body);
    const { response: _, ...attempt } = outcome;
    if (url !== undefined) delivery.attempts.push(attempt);
    if (delivery.hookId === appHookId)
      this.log.add({ id, sent: delivery, headers, ...(url !== undefined && { url }), isRedelivery, outcome });
    this.#onChange();
    return delivery;
  }

  async #post(url: string | undefined, headers: Record<string, string>, body: string): Promise<Outcome> {
    if (url === undefined) return { at: Date.now(), durationMs: 0, error: "No receiver was connected." };
    if (this.#disturbances.loses()) return { at: Date.now(), durationMs: 0, error: "It got lost on the way." };
    return postDelivery(url, headers, body, AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answerWithinMs)]));
  }

  async #track<T>(sending: Promise<T>): Promise<T> {
    this.#sending.add(sending);
    try {
      return await sending;
    } finally {
      this.#sending.delete(sending);
    }
  }
}
