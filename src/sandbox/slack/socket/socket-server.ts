import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Delivery, RawDelivery } from "../deliveries.ts";
import { app } from "../workspace.ts";
import { type SentEnvelope, toSentEnvelope } from "./envelope.ts";
import { acceptWebSocket, refuseUpgrade, type WebSocketEnd } from "./web-socket.ts";

/** Why Slack ends a connection. */
export type Goodbye = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

/** One envelope as it went out. */
export interface EnvelopeRecord extends Pick<SentEnvelope, "envelope_id" | "type" | "payload"> {
  readonly attempt: number;
  /** What came of it; undefined while the app may still answer. */
  readonly end: "acknowledged" | "late" | "connection ended" | undefined;
}

/** The sockets of the app, as somebody at Slack would see and disturb them. */
export interface SocketControl {
  /** How many connections are greeted. */
  connections(): number;
  /** Everything that was sent, in order. */
  envelopes(): readonly EnvelopeRecord[];
  /** Tells the app that the oldest connections are about to end, as Slack does; all of them unless told. */
  disconnect(reason: Goodbye, howMany?: number): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** Lets every present connection fall silent. */
  fallSilent(): void;
  /** Leaves the next requests for a connection without an answer. */
  hangNext(howMany: number): void;
  /** Cuts the connection under the next envelope, after the app got it and before it can acknowledge it. */
  cutUnderNext(): void;
}

export interface SocketServer extends SocketControl {
  /** A new address to connect to, good for once within 30 s. */
  open(): string;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Sends a body in an envelope and waits for the acknowledgement, with the patience that Slack has. */
  deliver(raw: RawDelivery): Promise<Delivery>;
  close(): void;
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
const mostConnections = 10;
const addressLifeMs = 30_000;
const patienceMs = 3_000;
/** When Slack sends an event again that nobody acknowledged: https://docs.slack.dev/apis/events-api/#retries */
const retriesAfterMs = [0, 60_000, 300_000];

const Acknowledgement = z.object({ envelope_id: z.string(), payload: z.record(z.string(), z.unknown()).optional() });

type Ended = { readonly end: "acknowledged"; readonly payload: object | undefined } | { readonly end: "late" | "connection ended" };

interface Link {
  readonly socket: WebSocketEnd;
  /** Envelopes on this connection that wait for their acknowledgement. */
  readonly waiting: Map<string, (ended: Ended) => void>;
}

/** Slack's end of Socket Mode. */
export function createSocketServer(frontUrl: () => string): SocketServer {
  const addresses = new Map<string, number>();
  const links = new Set<Link>();
  const records: { record: EnvelopeRecord; end: EnvelopeRecord["end"] }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let turn = 0;
  let isCutUnderNext = false;
  let isClosed = false;
  let leftToHang = 0;
  const hung = new Set<Duplex>();

  const usable = () => [...links].filter(({ socket }) => socket.isOpen);

  /** Each envelope goes to one of the connections. */
  const send = (envelope: SentEnvelope, attempt: number): Promise<Ended> => {
    const open = usable();
    const link = open[turn++ % open.length];
    if (link === undefined) return Promise.resolve({ end: "connection ended" });
    const entry: (typeof records)[number] = { record: { ...envelope, attempt, end: undefined }, end: undefined };
    records.push(entry);
    return new Promise((resolve) => {
      const settle = (ended: Ended) => {
        clearTimeout(timer);
        timers.delete(timer);
        link.waiting.delete(envelope.envelope_id);
        entry.end = ended.end;
        resolve(ended);
      };
      const timer = setTimeout(() => settle({ end: "late" }), patienceMs);
      timers.add(timer);
      link.waiting.set(envelope.envelope_id, settle);
      link.socket.send(JSON.stringify(envelope));
      if (!isCutUnderNext) return;
      isCutUnderNext = false;
      link.socket.fallSilent();
      later(() => link.socket.cut(), 50);
    });
  };

  const later = (act: () => void, afterMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, afterMs);
    timer.unref();
    timers.add(timer);
  };

  /** What went down with its connection is sent anew over the next one there is; an event that nobody acknowledged is repeated. */
  const deliverEnvelope = async (raw: RawDelivery): Promise<Ended> => {
    const until = performance.now() + patienceMs;
    let ended = await send(toSentEnvelope(raw), 0);
    while (ended.end === "connection ended" && !isClosed && performance.now() < until) {
      if (usable().length === 0) await sleep(20);
      else ended = await send(toSentEnvelope(raw), 0);
    }
    if (ended.end !== "acknowledged" && toSentEnvelope(raw).type === "events_api") retry(raw, 1);
    return ended;
  };

  const retry = (raw: RawDelivery, attempt: number) => {
    const afterMs = retriesAfterMs[attempt - 1];
    if (afterMs === undefined) return;
    const again = async () => {
      const { end } = await send(toSentEnvelope(raw, attempt), attempt);
      if (end !== "acknowledged") retry(raw, attempt + 1);
    };
    later(() => void again(), afterMs);
  };

  const say = (link: Link, message: object) => link.socket.send(JSON.stringify({ ...message, debug_info: { host: "sandbox" } }));
  const sayGoodbye = (link: Link, reason: Goodbye) => {
    say(link, { type: "disconnect", reason });
    // A warning comes some seconds before the end.
    later(() => link.socket.close(), reason === "warning" ? 10_000 : 1_000);
  };

  return {
    open() {
      const ticket = randomBytes(16).toString("hex");
      addresses.set(ticket, Date.now() + addressLifeMs);
      return `${frontUrl().replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${app.id}`;
    },

    upgrade(request, stream, head) {
      stream.on("error", () => stream.destroy());
      const ticket = new URL(request.url ?? "/", "http://sandbox").searchParams.get("ticket") ?? "";
      const isGood = (addresses.get(ticket) ?? 0) > Date.now();
      addresses.delete(ticket);
      if (!isGood) return refuseUpgrade(stream, 401);
      if (leftToHang > 0) {
        leftToHang -= 1;
        hung.add(stream);
        return;
      }

      const waiting: Link["waiting"] = new Map();
      const socket = acceptWebSocket(request, stream, head, {
        onText(text) {
          const acknowledgement = Acknowledgement.safeParse(parse(text));
          if (!acknowledgement.success) return;
          const { envelope_id, payload } = acknowledgement.data;
          waiting.get(envelope_id)?.({ end: "acknowledged", payload });
        },
        onClose() {
          links.delete(link);
          for (const settle of [...waiting.values()]) settle({ end: "connection ended" });
        },
      });
      if (socket === undefined) return;
      const link: Link = { socket, waiting };
      if (links.size >= mostConnections) return sayGoodbye(link, "too_many_websockets");
      links.add(link);
      say(link, { type: "hello", num_connections: links.size, connection_info: { app_id: app.id } });
    },

    async deliver(raw) {
      const startedAt = performance.now();
      const sent = { ...raw, timestamp: Math.floor(Date.now() / 1000), signature: "" };
      if (usable().length === 0) return { status: 503, contentType: "", body: "", tookMs: 0, sent };
      const ended = await deliverEnvelope(raw);
      const tookMs = performance.now() - startedAt;
      if (ended.end !== "acknowledged") return { status: 0, contentType: "", body: "", tookMs, sent };
      const isEmpty = Object.keys(ended.payload ?? {}).length === 0;
      return { status: 200, contentType: "application/json", body: isEmpty ? "" : JSON.stringify(ended.payload), tookMs, sent };
    },

    connections: () => usable().length,
    envelopes: () => records.map(({ record, end }) => ({ ...record, end })),
    disconnect(reason, howMany = links.size) {
      for (const link of [...links].slice(0, howMany)) sayGoodbye(link, reason);
    },
    cut() {
      for (const { socket } of links) socket.cut();
    },
    fallSilent() {
      for (const { socket } of links) socket.fallSilent();
    },
    hangNext(howMany) {
      leftToHang = howMany;
    },
    cutUnderNext() {
      isCutUnderNext = true;
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const { socket } of links) socket.cut();
      for (const stream of hung) stream.destroy();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
