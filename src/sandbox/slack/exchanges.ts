import type { ApiAnswer } from "./workspace.ts";

/** What the app said to Slack, and the answer. */
export interface Exchange {
  /** A method of the Web API, `response_url`, or `ack` for the body of an acknowledgement. */
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: ApiAnswer;
}

type Listener = (exchange: Exchange) => void;

/** Those who watch what the app says. */
export class Exchanges {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(exchange: Exchange): void {
    for (const listener of this.#listeners) listener(exchange);
  }
}
