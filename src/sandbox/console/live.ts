import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

// Many changes come together; the page needs only the state after them.
const settleMs = 40;
const lookMs = 200;
const againMs = 1_000;

/** Keeps open pages up to date: each gets the whole state when it connects and after every change. */
export class Live {
  readonly #pages = new Set<ServerResponse>();
  readonly #read: () => Promise<unknown>;
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;
  #isStale = false;

  constructor(read: () => Promise<unknown>, closing: AbortSignal) {
    this.#read = read;
    closing.addEventListener("abort", () => this.#close(), { once: true });
  }

  join(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`retry: ${againMs}\n\n`);
    const leaving = endWithServer(request.socket, response);
    response.once("close", () => {
      clearInterval(leaving);
      this.#pages.delete(response);
    });
    // It counts as a page before the state is read for it, so that no change falls in between.
    this.#pages.add(response);
    this.changed(0);
  }

  changed(withinMs = settleMs): void {
    if (this.#pages.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#send(), withinMs);
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    this.#isStale = this.#isReading;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const state = frame(await this.#read());
      for (const page of this.#pages) page.write(state);
    } catch {
      // The pages keep what they show until it can be read again.
      this.changed(againMs);
    } finally {
      this.#isReading = false;
      if (this.#isStale) this.changed();
    }
  }

  #close(): void {
    clearTimeout(this.#timer);
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }
}

/** A server that stops waits for open answers, and this one has no end of its own. */
function endWithServer(socket: Socket, response: ServerResponse): NodeJS.Timeout {
  return setInterval(() => {
    if (socket.server?.listening === false) response.end();
  }, lookMs).unref();
}

const frame = (state: unknown) => `data: ${JSON.stringify(state)}\n\n`;
