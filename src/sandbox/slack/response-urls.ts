import { randomBytes } from "node:crypto";
import type { Exchanges } from "./exchanges.ts";
import type { Faults } from "./faults.ts";
import { type ResponseBody, readResponse } from "./response-body.ts";
import type { SeenMessage } from "./seen-message.ts";
import type { Stage } from "./stage.ts";
import type { ApiResponse } from "./web-api.ts";

/** Where a command or a click came from, and so where its answers go. */
export interface Origin {
  readonly to: string;
  readonly channel: string;
  /** The message that was clicked. A command has none. */
  readonly source?: SeenMessage;
}

interface Surroundings {
  readonly stage: Stage;
  readonly faults: Faults;
  readonly exchanges: Exchanges;
  now(): number;
}

const maxUses = 5;
const lifeMs = 30 * 60_000;

/** The addresses to which an app may answer a command or a click later: 5 times within 30 minutes. */
export class ResponseUrls {
  readonly #base: string;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #exchanges: Exchanges;
  readonly #now: () => number;
  readonly #issued = new Map<string, Origin & { readonly issuedAt: number; uses: number }>();

  constructor(base: string, { stage, faults, exchanges, now }: Surroundings) {
    this.#base = base;
    this.#stage = stage;
    this.#faults = faults;
    this.#exchanges = exchanges;
    this.#now = now;
  }

  issue(origin: Origin): string {
    const id = randomBytes(12).toString("hex");
    this.#issued.set(id, { ...origin, issuedAt: this.#now(), uses: 0 });
    return `${this.#base}/response/${id}`;
  }

  async answer(id: string, body: Buffer): Promise<ApiResponse> {
    const args = JSON.parse(body.toString() || "{}") as Record<string, unknown>;
    const fault = await this.#faults.meet("response_url", args);
    if (fault) return refuse(fault.status ?? 500, fault.error ?? "internal_error");

    const response = await this.#take(id, args);
    this.#exchanges.tell({ method: "response_url", args, answer: response.body });
    return response;
  }

  async #take(id: string, given: unknown): Promise<ApiResponse> {
    const issued = this.#issued.get(id);
    if (issued === undefined || this.#now() - issued.issuedAt > lifeMs) return refuse(404, "expired_url");
    if (issued.uses >= maxUses) return refuse(404, "used_url");
    issued.uses += 1;

    const read = readResponse(given);
    if ("refusal" in read) return { status: 400, body: read.refusal };
    const { delete_original, text, blocks } = read.said;
    if (!delete_original && text === "" && blocks.length === 0) return refuse(400, "no_text");

    await this.#show(issued, read.said);
    return { status: 200, body: { ok: true } };
  }

  async #show({ to, channel, source }: Origin, said: ResponseBody): Promise<void> {
    // Slack replaces and deletes only what was clicked: after a command, `replace_original` adds one more message (bolt-js #2287, bolt-python #1268).
    const original = source && this.#stage.transcript.find(source.id);
    if (said.delete_original && original) await this.#stage.remove(original);
    else if (said.replace_original && original) await this.#stage.replace(original, said);
    else if (said.delete_original) return;
    else if (said.response_type === "in_channel") await this.#stage.post(channel, said);
    else this.#stage.whisper(to, channel, said);
  }
}

const refuse = (status: number, error: string): ApiResponse => ({ status, body: { ok: false, error } });
