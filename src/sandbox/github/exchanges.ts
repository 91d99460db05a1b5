import type { Answer, ApiRequest } from "./answer.ts";

/** An API call and its answer as they went over the wire; bodies are parsed where they are JSON. */
export interface Exchange {
  /** Who called: a person by a token of theirs, or an App. */
  readonly by: "person" | "app";
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined where there is none. */
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
  /** The answer's. */
  readonly headers: Readonly<Record<string, string>>;
}

type Listener = (exchange: Exchange) => void;

/** Those who watch the API calls. Without them nothing is parsed. */
export class Exchanges {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(by: Exchange["by"], { method, target, body }: ApiRequest, answer: Answer): void {
    if (this.#listeners.size === 0) return;
    const { pathname, searchParams } = new URL(target, "http://sandbox");
    const exchange: Exchange = {
      by,
      method,
      path: pathname,
      query: searchParams,
      requestBody: parse(body),
      status: answer.status,
      responseBody: parse(answer.body),
      headers: answer.headers,
    };
    for (const listener of this.#listeners) listener(exchange);
  }
}

function parse(body: string | Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
