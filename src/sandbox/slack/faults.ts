import { setTimeout as sleep } from "node:timers/promises";

/** How a call goes wrong: with Slack's own error, with an HTTP status, with a wait, or with no answer at all. */
export interface Fault {
  readonly error?: string;
  readonly status?: number;
  /** Seconds for the `Retry-After` header; alone it means 429. */
  readonly retryAfter?: number;
  readonly hang?: boolean;
  /** Only calls with a block of this type go wrong. */
  readonly block?: string;
  /** How many calls go wrong; all of them unless told. */
  readonly times?: number;
}

/** Trouble on demand. Methods are matched by their name, `response_url` being one of them. */
export class Faults {
  readonly #latencyMs: number;
  #rules: { readonly method: RegExp; readonly fault: Fault; left: number }[] = [];

  constructor(latencyMs: number) {
    this.#latencyMs = latencyMs;
  }

  /** Adds a rule and returns what takes it away. */
  add(method: RegExp, fault: Fault): () => void {
    const rule = { method, fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }

  /** Waits out the latency, then says what goes wrong with this call, if anything. */
  async meet(method: string, { blocks }: { readonly blocks?: unknown }): Promise<Fault | undefined> {
    if (this.#latencyMs > 0) await sleep(this.#latencyMs);
    const types = new Set(Array.isArray(blocks) ? blocks.map((block: { readonly type?: unknown }) => block.type) : []);
    const rule = this.#rules.find(
      ({ method: pattern, fault, left }) => left > 0 && pattern.test(method) && (fault.block === undefined || types.has(fault.block)),
    );
    if (rule !== undefined) rule.left -= 1;
    return rule?.fault;
  }
}
