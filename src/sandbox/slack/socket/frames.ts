/** One frame of a WebSocket, unmasked: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export interface Frame {
  readonly isLast: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The client broke the protocol; `code` is what to close with. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A server's frames are whole and not masked. */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const first = 0x80 | opcode;
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload]);
  const long = payload.length > 0xffff;
  const head = Buffer.alloc(long ? 10 : 4);
  head.writeUInt8(first, 0);
  head.writeUInt8(long ? 127 : 126, 1);
  if (long) head.writeBigUInt64BE(BigInt(payload.length), 2);
  else head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/**
 * Reads the first frame of what a client sent.
 *
 * @returns the frame and how many bytes it took, or undefined while it is not whole
 * @throws ProtocolError when it is unmasked, longer than `limit` bytes, or otherwise none of the protocol
 */
export function decodeFrame(bytes: Buffer, limit: number): { readonly frame: Frame; readonly size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, second = 0] = bytes;
  const opcode = first & 0x0f;
  const isControl = opcode >= 8;
  const isLast = (first & 0x80) !== 0;
  if ((first & 0x70) !== 0) throw new ProtocolError(1002, "An extension was used that was not agreed on.");
  if (!Object.values<number>(opcodes).includes(opcode)) throw new ProtocolError(1002, "The opcode is unknown.");
  if ((second & 0x80) === 0) throw new ProtocolError(1002, "A client's frames are masked.");

  const short = second & 0x7f;
  if (isControl && (short > 125 || !isLast)) throw new ProtocolError(1002, "A control frame is short and whole.");
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const maskAt = 2 + lengthBytes;
  if (bytes.length < maskAt) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (length > limit) throw new ProtocolError(1009, "The frame is too long.");
  const size = maskAt + 4 + length;
  if (bytes.length < size) return undefined;

  const mask = bytes.subarray(maskAt, maskAt + 4);
  const payload = Buffer.from(bytes.subarray(maskAt + 4, size));
  for (let at = 0; at < length; at += 1) payload.writeUInt8(payload.readUInt8(at) ^ mask.readUInt8(at & 3), at);
  return { frame: { isLast, opcode, payload }, size };
}
