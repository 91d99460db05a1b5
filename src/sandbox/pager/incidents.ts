import type { PagerEvent } from "./events.ts";

export type PagedState = "triggered" | "acknowledged" | "resolved";
export type Deed = "acknowledged" | "unacknowledged" | "resolved";

/** An incident as the pager knows it. */
export interface Paged {
  readonly id: string;
  /** The bot's key of it. */
  readonly key: string;
  readonly summary: string;
  readonly severity: string;
  readonly url: string | undefined;
  readonly state: PagedState;
  /** What happened to it, in order: `triggered`, `acknowledged by Ada`. */
  readonly log: readonly string[];
}

const stateAfter: Readonly<Record<Deed, PagedState>> = {
  acknowledged: "acknowledged",
  unacknowledged: "triggered",
  resolved: "resolved",
};

/** What is open has one incident for each key; what is resolved begins anew. */
export class PagedIncidents {
  #all: Paged[] = [];

  list(): readonly Paged[] {
    return this.#all;
  }

  find(key: string): Paged | undefined {
    return this.#all.findLast((one) => one.key === key);
  }

  /** @returns what it came to, where anything did */
  take(event: PagerEvent): { readonly paged: Paged; readonly type: Deed | "triggered" } | undefined {
    const found = this.find(event.dedup_key);
    const open = found?.state === "resolved" ? undefined : found;
    if (event.event_action === "trigger") {
      if (!open) return { paged: this.#open(event), type: "triggered" };
      this.#put({ ...open, log: [...open.log, "triggered again"] });
      return undefined;
    }
    if (!open) return undefined;
    const type = event.event_action === "resolve" ? "resolved" : "acknowledged";
    if (open.state === stateAfter[type]) return undefined;
    return { paged: this.#put({ ...open, state: stateAfter[type], log: [...open.log, `${type} by the bot`] }), type };
  }

  /** Somebody does something on the pager; throws where it makes no sense. */
  act(key: string, deed: Deed, by: string): Paged {
    const found = this.find(key);
    if (!found || found.state === "resolved") throw new Error(`The pager has nothing open with the key ${key}.`);
    return this.#put({ ...found, state: stateAfter[deed], log: [...found.log, `${deed} by ${by}`] });
  }

  #open({ dedup_key: key, payload, links }: Extract<PagerEvent, { event_action: "trigger" }>): Paged {
    const { summary, severity } = payload;
    const id = `Q${String(this.#all.length + 1).padStart(6, "0")}`;
    const paged: Paged = { id, key, summary, severity, url: links?.[0]?.href, state: "triggered", log: ["triggered"] };
    this.#all.push(paged);
    return paged;
  }

  #put(paged: Paged): Paged {
    this.#all = this.#all.map((one) => (one.id === paged.id ? paged : one));
    return paged;
  }
}
