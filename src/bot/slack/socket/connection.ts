import { SocketModeClient } from "@slack/socket-mode";
import type { Logger } from "pino";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { boltLogger } from "../bolt-logger.ts";
import { requestsAsApp, type SocketAccess, toSocketError } from "./app-token.ts";

/** What Slack sends over a socket, to be acknowledged on the same one. */
export interface Envelope {
  readonly body: object;
  /** Rejects when the connection has ended meanwhile: Slack then counts the envelope as not taken. */
  ack(response?: object): Promise<void>;
}

export interface Connection {
  /** Resolves when Slack says that the connection is about to end, or when it ended without that. It serves until it has ended. */
  readonly leaving: Promise<unknown>;
  /** Resolves with Slack's reason, as far as it is known. */
  readonly ended: Promise<string>;
  /** Finishes what came in, then hangs up. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly access: SocketAccess;
  readonly onEnvelope: (envelope: Envelope) => Promise<void>;
  readonly log: Logger;
  readonly patience: Patience;
}

export interface Patience {
  /** Milliseconds for Slack's greeting; a connection without one gets no envelopes. */
  readonly helloWithinMs: number;
  /** Milliseconds without an answer to a ping until a connection counts as dead. */
  readonly pongWithinMs: number;
}

/** How long the other side may take to answer our goodbye. */
const goodbyeWithinMs = 1_000;

/**
 * Opens one connection and resolves when Slack has greeted. It is never opened again: whoever wants another one asks for it.
 *
 * @throws ServiceError
 */
export async function openConnection({ access, onEnvelope, log, patience }: ConnectionOptions): Promise<Connection> {
  const inFlight = new Set<Promise<void>>();
  const finished = async () => void (await Promise.allSettled(inFlight));
  const leaving = Promise.withResolvers<void>();
  let reason: string | undefined;
  let isGreeted = false;
  const client = new Client(access, { log, patience }, (why) => {
    reason ??= why;
    leaving.resolve();
    if (!isGreeted) void hangUp(client, ended);
  });
  client.on("error", (error: Error) => {
    reason ??= error.message;
  });
  client.on("slack_event", (envelope: Envelope) => {
    const taken = onEnvelope(envelope).finally(() => inFlight.delete(taken));
    inFlight.add(taken);
  });
  const ended = new Promise<string>((resolve) => {
    client.once("disconnected", () => {
      leaving.resolve();
      resolve(reason ?? "closed without a reason");
    });
  });

  const greeting = setTimeout(() => {
    reason ??= "Slack did not greet";
    void hangUp(client, ended);
  }, patience.helloWithinMs);
  try {
    await client.start();
    isGreeted = true;
  } catch (error) {
    // Slack's client rejects with nothing when the connection ended before it began.
    if (error !== undefined) throw toSocketError(error);
    throw new ServiceError(`Slack's socket cannot be reached (${await ended}).`, { service: "Slack", retryable: true });
  } finally {
    clearTimeout(greeting);
  }

  return {
    leaving: leaving.promise,
    ended,
    async close() {
      await finished();
      reason ??= "we are stopping";
      await hangUp(client, ended);
    },
  };
}

async function hangUp(client: SocketModeClient, ended: Promise<string>): Promise<void> {
  // The second call does not wait for the other side any more.
  const force = setTimeout(() => void client.disconnect(), goodbyeWithinMs);
  void client.disconnect();
  await ended;
  clearTimeout(force);
}

const Goodbye = z.object({ type: z.literal("disconnect"), reason: z.string().default("no reason") });

/** Slack's client, which would hang up as soon as Slack says goodbye, whatever is in flight, and break on a message of an unknown shape. */
class Client extends SocketModeClient {
  readonly #log: Logger;
  readonly #onGoodbye: (reason: string) => void;

  constructor(
    { apiUrl, appToken }: SocketAccess,
    { log, patience }: Pick<ConnectionOptions, "log" | "patience">,
    onGoodbye: (reason: string) => void,
  ) {
    super({
      appToken: appToken.reveal(),
      autoReconnectEnabled: false,
      clientPingTimeout: patience.pongWithinMs,
      clientOptions: requestsAsApp(apiUrl),
      logger: boltLogger(log),
    });
    this.#log = log;
    this.#onGoodbye = onGoodbye;
  }

  protected override async onWebSocketMessage(message: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    try {
      const goodbye = Goodbye.safeParse(typeof message === "string" ? JSON.parse(message) : undefined);
      if (goodbye.success) this.#onGoodbye(goodbye.data.reason);
      else await super.onWebSocketMessage(message, isBinary);
    } catch (error) {
      this.#log.error({ err: error }, "a message on Slack's socket has an unknown shape");
    }
  }
}
