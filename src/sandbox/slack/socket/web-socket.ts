import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { decodeFrame, encodeFrame, type Frame, opcodes, ProtocolError } from "./frames.ts";

/** The server's end of a WebSocket. */
export interface WebSocketEnd {
  send(text: string): void;
  /** Says goodbye; the connection ends when the client has answered, or soon after. */
  close(code?: number): void;
  /** Ends the connection without a word. */
  cut(): void;
  /** Answers nothing from now on, as on a line that swallows everything. */
  fallSilent(): void;
  readonly isOpen: boolean;
}

interface Listeners {
  onText(text: string): void;
  onClose(): void;
}

const messageLimit = 1024 * 1024;
const pingEveryMs = 5_000;
const goodbyeWithinMs = 2_000;

/** https://www.rfc-editor.org/rfc/rfc6455#section-1.3 */
const handshakeId = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Takes an upgrade request and becomes the server's end of a WebSocket; undefined, and an HTTP answer, where the request asks for none. */
export function acceptWebSocket(request: IncomingMessage, stream: Duplex, head: Buffer, listeners: Listeners): WebSocketEnd | undefined {
  const key = request.headers["sec-websocket-key"];
  if (request.headers.upgrade?.toLowerCase() !== "websocket" || key === undefined || request.headers["sec-websocket-version"] !== "13") {
    refuseUpgrade(stream, 400);
    return undefined;
  }
  const accept = createHash("sha1").update(`${key}${handshakeId}`).digest("base64");
  stream.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  return createEnd(stream, head, listeners);
}

export const refuseUpgrade = (stream: Duplex, status: number): void =>
  void stream.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

function createEnd(stream: Duplex, head: Buffer, { onText, onClose }: Listeners): WebSocketEnd {
  let state: "open" | "closing" | "closed" = "open";
  let isSilent = false;
  const write = (opcode: number, payload: Buffer) => {
    if (!isSilent && stream.writable) stream.write(encodeFrame(opcode, payload));
  };
  const pings = setInterval(() => write(opcodes.ping, Buffer.from("ping")), pingEveryMs);
  pings.unref();

  const close = (code = 1000) => {
    if (state !== "open") return;
    state = "closing";
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    write(opcodes.close, payload);
    setTimeout(() => stream.destroy(), goodbyeWithinMs).unref();
  };
  const readMessages = createReader({
    onText,
    onPing: (payload) => write(opcodes.pong, payload),
    onClose() {
      close();
      stream.end();
    },
  });
  stream.on("data", (bytes: Buffer) => {
    if (isSilent) return;
    try {
      readMessages(bytes);
    } catch (error) {
      close(error instanceof ProtocolError ? error.code : 1011);
      stream.end();
    }
  });
  stream.once("end", () => stream.end());
  stream.once("close", () => {
    state = "closed";
    clearInterval(pings);
    onClose();
  });
  if (head.length > 0) stream.unshift(head);

  return {
    send: (text) => write(opcodes.text, Buffer.from(text)),
    close,
    cut: () => void stream.destroy(),
    fallSilent() {
      isSilent = true;
    },
    get isOpen() {
      return state === "open";
    },
  };
}

interface Reading {
  onText(text: string): void;
  onPing(payload: Buffer): void;
  onClose(): void;
}

/** Puts frames together from bytes, and messages from frames. */
function createReader({ onText, onPing, onClose }: Reading): (bytes: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  let parts: Buffer[] | undefined;

  const takeFrame = ({ isLast, opcode, payload }: Frame) => {
    if (opcode === opcodes.ping) return onPing(payload);
    if (opcode === opcodes.pong) return;
    if (opcode === opcodes.close) return onClose();
    if (opcode === opcodes.binary) throw new ProtocolError(1003, "Slack's sockets carry text.");
    if ((opcode === opcodes.continuation) !== (parts !== undefined)) throw new ProtocolError(1002, "The fragments are out of order.");
    parts = [...(parts ?? []), payload];
    if (parts.reduce((sum, { length }) => sum + length, 0) > messageLimit) throw new ProtocolError(1009, "The message is too long.");
    if (!isLast) return;
    const text = Buffer.concat(parts).toString();
    parts = undefined;
    onText(text);
  };

  return (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    for (let decoded = decodeFrame(pending, messageLimit); decoded; decoded = decodeFrame(pending, messageLimit)) {
      pending = pending.subarray(decoded.size);
      takeFrame(decoded.frame);
    }
  };
}
