import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { ServiceError } from "../../../errors.ts";
import type { SocketAccess } from "./app-token.ts";
import { type Connection, type Envelope, openConnection, type Patience } from "./connection.ts";

/**
 * Slack ends connections as a matter of course, and networks do without a word: with a second one there is hardly ever nobody to take a
 * command. Slack allows an app ten: https://docs.slack.dev/apis/events-api/using-socket-mode
 */
const connectionsHeld = 2;

const usualPatience: Patience = { helloWithinMs: 10_000, pongWithinMs: 5_000 };

/** A connection that lasted longer was in order, and the next one is opened at once. */
const steadyMs = 10_000;
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Without any connection for longer than this, we are not ready. */
const awayMs = 30_000;

export interface SocketModeOptions {
  readonly access: SocketAccess;
  readonly onEnvelope: (envelope: Envelope) => Promise<void>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly patience?: Patience;
}

export interface SocketMode {
  /** Connects and stays connected. Resolves when each connection was tried once, whether or not Slack is there. */
  start(): Promise<void>;
  /** Rejects with the reason while Slack cannot reach us: before the first connection at once, later after 30 s. */
  probe(): Promise<void>;
  /** Takes nothing new, finishes what came in, and hangs up. */
  stop(): Promise<void>;
}

/** Keeps connections to Slack open. */
export function createSocketMode({ access, onEnvelope, log, now, patience = usualPatience }: SocketModeOptions): SocketMode {
  const stopping = new AbortController();
  const open = new Set<Connection>();
  let emptySince: number | undefined;
  let lastReason = "not connected yet";

  const take = async (envelope: Envelope) => {
    if (!stopping.signal.aborted) await onEnvelope(envelope);
  };

  /** Opens a connection in the place of another one and holds it until it is about to end. */
  const hold = async (previous: Connection | undefined, onTried: () => void): Promise<Connection> => {
    const connection = await openConnection({ access, onEnvelope: take, log, patience });
    open.add(connection);
    log.info({ open: open.size, ...(emptySince !== undefined && { awayMs: now() - emptySince }) }, "connected to Slack by Socket Mode");
    emptySince = undefined;
    void connection.ended.then((reason) => onEnd(connection, reason));
    onTried();
    if (stopping.signal.aborted) await connection.close();
    void previous?.close();
    await connection.leaving;
    return connection;
  };

  const onEnd = (connection: Connection, reason: string) => {
    lastReason = reason;
    open.delete(connection);
    if (open.size === 0) emptySince = now();
    if (stopping.signal.aborted) return;
    log[open.size === 0 ? "warn" : "info"]({ reason, open: open.size }, "a connection to Slack ended");
  };

  const keep = async (onTried: () => void) => {
    let previous: Connection | undefined;
    for (let failures = 0; !stopping.signal.aborted; ) {
      const startedAt = now();
      let asked = 0;
      try {
        previous = await hold(previous, onTried);
      } catch (error) {
        lastReason = error instanceof Error ? error.message : "it broke";
        asked = error instanceof ServiceError ? (error.retryAfterMs ?? 0) : 0;
        log.warn({ err: error, open: open.size }, "no connection to Slack");
      }
      onTried();
      failures = now() - startedAt > steadyMs ? 0 : failures + 1;
      await sleep(Math.max(waitBefore(failures), asked), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  return {
    async start() {
      const tried = Array.from({ length: connectionsHeld }, () => Promise.withResolvers<void>());
      for (const { resolve } of tried) void keep(resolve);
      await Promise.all(tried.map(({ promise }) => promise));
    },
    async probe() {
      if (open.size > 0) return;
      if (emptySince === undefined) throw new Error(`Socket Mode: ${lastReason}`);
      if (now() - emptySince > awayMs)
        throw new Error(`Socket Mode: no connection for ${Math.round((now() - emptySince) / 1000)} s (${lastReason})`);
    },
    async stop() {
      stopping.abort();
      // One that is being opened closes by itself as soon as it is there.
      await Promise.all([...open].map((connection) => connection.close()));
    },
  };
}

/** The first time at once, because Slack refreshes connections as a matter of course, then ever more slowly. */
const waitBefore = (failures: number): number => (failures < 2 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 2)));
